/** RDSTLS (MS-RDPBCGR 5.4.5.3): sign-in at the host that a redirection named, or again at the same host. */
package porthole.transport.rdstls;
