/** Strict, bounded JSON and base64url for untrusted text. */
package porthole.aad.json;
