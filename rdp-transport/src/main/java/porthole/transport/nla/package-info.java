/** Network level authentication: CredSSP with Kerberos or NTLM, for PROTOCOL_HYBRID and PROTOCOL_HYBRID_EX. */
package porthole.transport.nla;
