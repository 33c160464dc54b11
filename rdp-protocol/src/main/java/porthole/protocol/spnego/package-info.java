/** RFC 4178 and MS-SPNG: the negotiation of a security mechanism, as DER. */
package porthole.protocol.spnego;
