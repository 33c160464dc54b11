/** The grants of a token endpoint: what is posted, and what comes back. */
package porthole.aad.grant;
