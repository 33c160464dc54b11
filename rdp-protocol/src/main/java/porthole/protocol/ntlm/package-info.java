/** MS-NLMP: the NTLM messages, the NTLMv2 arithmetic over given time and nonces, and the sealing of what follows. */
package porthole.protocol.ntlm;
