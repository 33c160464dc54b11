/** Server redirection (MS-RDPBCGR 2.2.13, 3.2.5.3.1): what the next connection is like. */
package porthole.transport.redirection;
