package porthole.host.redirection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import porthole.host.rdstls.RedirectionTickets;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.redirection.ServerRedirectionPacket.Field;
import porthole.protocol.redirection.TargetCertificate;
import porthole.protocol.redirection.TargetNetAddresses;
import porthole.protocol.wire.Bytes;
import porthole.transport.Secret;

/** Puts a Server Redirection Packet together from what a broker knows (MS-RDPBCGR 2.2.13.1); every part may be left out. */
public final class RedirectionBuilder {
    private final Map<Field, Bytes> fields = new EnumMap<>(Field.class);
    private int flags;
    private long sessionId;
    private String user = "";
    private String domain = "";

    /** The session that the next host has for this user. */
    public RedirectionBuilder sessionId(long id) {
        sessionId = id;
        return this;
    }

    /** Where to go; the client keeps the port. */
    public RedirectionBuilder address(String address) {
        return text(Field.TARGET_NET_ADDRESS, address);
    }

    /** All addresses of the host to go to. */
    public RedirectionBuilder addresses(List<String> addresses) {
        List<Bytes> octets =
                addresses.stream().map(RedirectionBuilder::terminated).toList();
        fields.put(Field.TARGET_NET_ADDRESSES, Bytes.of(new TargetNetAddresses(octets, Bytes.EMPTY).toByteArray()));
        return this;
    }

    /** The host's full name, which its certificate has. */
    public RedirectionBuilder fullName(String name) {
        return text(Field.TARGET_FQDN, name);
    }

    /** The host's NetBIOS name. */
    public RedirectionBuilder netBiosName(String name) {
        return text(Field.TARGET_NETBIOS_NAME, name);
    }

    /** A routing token for the next connection request; the client comes back to the same address with it. */
    public RedirectionBuilder loadBalanceInfo(String token) {
        fields.put(Field.LOAD_BALANCE_INFO, Bytes.of((token + "\r\n").getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    public RedirectionBuilder user(String name) {
        user = name;
        return text(Field.USER_NAME, name);
    }

    public RedirectionBuilder domain(String name) {
        domain = name;
        return text(Field.DOMAIN, name);
    }

    /** The password in the clear. */
    public RedirectionBuilder password(Secret password) {
        return text(Field.PASSWORD, password.reveal());
    }

    /** The password as a blob for RDSTLS; give user and domain first. */
    public RedirectionBuilder password(Secret password, RedirectionTickets tickets, UUID guid) {
        redirectionGuid(guid);
        flags |= ServerRedirectionPacket.LB_PASSWORD_IS_PK_ENCRYPTED;
        fields.put(Field.PASSWORD, tickets.blob(fields.get(Field.REDIRECTION_GUID), user, domain, password));
        return this;
    }

    /** The name of this redirection, which the target host knows, too: base64 in UTF-16LE. */
    public RedirectionBuilder redirectionGuid(UUID guid) {
        byte[] octets = ByteBuffer.allocate(16)
                .putLong(guid.getMostSignificantBits())
                .putLong(guid.getLeastSignificantBits())
                .array();
        return text(Field.REDIRECTION_GUID, Base64.getEncoder().encodeToString(octets));
    }

    /** The only certificate that the next host may show, DER. */
    public RedirectionBuilder certificate(Bytes der) {
        TargetCertificate.Element element = new TargetCertificate.Element(
                TargetCertificate.Element.ELEMENT_TYPE_CERTIFICATE,
                TargetCertificate.Element.ENCODING_TYPE_ASN1_DER,
                der);
        fields.put(Field.TARGET_CERTIFICATE, new TargetCertificate(List.of(element)).toField());
        return this;
    }

    /** The user information is for this host: the client stays. */
    public RedirectionBuilder noRedirect() {
        flags |= ServerRedirectionPacket.LB_NOREDIRECT;
        return this;
    }

    /** The packet; empty where nothing was given. */
    public Optional<ServerRedirectionPacket> build() {
        return fields.isEmpty() && sessionId == 0
                ? Optional.empty()
                : Optional.of(ServerRedirectionPacket.of(sessionId, flags, fields));
    }

    private RedirectionBuilder text(Field field, String text) {
        fields.put(field, terminated(text));
        return this;
    }

    private static Bytes terminated(String text) {
        return Bytes.utf16le(text + '\0');
    }
}
