/** Explains whatever a refused person has at hand: a capture, a saved result, a token, an assertion, a code. */
package porthole.client.explain;
