/** Draws the orders of a host (MS-RDPEGDI) onto the screen and onto surfaces that nobody sees. */
package porthole.graphics.orders;
