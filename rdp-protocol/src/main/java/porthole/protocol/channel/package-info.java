/** Chunks of static virtual channels and the messages they make up: MS-RDPBCGR 2.2.6.1. */
package porthole.protocol.channel;
