package porthole.protocol.rdstls;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The client's proof of who it is (MS-RDPBCGR 2.2.17.2, 2.2.17.3): one PDU in one of several forms. */
public sealed interface RdstlsAuthenticationRequest extends Pdu {
    /** DataType of {@link Password}. */
    int DATA_PASSWORD_CREDS = 1;
    /** DataType of {@link AutoReconnectCookie}. */
    int DATA_AUTORECONNECT_COOKIE = 2;
    /** DataType of {@link FedAuthToken}. */
    int DATA_FEDAUTH_TOKEN = 3;

    /** What a length field of 16 bits can say. */
    int MAXIMUM_FIELD = 0xFFFF;

    /** The version of the protocol that this PDU follows: 1 or 2. */
    int version();

    /** Which form this is. */
    int dataType();

    Bytes trailing();

    /** Reads whichever form the data type says. */
    static RdstlsAuthenticationRequest decode(WireReader in) {
        Head head = Head.decode(in, Head.AUTHENTICATION_REQUEST);
        return switch (head.dataType()) {
            case DATA_PASSWORD_CREDS ->
                new Password(
                        head.version(),
                        field(in, "redirectionGuid"),
                        field(in, "userName"),
                        field(in, "domain"),
                        field(in, "password"),
                        in.rest("trailing"));
            case DATA_AUTORECONNECT_COOKIE ->
                new AutoReconnectCookie(
                        head.version(), in.u32le("sessionId"), field(in, "autoReconnectCookie"), in.rest("trailing"));
            case DATA_FEDAUTH_TOKEN -> new FedAuthToken(head.version(), field(in, "token"), in.rest("trailing"));
            default -> new Unknown(head.version(), head.dataType(), in.rest("trailing"));
        };
    }

    private static Bytes field(WireReader in, String name) {
        return in.bytes(in.u16le(name + "Length"), name);
    }

    private static Bytes fits(Bytes field, String name) {
        if (field.size() > MAXIMUM_FIELD) {
            throw new IllegalArgumentException(name + " has " + field.size() + " octets; at most " + MAXIMUM_FIELD);
        }
        return field;
    }

    private static String text(Bytes octets) {
        String text = octets.toUtf16le();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private static WireWriter start(WireWriter out, RdstlsAuthenticationRequest request) {
        return Head.encode(out, request.version(), Head.AUTHENTICATION_REQUEST, request.dataType());
    }

    private static WireWriter put(WireWriter out, Bytes field) {
        return out.u16le(field.size()).bytes(field);
    }

    /**
     * MS-RDPBCGR 2.2.17.2 RDSTLS Authentication Request PDU with Password Credentials.
     *
     * @param redirectionGuid base64 of a GUID as UTF-16LE with a terminator, as the redirection brought it
     * @param userName UTF-16LE with a terminator
     * @param domain UTF-16LE with a terminator
     * @param password octets that only the target host can read, as the redirection brought them
     */
    record Password(int version, Bytes redirectionGuid, Bytes userName, Bytes domain, Bytes password, Bytes trailing)
            implements RdstlsAuthenticationRequest {
        public Password {
            fits(redirectionGuid, "redirectionGuid");
            fits(userName, "userName");
            fits(domain, "domain");
            fits(password, "password");
        }

        /** A request with names given as text. */
        public static Password of(Bytes redirectionGuid, String userName, String domain, Bytes password) {
            return new Password(
                    RdstlsCapabilitiesPdu.VERSION_1,
                    redirectionGuid,
                    Bytes.utf16le(userName + '\0'),
                    Bytes.utf16le(domain + '\0'),
                    password,
                    Bytes.EMPTY);
        }

        @Override
        public int dataType() {
            return DATA_PASSWORD_CREDS;
        }

        /** The user name without its terminator. */
        public String userNameText() {
            return text(userName);
        }

        /** The domain without its terminator. */
        public String domainText() {
            return text(domain);
        }

        @Override
        public void encode(WireWriter out) {
            start(out, this);
            put(out, redirectionGuid);
            put(out, userName);
            put(out, domain);
            put(out, password).bytes(trailing);
        }

        /** Without password and redirection GUID, which together open the session. */
        @Override
        public String toString() {
            return "Password[version=" + version + ", redirectionGuid=(redacted), userName=" + userNameText()
                    + ", domain=" + domainText() + ", password=(redacted, " + password.size()
                    + " octets), trailing=" + trailing.size() + "]";
        }
    }

    /**
     * MS-RDPBCGR 2.2.17.3 RDSTLS Authentication Request PDU with Auto-Reconnect Cookie.
     *
     * @param sessionId the session to reconnect to
     * @param autoReconnectCookie ARC_SC_PRIVATE_PACKET of 28 octets as the host gave it (MS-RDPBCGR 2.2.4.2)
     */
    record AutoReconnectCookie(int version, long sessionId, Bytes autoReconnectCookie, Bytes trailing)
            implements RdstlsAuthenticationRequest {
        public AutoReconnectCookie {
            fits(autoReconnectCookie, "autoReconnectCookie");
        }

        public static AutoReconnectCookie of(long sessionId, Bytes autoReconnectCookie) {
            return new AutoReconnectCookie(
                    RdstlsCapabilitiesPdu.VERSION_1, sessionId, autoReconnectCookie, Bytes.EMPTY);
        }

        @Override
        public int dataType() {
            return DATA_AUTORECONNECT_COOKIE;
        }

        @Override
        public void encode(WireWriter out) {
            start(out, this).u32le(sessionId);
            put(out, autoReconnectCookie).bytes(trailing);
        }

        /** Without the cookie, which opens the session. */
        @Override
        public String toString() {
            return "AutoReconnectCookie[version=" + version + ", sessionId=" + sessionId
                    + ", autoReconnectCookie=(redacted, " + autoReconnectCookie.size() + " octets), trailing="
                    + trailing.size() + "]";
        }
    }

    /**
     * A federated token, which the specification does not have; hosts that support version 2 take it.
     *
     * @param token UTF-16LE with a terminator
     */
    record FedAuthToken(int version, Bytes token, Bytes trailing) implements RdstlsAuthenticationRequest {
        public FedAuthToken {
            fits(token, "token");
        }

        /** A request with a token given as text, of at most 32766 characters. */
        public static FedAuthToken of(String token) {
            return new FedAuthToken(RdstlsCapabilitiesPdu.VERSION_2, Bytes.utf16le(token + '\0'), Bytes.EMPTY);
        }

        @Override
        public int dataType() {
            return DATA_FEDAUTH_TOKEN;
        }

        @Override
        public void encode(WireWriter out) {
            start(out, this);
            put(out, token).bytes(trailing);
        }

        /** Without the token. */
        @Override
        public String toString() {
            return "FedAuthToken[version=" + version + ", token=(redacted, " + token.size() + " octets), trailing="
                    + trailing.size() + "]";
        }
    }

    /** A form that this program does not know; all octets behind the data type are in {@code trailing}. */
    record Unknown(int version, int dataType, Bytes trailing) implements RdstlsAuthenticationRequest {
        public Unknown {
            if (dataType >= DATA_PASSWORD_CREDS && dataType <= DATA_FEDAUTH_TOKEN) {
                throw new IllegalArgumentException("data type " + dataType + " has a form of its own");
            }
        }

        @Override
        public void encode(WireWriter out) {
            start(out, this).bytes(trailing);
        }

        /** Without the octets, as nobody knows what is secret in them. */
        @Override
        public String toString() {
            return "Unknown[version=" + version + ", dataType=" + dataType + ", trailing=(redacted, " + trailing.size()
                    + " octets)]";
        }
    }
}
