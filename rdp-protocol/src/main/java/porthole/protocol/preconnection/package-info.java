/** MS-RDPEPS: what a client says before anything else, so that the listener knows which source of RDP is meant. */
package porthole.protocol.preconnection;
