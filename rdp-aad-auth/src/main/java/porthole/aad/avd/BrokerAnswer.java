package porthole.aad.avd;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import porthole.aad.RdpResource;
import porthole.aad.entra.Sanitized;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.WireException;
import porthole.protocol.redirection.TargetCertificate;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/**
 * How to get to the host that the broker chose.
 *
 * @param gateway where the websocket is opened; an https URL, whose path and query may hold secrets
 * @param serverName the host's name, for TLS and for Entra ID
 * @param userName for RDSTLS, where the broker says it
 * @param certificate DER of the certificate that the host will show, where the broker says it
 * @param authGuid for RDSTLS, where the broker gives one
 * @param authBlob the key for the password of RDSTLS, where the broker gives one
 * @param addresses of the host inside its own network, for people to read
 */
public record BrokerAnswer(
        URI gateway,
        String serverName,
        Optional<String> userName,
        Optional<Bytes> certificate,
        Optional<String> authGuid,
        Optional<Bytes> authBlob,
        List<String> addresses) {
    private static final int LONGEST_NAME = 255;
    private static final int MOST_ADDRESSES = 64;

    public BrokerAnswer {
        addresses = List.copyOf(addresses);
    }

    /** Reads the body of an answer with status 200; members that are not needed here may be missing or anything. */
    public static BrokerAnswer parse(String body) {
        ObjectNode answer = StrictJson.object(body)
                .orElseThrow(() -> unusable(body.length() + " characters that are no JSON object", "a JSON object"));
        String location = text(answer, "gatewayLocationPreWebSocket")
                .or(() -> text(answer, "gatewayLocation"))
                .orElseThrow(() -> unusable("no gatewayLocation", "the URL of a websocket"));
        String name = text(answer, "redirectedServerName")
                .filter(text -> text.length() <= LONGEST_NAME && text.matches("[\\p{Alnum}._:%\\[\\]-]+"))
                .orElseThrow(() -> unusable("no redirectedServerName that could be a name", "the host's name"));
        return new BrokerAnswer(
                gateway(location),
                name,
                text(answer, "redirectedUsername"),
                text(answer, "redirectedServerCert").map(BrokerAnswer::certificate),
                text(answer, "redirectedAuthGuid"),
                text(answer, "redirectedAuthBlob").map(blob -> decoded(blob, "redirectedAuthBlob")),
                text(answer, "azureInstanceNetworkMetadata")
                        .map(BrokerAnswer::addresses)
                        .orElse(List.of()));
    }

    private static Optional<String> text(ObjectNode answer, String member) {
        return StrictJson.text(answer, member).filter(text -> !text.isEmpty());
    }

    private static URI gateway(String location) {
        try {
            URI uri = new URI(location.replaceFirst("(?i)^wss:", "https:"));
            if ("https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw unusable("a gatewayLocation that is none", "wss://HOST[:PORT]/PATH or https://HOST[:PORT]/PATH");
    }

    private static Bytes certificate(String text) {
        Bytes container = decoded(text, "redirectedServerCert");
        try {
            return TargetCertificate.decode(WireReader.of(container, "redirectedServerCert", "MS-RDPBCGR 2.2.13.1.2"))
                    .certificate()
                    .orElseThrow(
                            () -> unusable("a redirectedServerCert without a certificate", "an X.509 certificate"));
        } catch (WireException e) {
            throw unusable(
                    "redirectedServerCert: " + e.getMessage(), "a certificate container (MS-RDPBCGR 2.2.13.1.2)");
        }
    }

    private static Bytes decoded(String text, String member) {
        return DoublyEncoded.decode(text)
                .orElseThrow(() -> unusable(
                        member + " of " + text.length() + " characters", "base64 of the UTF-16LE text of base64"));
    }

    /** The addresses are not needed to get there: what cannot be read is left out. */
    private static List<String> addresses(String metadata) {
        List<String> found = new ArrayList<>();
        for (JsonNode each : StrictJson.object(metadata)
                .map(node -> node.findValues("privateIpAddress"))
                .orElse(List.of())) {
            if (each.isTextual() && each.textValue().matches("[0-9A-Fa-f.:]{2,45}") && found.size() < MOST_ADDRESSES) {
                found.add(each.textValue());
            }
        }
        return found;
    }

    /** The name under which Entra ID knows the host: what tokens for it are asked with. */
    public String entraName() {
        return RdpResource.ofHost(serverName).name();
    }

    /** Port of the gateway. */
    public int gatewayPort() {
        return gateway.getPort() < 0 ? 443 : gateway.getPort();
    }

    /** Whether the broker gave what a password for RDSTLS is made with. */
    public boolean hasRdstls() {
        return authGuid.isPresent() && authBlob.isPresent() && certificate.isPresent();
    }

    static LocalFailure unusable(String seen, String expected) {
        return new LocalFailure(
                "avd-broker-answer",
                "the broker's answer does not lead to a host",
                Sanitized.line(seen),
                expected,
                "check gatewayhostname in the connection file: a proxy or a portal may answer in the broker's place");
    }

    /** Gateway's host and the host's name; the rest opens sessions. */
    @Override
    public String toString() {
        return "BrokerAnswer[gateway=" + gateway.getHost() + ":" + gatewayPort() + ", serverName=" + serverName
                + ", certificate=" + certificate.isPresent() + ", rdstls=" + hasRdstls() + "]";
    }
}
