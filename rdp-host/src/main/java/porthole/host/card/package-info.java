/** The test card that a host shows: drawn from numbers alone, and changed by input. */
package porthole.host.card;
