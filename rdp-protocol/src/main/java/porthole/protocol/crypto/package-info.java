/** Ciphers that several parts of the protocol share and that the platform does not promise to have. */
package porthole.protocol.crypto;
