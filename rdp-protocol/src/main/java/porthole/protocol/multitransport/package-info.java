/** MS-RDPBCGR 2.2.15 multitransport bootstrapping and 2.2.16 heartbeat, behind their basic security headers. */
package porthole.protocol.multitransport;
