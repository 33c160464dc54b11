/** The display control channel, by which a client changes its monitors during a session (MS-RDPEDISP). */
package porthole.protocol.rdpedisp;
