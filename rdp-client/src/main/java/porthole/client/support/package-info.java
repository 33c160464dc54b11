/** Support bundles: what one command saw, in a file that can be sent to somebody else, as nothing in it names anybody. */
package porthole.client.support;
