/** RDSAAD as a security layer of the transport: token and nonce first, then the signed assertion in its phase. */
package porthole.aad.rdsaad;
