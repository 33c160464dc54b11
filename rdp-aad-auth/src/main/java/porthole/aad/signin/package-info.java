/** Signing a person in once, keeping that, and getting further tokens from it. */
package porthole.aad.signin;
