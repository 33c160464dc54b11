/** Dynamic virtual channels: MS-RDPEDYC. */
package porthole.protocol.drdynvc;
