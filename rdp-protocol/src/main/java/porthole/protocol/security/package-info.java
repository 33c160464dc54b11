/** MS-RDPBCGR 2.2.8.1.1.2 security headers, 2.2.1.10 security exchange and 2.2.1.4.3 server certificates. */
package porthole.protocol.security;
