package porthole.transport.redirection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.redirection.ServerRedirectionPacket.Field;
import porthole.protocol.redirection.TargetCertificate;
import porthole.protocol.redirection.TargetNetAddresses;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.Target;
import porthole.transport.Trust;
import porthole.transport.rdstls.RdstlsSecurityLayer;

/**
 * Turns a specification and the redirection that came of it into the specification of the next connection.
 *
 * <ul>
 *   <li>With load balance info the same host is asked again, and that info is the routing token.
 *   <li>Otherwise the target address is, or the target's name; the name is what its certificate has to carry.
 *   <li>A target certificate is the only one that is accepted then.
 *   <li>An encrypted password goes by RDSTLS, and nowhere else; a plain one replaces the user's.
 *   <li>The session id goes into the cluster data.
 * </ul>
 */
public final class Redirection {
    /** What an address or a name looks like; anything else is no place to go to. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,255}");

    /** What RDSTLS takes for a missing redirection GUID: the terminator alone. */
    private static final Bytes NO_GUID = Bytes.utf16le("\0");

    private Redirection() {}

    /** The next connection; throws an RdpFailure where the packet cannot be followed. */
    public static ConnectionSpec follow(ConnectionSpec spec, ServerRedirectionPacket packet) {
        Credentials who = credentials(spec.credentials(), packet);
        ConnectionSpec next = spec.withTarget(target(spec.target(), packet))
                .withClient(client(spec.client(), packet))
                .withCredentials(who);
        if (isForRdstls(packet)) {
            next = next.withSecurity(List.of(RdstlsSecurityLayer.redirected(
                    packet.octets(Field.REDIRECTION_GUID).orElse(NO_GUID),
                    who.user(),
                    who.domain(),
                    packet.octets(Field.PASSWORD).orElseThrow())));
        }
        Optional<Trust> pin = packet.octets(Field.TARGET_CERTIFICATE).map(Redirection::pin);
        return pin.isPresent() ? next.withTrust(pin.get()) : next;
    }

    private static boolean isForRdstls(ServerRedirectionPacket packet) {
        return packet.has(ServerRedirectionPacket.LB_PASSWORD | ServerRedirectionPacket.LB_PASSWORD_IS_PK_ENCRYPTED);
    }

    private static Target target(Target from, ServerRedirectionPacket packet) {
        Optional<String> name = name(packet, Field.TARGET_FQDN).or(() -> name(packet, Field.TARGET_NETBIOS_NAME));
        if (packet.has(ServerRedirectionPacket.LB_LOAD_BALANCE_INFO)) {
            // the balancer stays the next hop; the machine behind it shows its own certificate
            return name.map(n -> from.withTlsName(n).withEntraName(n)).orElse(from);
        }
        Optional<String> host = name(packet, Field.TARGET_NET_ADDRESS)
                .or(() -> addresses(packet))
                .or(() -> name);
        if (host.isEmpty()) {
            return from; // a new user or session on the same host
        }
        String called = name.orElse(host.get());
        return new Target(host.get(), from.port(), called, called);
    }

    private static Optional<String> name(ServerRedirectionPacket packet, Field field) {
        return packet.text(field).filter(text -> !text.isEmpty()).map(Redirection::host);
    }

    private static Optional<String> addresses(ServerRedirectionPacket packet) {
        return packet.octets(Field.TARGET_NET_ADDRESSES)
                .flatMap(octets ->
                        TargetNetAddresses.decode(WireReader.of(octets, "TargetNetAddresses", "MS-RDPBCGR 2.2.13.1.1"))
                                .texts()
                                .stream()
                                .filter(text -> !text.isEmpty())
                                .findFirst())
                .map(Redirection::host);
    }

    private static String host(String text) {
        if (!HOST.matcher(text).matches()) {
            throw new LocalFailure(
                    "redirection-target",
                    "the redirection does not name a host",
                    text.length() + " characters that are neither address nor name",
                    "an IP address or a DNS name",
                    "see how the broker names its hosts");
        }
        return text;
    }

    private static ClientSettings client(ClientSettings client, ServerRedirectionPacket packet) {
        String token = packet.octets(Field.LOAD_BALANCE_INFO)
                .map(octets -> new String(octets.toArray(), StandardCharsets.ISO_8859_1))
                .orElse("");
        OptionalLong session = packet.sessionId() == 0 ? OptionalLong.empty() : OptionalLong.of(packet.sessionId());
        return client.but().cookie(token).redirectedSessionId(session).build();
    }

    private static Credentials credentials(Credentials who, ServerRedirectionPacket packet) {
        Secret password = who.password();
        if (isForRdstls(packet)) {
            password = Secret.NONE;
        } else if (packet.has(ServerRedirectionPacket.LB_PASSWORD)) {
            password = packet.text(Field.PASSWORD).map(Secret::of).orElse(password);
        }
        return new Credentials(
                packet.text(Field.USER_NAME).orElse(who.user()),
                packet.text(Field.DOMAIN).orElse(who.domain()),
                password);
    }

    private static Trust pin(Bytes field) {
        Bytes certificate = TargetCertificate.ofField(field)
                .certificate()
                .orElseThrow(() -> new LocalFailure(
                        "redirection-certificate",
                        "the redirection's target certificate is in a form that this client does not know",
                        field.size() + " octets without an X.509 certificate",
                        "an ASN.1 DER certificate (MS-RDPBCGR 2.2.13.1.3)",
                        "see which certificate the broker has for the target host"));
        try {
            return new Trust.Pin(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.toArray())));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
