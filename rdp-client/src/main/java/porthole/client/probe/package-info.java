/** Probes: how far a connection gets, how long each stage takes, and which security protocols a host offers. */
package porthole.client.probe;
