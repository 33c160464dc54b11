/** The host's side of network level authentication: its users, and acceptors for NTLM, Kerberos and SPNEGO. */
package porthole.host.nla;
