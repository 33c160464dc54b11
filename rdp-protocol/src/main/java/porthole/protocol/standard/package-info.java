/** Whole frames under standard RDP security: what its headers and ciphers do to slow path and fast path of both directions. */
package porthole.protocol.standard;
