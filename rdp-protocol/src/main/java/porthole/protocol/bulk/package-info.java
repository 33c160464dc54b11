/** Bulk decompression of what a host sends: MS-RDPBCGR 3.1.8. */
package porthole.protocol.bulk;
