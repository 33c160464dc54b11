/** What is asked of an Entra authority over HTTPS: its configuration, the nonce, and what its errors mean. */
package porthole.aad.entra;
