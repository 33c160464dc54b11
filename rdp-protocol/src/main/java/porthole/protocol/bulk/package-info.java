/** Bulk compression and decompression of updates and channel data: MS-RDPBCGR 3.1.8 and MS-RDPEGDI 3.1.8. */
package porthole.protocol.bulk;
