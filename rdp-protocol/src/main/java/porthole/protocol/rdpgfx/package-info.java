/** The messages of the graphics pipeline: MS-RDPEGFX 2.2. */
package porthole.protocol.rdpgfx;
