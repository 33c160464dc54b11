package porthole.host.gateway;

/** A way to sign in at a gateway. */
public enum GatewaySignIn {
    /** NTLM in HTTP headers, by itself. */
    NTLM,
    /** NTLM or Kerberos inside SPNEGO in HTTP headers. */
    NEGOTIATE,
    BASIC,
    /** A token in the HTTP header Authorization. */
    BEARER,
    /** A token as the cookie of pluggable authentication, inside the tunnel. */
    COOKIE,
    /** NTLM inside the tunnel. */
    TUNNEL_NTLM,
    /** Nobody is asked. */
    ANONYMOUS
}
