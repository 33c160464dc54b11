package porthole.protocol.x224;

import porthole.protocol.wire.WireWriter;

/**
 * RDP Negotiation Failure, RDP_NEG_FAILURE: the host accepts none of the requested protocols (MS-RDPBCGR 2.2.1.2.2).
 *
 * @param flags not used, 0
 */
public record NegotiationFailure(int flags, int failureCode) implements Negotiation {
    public static final int SSL_REQUIRED_BY_SERVER = 1;
    public static final int SSL_NOT_ALLOWED_BY_SERVER = 2;
    public static final int SSL_CERT_NOT_ON_SERVER = 3;
    public static final int INCONSISTENT_FLAGS = 4;
    public static final int HYBRID_REQUIRED_BY_SERVER = 5;
    public static final int SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER = 6;

    static final int TYPE = 0x03;

    public NegotiationFailure(int failureCode) {
        this(0, failureCode);
    }

    /** The specification's name of the code, or {@code unknown}. */
    public String name() {
        return switch (failureCode) {
            case SSL_REQUIRED_BY_SERVER -> "SSL_REQUIRED_BY_SERVER";
            case SSL_NOT_ALLOWED_BY_SERVER -> "SSL_NOT_ALLOWED_BY_SERVER";
            case SSL_CERT_NOT_ON_SERVER -> "SSL_CERT_NOT_ON_SERVER";
            case INCONSISTENT_FLAGS -> "INCONSISTENT_FLAGS";
            case HYBRID_REQUIRED_BY_SERVER -> "HYBRID_REQUIRED_BY_SERVER";
            case SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER -> "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER";
            default -> "unknown";
        };
    }

    /** One clause. */
    public String meaning() {
        return switch (failureCode) {
            case SSL_REQUIRED_BY_SERVER -> "the host accepts only connections that are protected by TLS";
            case SSL_NOT_ALLOWED_BY_SERVER -> "the host is configured to use standard RDP security only";
            case SSL_CERT_NOT_ON_SERVER -> "the host has no valid certificate for TLS";
            case INCONSISTENT_FLAGS -> "the requested protocols do not go together with the current security protocol";
            case HYBRID_REQUIRED_BY_SERVER -> "the host accepts only network level authentication (CredSSP)";
            case SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER ->
                "the host accepts only TLS with a certificate of the client, as remote desktop companion hosts do";
            default -> "the host refused the requested protocols for a reason that is not known";
        };
    }

    /** What a person can do. */
    public String remedy() {
        return switch (failureCode) {
            case SSL_REQUIRED_BY_SERVER -> "offer TLS, or network level authentication on top of it";
            case SSL_NOT_ALLOWED_BY_SERVER ->
                "offer standard RDP security, or set the security layer of the host to negotiate or TLS";
            case SSL_CERT_NOT_ON_SERVER -> "install a certificate on the host, or repair the access to its private key";
            case INCONSISTENT_FLAGS -> "request the security protocols one by one to find the combination it refuses";
            case HYBRID_REQUIRED_BY_SERVER ->
                "offer NLA with a user name and password; a host that is to accept Entra sign-in has to be joined to"
                        + " Entra and to allow it";
            case SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER ->
                "connect through the gateway or broker that the host belongs to, or change its security layer";
            default -> "look for the code in the host's event log";
        };
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(TYPE).u8(flags).u16le(SIZE).u32le(failureCode);
    }
}
