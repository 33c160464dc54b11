/** Network level authentication: CredSSP with NTLM, for PROTOCOL_HYBRID and PROTOCOL_HYBRID_EX. */
package porthole.transport.nla;
