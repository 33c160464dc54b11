/** The bodies of graphics updates, whichever path they took: MS-RDPBCGR 2.2.9.1 and 2.2.9.2. */
package porthole.protocol.graphics;
