/** Proof of possession towards an Entra-joined RDP host: the key, the resource, the signed assertion and its result. */
package porthole.aad;
