/** Drawing orders of MS-RDPEGDI 2.2.2.2.1: primary ones with their history, secondary and alternate secondary ones. */
package porthole.protocol.orders;
