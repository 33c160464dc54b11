package porthole.host.avd;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import porthole.aad.avd.DoublyEncoded;
import porthole.aad.json.StrictJson;
import porthole.host.session.HostIdentity;
import porthole.protocol.redirection.TargetCertificate;
import porthole.protocol.wire.Bytes;

/** What feed and broker say, as text. */
final class AvdAnswers {
    static final String DISCOVERY = "/api/arm/feeddiscovery";
    static final String BROKER = "/api/arm/v2/connections";
    static final String GATEWAY = "/rdgw/";
    static final String BOOTING = "E_PROXY_ORCHESTRATION_LB_SESSIONHOST_DEALLOCATED";

    private static final int TWIN = 4;
    private static final int MOST_WAYS = 1000;

    private static final String WORKSPACE = "b2d4c2a0-0000-4000-8000-00000000a0d0";
    private static final String BALANCE = "mth://localhost/b2d4c2a0-0000-4000-8000-000000000001/" + WORKSPACE;
    private static final String ARM_PATH = "/subscriptions/b2d4c2a0-0000-4000-8000-000000000002/resourcegroups/demo"
            + "/providers/Microsoft.DesktopVirtualization/hostpools/demo-pool";
    private static final String TENANTS = DISCOVERY + "/tenants/" + WORKSPACE;

    /** A desktop of the workspace; the last digit of its id is its number. */
    private record Resource(int number, String title, boolean entra) {
        String id() {
            return "b2d4c2a0-0000-4000-8000-00000000a0d" + number;
        }

        String program() {
            return "||" + id();
        }

        String file() {
            return TENANTS + "/rdps/" + id() + ".rdp";
        }
    }

    private final AvdHostSettings settings;
    private final IntSupplier port;
    private final List<Resource> resources;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<String> ways = ConcurrentHashMap.newKeySet();

    /** @param status 0 for none: the connection is closed */
    record Answer(int status, String type, String body) {
        static final Answer CLOSE = new Answer(0, "", "");

        static Answer json(int status, String body) {
            return new Answer(status, "application/json; charset=utf-8", body);
        }

        static Answer xml(String body) {
            return new Answer(200, "text/xml; charset=utf-8", body);
        }
    }

    AvdAnswers(AvdHostSettings settings, IntSupplier port) {
        this.settings = settings;
        this.port = port;
        List<Resource> all = new ArrayList<>();
        if (settings.entra()) {
            all.add(new Resource(1, AvdHost.DESKTOP, true));
        }
        if (settings.passwords().isPresent()) {
            all.add(new Resource(2, settings.entra() ? AvdHost.DESKTOP_WITH_PASSWORD : AvdHost.DESKTOP, false));
        }
        resources = List.copyOf(all);
    }

    private boolean has(AvdFault fault) {
        return settings.faults().contains(fault);
    }

    private static Answer refusal(int status, String code, String message) {
        return Answer.json(
                status,
                StrictJson.newObject().put("Code", code).put("Message", message).toString());
    }

    /** The answer to a GET whose token is good; empty where there is no such document. */
    Optional<Answer> feed(String path) {
        if (!path.startsWith(DISCOVERY)) {
            return Optional.empty();
        }
        if (has(AvdFault.FEED_CLOSED)) {
            return Optional.of(Answer.CLOSE);
        }
        if (has(AvdFault.FEED_UNAUTHORIZED)) {
            return Optional.of(Answer.json(401, ""));
        }
        if (has(AvdFault.FEED_CLIENT_VERSION)) {
            return Optional.of(refusal(400, "INCOMPATIBLE_CLIENT_VERSION", "no approved user agent header"));
        }
        return switch (path) {
            case DISCOVERY -> Optional.of(discovery());
            case TENANTS + "/webfeed" -> Optional.of(feed());
            default ->
                resources.stream()
                        .filter(resource -> resource.file().equals(path) && !has(AvdFault.FEED_NO_FILE))
                        .findFirst()
                        .map(resource -> new Answer(200, "application/x-rdp", file(resource)));
        };
    }

    private Answer discovery() {
        if (has(AvdFault.FEED_GARBAGE)) {
            return new Answer(200, "text/html", "<html><body>Welcome to the hotel</body></html>");
        }
        String type = has(AvdFault.FEED_DOCUMENT_TYPE)
                ? "<!DOCTYPE TenantFeedURLs [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
                : "";
        String away = has(AvdFault.FEED_ELSEWHERE) ? "https://elsewhere.invalid" : "";
        return Answer.xml("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + type
                + "<TenantFeedURLs xmlns=\"http://schemas.microsoft.com/ts/2014/03/tswfdiscovery\">"
                + "<TenantFeedURL TenantId=\"11111111-2222-4333-8444-555555555555\" TenantDisplayName=\"Porthole\""
                + " WorkspaceName=\"" + AvdHost.WORKSPACE + "\" FeedURL=\"" + away + TENANTS
                + "/webfeed?geo=EU\" Geo=\"EU\"/>"
                + "</TenantFeedURLs>");
    }

    private List<Resource> listed() {
        if (has(AvdFault.FEED_EMPTY)) {
            return List.of();
        }
        Stream<Resource> twins = resources.stream()
                .filter(resource -> has(AvdFault.FEED_TWINS))
                .map(resource -> new Resource(TWIN + resource.number(), resource.title(), resource.entra()));
        return Stream.concat(resources.stream(), twins).toList();
    }

