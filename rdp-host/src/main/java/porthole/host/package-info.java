/** An RDP host to embed: for demonstrations, for tests of clients, and for faults by name. */
package porthole.host;
