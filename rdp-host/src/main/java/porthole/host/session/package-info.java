/** One connection of the host: a handler per phase of MS-RDPBCGR 1.3.1.1, seen from the server. */
package porthole.host.session;