    private Answer feed() {
        StringBuilder listed = new StringBuilder();
        for (Resource resource : listed()) {
            listed.append("<Resource ID=\"" + resource.id() + "\" Alias=\"desktop-" + resource.number() + "\" Title=\""
                    + resource.title() + "\" Type=\"Desktop\" ArmPath=\"" + ARM_PATH + "\">"
                    + "<HostingTerminalServers><HostingTerminalServer><ResourceFile FileExtension=\".rdp\" URL=\""
                    + resource.file() + "\"/></HostingTerminalServer></HostingTerminalServers></Resource>");
        }
        return Answer.xml("<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                + "<ResourceCollection SchemaVersion=\"2.1\" xmlns=\"http://schemas.microsoft.com/ts/2007/05/tswf\">"
                + "<Publisher Name=\"" + AvdHost.WORKSPACE + "\" ID=\"" + WORKSPACE + "\"><Resources>" + listed
                + "</Resources></Publisher></ResourceCollection>");
    }

    private String file(Resource resource) {
        String service = settings.name() + ":" + port.getAsInt();
        return String.join(
                "\r\n",
                "full address:s:" + settings.name(),
                "resourceprovider:s:arm",
                "gatewayhostname:s:" + service,
                "gatewayusagemethod:i:1",
                "gatewayprofileusagemethod:i:1",
                "gatewaycredentialssource:i:0",
                "gatewaybrokeringtype:i:1",
                "loadbalanceinfo:s:" + BALANCE,
                "remoteapplicationprogram:s:" + resource.program(),
                "remoteapplicationmode:i:0",
                "wvd endpoint pool:s:" + WORKSPACE,
                "workspace id:s:" + WORKSPACE,
                "geo:s:EU",
                "armpath:s:" + ARM_PATH,
                "enablerdsaadauth:i:" + (resource.entra() ? 1 : 0),
                "");
    }

    /** The answer to the request of a client whose token is good. */
    Answer broker(String body) {
        if (has(AvdFault.BROKER_CLOSED)) {
            return Answer.CLOSE;
        }
        if (has(AvdFault.BROKER_UNAUTHORIZED)) {
            return Answer.json(401, "");
        }
        if (has(AvdFault.BROKER_FORBIDDEN)) {
            return Answer.json(403, "");
        }
        if (has(AvdFault.BROKER_NO_HOST)) {
            return refusal(400, "E_PROXY_ORCHESTRATION_LB_NO_SESSIONHOST_AVAILABLE", "no host is free");
        }
        Optional<ObjectNode> asks = StrictJson.object(body);
        Optional<String> program = asks.flatMap(found -> StrictJson.text(found, "application"));
        boolean known = resources.stream().anyMatch(resource -> program.equals(Optional.of(resource.program())))
                && asks.flatMap(found -> StrictJson.text(found, "loadBalanceInfo"))
                        .equals(Optional.of(BALANCE));
        if (!known || has(AvdFault.BROKER_NULL_REFERENCE)) {
            return refusal(400, "", "Object reference not set to an instance of an object.");
        }
        if (has(AvdFault.BROKER_ALWAYS_BOOTING) || asked.getAndIncrement() < settings.boots()) {
            return refusal(400, BOOTING, "the host is being started");
        }
        if (has(AvdFault.BROKER_GARBAGE)) {
            return Answer.json(200, "{\"gatewayLocation\":");
        }
        return Answer.json(200, connection().toString());
    }

    private ObjectNode connection() {
        ObjectNode answer = StrictJson.newObject();
        String scheme = has(AvdFault.BROKER_PLAIN_LOCATION) ? "ws://" : "wss://";
        if (!has(AvdFault.BROKER_NO_LOCATION)) {
            answer.put("gatewayLocation", scheme + settings.name() + ":" + port.getAsInt() + way());
        }
        answer.put("redirectedServerName", settings.hostName()).putNull("redirectedUsername");
        HostIdentity shown = has(AvdFault.BROKER_OTHER_CERTIFICATE) ? settings.identity() : settings.hostIdentity();
        Bytes container = container(shown);
        answer.put(
                "redirectedServerCert",
                DoublyEncoded.encode(
                        has(AvdFault.BROKER_BROKEN_CERTIFICATE)
                                ? container.slice(0, container.size() - 1)
                                : container));
        settings.passwords()
                .ifPresent(passwords -> answer.put("redirectedAuthGuid", passwords.guid())
                        .put("redirectedAuthBlob", DoublyEncoded.encode(passwords.blob())));
        answer.put(
                "azureInstanceNetworkMetadata",
                "{\"interface\":[{\"ipv4\":{\"ipAddress\":[{\"privateIpAddress\":\"127.0.0.1\",\"publicIpAddress\":\"\"}]}}]}");
        return answer;
    }

    /** Path of the gateway for one connection. */
    private String way() {
        String way = GATEWAY + "session-" + numbers.incrementAndGet();
        if (ways.size() > MOST_WAYS) {
            ways.clear(); // clients that ask and do not come are forgotten
        }
        ways.add(way);
        return way;
    }

    /** Whether the broker named this path and nobody went there yet. */
    boolean isOpen(String way) {
        return ways.contains(way);
    }

    /** The path leads through once. */
    boolean take(String way) {
        return ways.remove(way);
    }

    private static Bytes container(HostIdentity identity) {
        try {
            return Bytes.of(new TargetCertificate(List.of(new TargetCertificate.Element(
                            TargetCertificate.Element.ELEMENT_TYPE_CERTIFICATE,
                            TargetCertificate.Element.ENCODING_TYPE_ASN1_DER,
                            Bytes.of(identity.certificate().getEncoded()))))
                    .toByteArray());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate in use has an encoding", e);
        }
    }
}
