/** The one family of failures. */
package porthole.protocol.failure;
