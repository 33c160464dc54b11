/** Faults by name: what a host does wrong, as data, and the one place that does it. */
package porthole.host.fault;
