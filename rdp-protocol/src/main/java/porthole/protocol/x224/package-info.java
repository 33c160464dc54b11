/** TPKT and X.224 class 0 with the RDP negotiation (T.123, X.224, MS-RDPBCGR 2.2.1.1 and 2.2.1.2). */
package porthole.protocol.x224;
