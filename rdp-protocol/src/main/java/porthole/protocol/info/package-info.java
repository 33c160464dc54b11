/** MS-RDPBCGR 2.2.1.11 Client Info PDU and 2.2.4 auto-reconnect cookies. */
package porthole.protocol.info;
