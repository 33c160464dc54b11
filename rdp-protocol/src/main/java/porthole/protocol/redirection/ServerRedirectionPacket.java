package porthole.protocol.redirection;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.13.1 Server Redirection Packet (RDP_SERVER_REDIRECTION_PACKET): which host to go to, and as whom.
 *
 * @param flags {@link #SEC_REDIRECTION_PKT}
 * @param sessionId the session to reconnect to, for the cluster data of the next connection
 * @param redirFlags the {@code LB_*} flags; the bits of the fields say which are present
 * @param fields the octets of each present field; see {@link Field}
 * @param trailing what follows within the packet's own length, meant to be eight octets of padding
 */
public record ServerRedirectionPacket(
        int flags, long sessionId, int redirFlags, Map<Field, Bytes> fields, Bytes trailing) implements Pdu {
    public static final int SEC_REDIRECTION_PKT = 0x0400;

    public static final int LB_TARGET_NET_ADDRESS = 0x00000001;
    public static final int LB_LOAD_BALANCE_INFO = 0x00000002;
    public static final int LB_USERNAME = 0x00000004;
    public static final int LB_DOMAIN = 0x00000008;
    public static final int LB_PASSWORD = 0x00000010;
    public static final int LB_DONTSTOREUSERNAME = 0x00000020;
    public static final int LB_SMARTCARD_LOGON = 0x00000040;
    /** The user information is for the present host: do not go elsewhere. */
    public static final int LB_NOREDIRECT = 0x00000080;

    public static final int LB_TARGET_FQDN = 0x00000100;
    public static final int LB_TARGET_NETBIOS_NAME = 0x00000200;
    public static final int LB_TARGET_NET_ADDRESSES = 0x00000800;
    public static final int LB_CLIENT_TSV_URL = 0x00001000;
    public static final int LB_SERVER_TSV_CAPABLE = 0x00002000;
    /** The password is a blob for RDSTLS that only the target host can read. */
    public static final int LB_PASSWORD_IS_PK_ENCRYPTED = 0x00004000;

    public static final int LB_REDIRECTION_GUID = 0x00008000;
    public static final int LB_TARGET_CERTIFICATE = 0x00010000;

    /** The optional fields in the order of the wire; texts are UTF-16LE with a terminator. */
    public enum Field {
        TARGET_NET_ADDRESS(LB_TARGET_NET_ADDRESS, "targetNetAddress"),
        /** A routing token: octets for the X.224 request of the next connection. */
        LOAD_BALANCE_INFO(LB_LOAD_BALANCE_INFO, "loadBalanceInfo"),
        USER_NAME(LB_USERNAME, "userName"),
        DOMAIN(LB_DOMAIN, "domain"),
        /** Text, or octets with {@link #LB_PASSWORD_IS_PK_ENCRYPTED}. */
        PASSWORD(LB_PASSWORD, "password"),
        TARGET_FQDN(LB_TARGET_FQDN, "targetFqdn"),
        TARGET_NETBIOS_NAME(LB_TARGET_NETBIOS_NAME, "targetNetBiosName"),
        TSV_URL(LB_CLIENT_TSV_URL, "tsvUrl"),
        /** Text in base64. */
        REDIRECTION_GUID(LB_REDIRECTION_GUID, "redirectionGuid"),
        /** Text in base64 of {@link TargetCertificate} elements. */
        TARGET_CERTIFICATE(LB_TARGET_CERTIFICATE, "targetCertificate"),
        /** {@link TargetNetAddresses}. */
        TARGET_NET_ADDRESSES(LB_TARGET_NET_ADDRESSES, "targetNetAddresses");

        private final int flag;
        private final String wireName;

        Field(int flag, String wireName) {
            this.flag = flag;
            this.wireName = wireName;
        }

        public int flag() {
            return flag;
        }
    }

    private static final int FIXED = 12;
    private static final List<Field> SECRET = List.of(Field.PASSWORD, Field.LOAD_BALANCE_INFO, Field.REDIRECTION_GUID);

    public ServerRedirectionPacket {
        Map<Field, Bytes> sorted = new EnumMap<>(Field.class);
        sorted.putAll(fields);
        for (Field field : Field.values()) {
            if (((redirFlags & field.flag) != 0) != sorted.containsKey(field)) {
                throw new IllegalArgumentException("redirFlags does not say whether there is a " + field);
            }
        }
        fields = Collections.unmodifiableMap(sorted);
    }

    /**
     * A packet with the given fields and no padding.
     *
     * @param otherFlags flags that do not stand for a field
     */
    public static ServerRedirectionPacket of(long sessionId, int otherFlags, Map<Field, Bytes> fields) {
        int all = fields.keySet().stream().mapToInt(Field::flag).reduce(otherFlags, (a, b) -> a | b);
        return new ServerRedirectionPacket(SEC_REDIRECTION_PKT, sessionId, all, fields, Bytes.EMPTY);
    }

    /** Reads the packet; what lies behind its own length stays unread. */
    public static ServerRedirectionPacket decode(WireReader in) {
        int flags = in.u16le("flags");
        in.check((flags & SEC_REDIRECTION_PKT) != 0, "flags", flags, "SEC_REDIRECTION_PKT");
        int length = in.u16le("length");
        in.check(length >= FIXED, "length", length, "12 or more");
        WireReader body = in.sub(length - 4, "packet");
        long sessionId = body.u32le("sessionId");
        int redirFlags = body.s32le("redirFlags");
        Map<Field, Bytes> fields = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            if ((redirFlags & field.flag) != 0) {
                int size = body.count(body.u32le(field.wireName + "Length"), 1, field.wireName + "Length");
                fields.put(field, body.bytes(size, field.wireName));
            }
        }
        return new ServerRedirectionPacket(flags, sessionId, redirFlags, fields, body.rest("pad"));
    }

    /** Whether all bits of {@code flag} are set. */
    public boolean has(int flag) {
        return (redirFlags & flag) == flag;
    }

    /** The octets of a field. */
    public Optional<Bytes> octets(Field field) {
        return Optional.ofNullable(fields.get(field));
    }

    /** The field as text up to its terminator; meant for the fields that are text. */
    public Optional<String> text(Field field) {
        return octets(field).map(octets -> {
            String text = octets.toUtf16le();
            int end = text.indexOf('\0');
            return end < 0 ? text : text.substring(0, end);
        });
    }

    @Override
    public void encode(WireWriter out) {
        int start = out.position();
        out.u16le(flags).u16le(0).u32le(sessionId).u32le(redirFlags);
        fields.forEach((field, octets) -> out.u32le(octets.size()).bytes(octets));
        out.bytes(trailing).patchU16le(start + 2, out.position() - start);
    }

    /** Without password, routing token and redirection GUID. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(
                "ServerRedirectionPacket[sessionId=" + sessionId + ", redirFlags=0x" + Integer.toHexString(redirFlags));
        Arrays.stream(Field.values())
                .filter(fields::containsKey)
                .forEach(field -> text.append(", ")
                        .append(field.wireName)
                        .append('=')
                        .append(SECRET.contains(field) ? "(redacted)" : fields.get(field)));
        return text.append(", trailing=").append(trailing.size()).append(']').toString();
    }
}
