/** MS-RDPBCGR 2.2.17 RDSTLS: sign-in at the target of a redirection, by PDUs that go over TLS without TPKT. */
package porthole.protocol.rdstls;
