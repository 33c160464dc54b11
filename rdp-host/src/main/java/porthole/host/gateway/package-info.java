/** An RD Gateway to embed (MS-TSGU 3.7, the server's side): for tests of clients, with faults by name. */
package porthole.host.gateway;
