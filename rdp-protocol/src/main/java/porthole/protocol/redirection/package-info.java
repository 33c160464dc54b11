/** MS-RDPBCGR 2.2.13 server redirection. */
package porthole.protocol.redirection;
