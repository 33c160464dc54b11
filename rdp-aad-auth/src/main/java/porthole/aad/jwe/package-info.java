/** The resource's side of access tokens: decryption, signature, and the policy that a token has to meet. */
package porthole.aad.jwe;
