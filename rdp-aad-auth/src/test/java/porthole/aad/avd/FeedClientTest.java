package porthole.aad.avd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Bytes;

class FeedClientTest {
    private static final URI BASE = URI.create("https://rdweb.example.test/api/arm/feeddiscovery");
    private static final String DISCOVERY = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
            + "<TenantFeedURLs xmlns=\"http://schemas.microsoft.com/ts/2014/03/tswfdiscovery\">"
            + "<TenantFeedURL TenantId=\"t-1\" TenantDisplayName=\"Lab\" WorkspaceName=\"Office\""
            + " FeedURL=\"/api/arm/feeddiscovery/tenants/w-1/webfeed?geo=EU\" Geo=\"EU\"/>"
            + "<Extensions><Extension ID=\"e\" Name=\"CloudPC\" BaseURL=\"https://elsewhere.test\"/></Extensions>"
            + "</TenantFeedURLs>";
    private static final String FEED = "<?xml version=\"1.0\"?>"
            + "<ResourceCollection PubDate=\"2026-01-01T00:00:00Z\" SchemaVersion=\"2.1\""
            + " xmlns=\"http://schemas.microsoft.com/ts/2007/05/tswf\">"
            + "<Publisher LastUpdated=\"2026-01-01T00:00:00Z\" Name=\"Office\" ID=\"w-1\"><SubFolders>"
            + "<Folder Name=\"/Tools\"/></SubFolders><Resources>"
            + "<Resource ID=\"r-1\" Alias=\"desk\" Title=\"Session Desktop\" Type=\"Desktop\" ArmPath=\"/subs/x\">"
            + "<Icons><IconRaw FileType=\"Ico\" FileURL=\"icon.ico\"/></Icons><HostingTerminalServers>"
            + "<HostingTerminalServer><ResourceFile FileExtension=\".rdp\" URL=\"rdps/r-1.rdp\"/>"
            + "<TerminalServerRef Ref=\"s\"/></HostingTerminalServer></HostingTerminalServers></Resource>"
            + "<Resource ID=\"r-2\" Alias=\"calc\" Title=\"Calculator\" Type=\"RemoteApp\"/>"
            + "</Resources></Publisher></ResourceCollection>";

    private static Service.Reply answer(Service.Request request) {
        if (request.target().equals("/api/arm/feeddiscovery")) {
            return new Service.Reply(200, DISCOVERY);
        }
        return switch (request.target()) {
            case "/api/arm/feeddiscovery/tenants/w-1/webfeed?geo=EU" -> new Service.Reply(200, FEED);
            case "/api/arm/feeddiscovery/tenants/w-1/rdps/r-1.rdp" ->
                new Service.Reply(200, "\ufefffull address:s:x\r\n");
            case "/api/arm/feeddiscovery/tenants/w-1/rdps/r-2.rdp" -> new Service.Reply(200, "full address:s:y\r\n");
            default -> new Service.Reply(404, "");
        };
    }

    private static FeedClient client(Service service) {
        return new FeedClient(
                service.access(AvdAccess.USER_AGENT), service.base().resolve("/api/arm/feeddiscovery"));
    }

    @Test
    void theWholeWayToAFile() throws Exception {
        try (Service service = new Service(FeedClientTest::answer)) {
            FeedClient client = client(service);
            List<FeedResource> all = client.resources().get(60, TimeUnit.SECONDS);
            assertThat(all).extracting(FeedResource::id).containsExactly("r-1", "r-2");
            assertThat(all.get(0).armPath()).contains("/subs/x");
            FeedResource desk = client.resource("office/session desktop").get(60, TimeUnit.SECONDS);
            assertThat(desk.id()).isEqualTo("r-1");
            assertThat(client.file(desk).get(60, TimeUnit.SECONDS).toArray())
                    .isEqualTo("\ufefffull address:s:x\r\n".getBytes(StandardCharsets.UTF_8));
            assertThat(client.file(all.get(1)).get(60, TimeUnit.SECONDS).size()).isPositive();
            assertThat(client.file(LaunchUri.parse("ms-avd:connect?workspaceid=w-1&resourceid=r-2"))
                            .get(60, TimeUnit.SECONDS)
                            .size())
                    .isPositive();
            Service.Request discovery = service.requests.get(0);
            assertThat(discovery.headers())
                    .containsEntry("accept", "application/x-msts-radc-discovery+xml,text/xml")
                    .containsEntry("authorization", "Bearer " + Service.TOKEN)
                    .containsEntry("x-ms-user-agent", AvdAccess.USER_AGENT);
            assertThat(service.requests.get(1).headers())
                    .containsEntry("accept", "application/x-msts-radc+xml;radc_schema_version=2.0,text/xml");
        }
    }

    @Test
    void whatTheFeedRefusesHasItsReason() throws Exception {
        String body = "{\"Code\":\"INCOMPATIBLE_CLIENT_VERSION\",\"Message\":\"approved user agent header\"}";
        try (Service service = new Service(request -> new Service.Reply(400, body))) {
            assertThatThrownBy(() -> client(service).workspaces().get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(RdpFailure.class, failure -> {
                        assertThat(failure.stage()).contains(Stage.FEED);
                        assertThat(failure.report().cause()).isEqualTo("avd-feed-refused");
                        assertThat(failure.report().remedy()).contains("--user-agent");
                    });
        }
    }

    @Test
    void theTokenGoesNowhereElse() throws Exception {
        String away = DISCOVERY.replace("/api/arm/feeddiscovery/tenants", "https://evil.example/tenants");
        try (Service service = new Service(request -> new Service.Reply(200, away))) {
            assertThatThrownBy(() -> client(service).resources().get(60, TimeUnit.SECONDS))
                    .hasMessageContaining("evil.example")
                    .hasMessageContaining("does not get the token");
        }
    }

    @Test
    void aNameMeansOneResourceOrNone() {
        List<FeedResource> all = FeedXml.resources(octets(FEED), BASE);
        assertThat(FeedClient.chosen(all, "calc").id()).isEqualTo("r-2");
        assertThat(FeedClient.chosen(all, "w-1/r-1").title()).isEqualTo("Session Desktop");
        assertThatThrownBy(() -> FeedClient.chosen(all, "Office/Nothing")).hasMessageContaining("2 resources");
        List<FeedResource> twice = List.of(all.get(0), all.get(0));
        assertThatThrownBy(() -> FeedClient.chosen(twice, "desk")).hasMessageContaining("w-1/r-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "<html/>",
                "<TenantFeedURLs>",
                "<!DOCTYPE TenantFeedURLs><TenantFeedURLs/>",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><TenantFeedURLs>&e;</TenantFeedURLs>",
                "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><TenantFeedURLs TenantId=\"&b;\"/>",
                "<TenantFeedURLs>&unknown;</TenantFeedURLs>"
            })
    void whatIsNoDiscoveryIsRefused(String document) {
        assertThatThrownBy(() -> FeedXml.discovery(octets(document), BASE))
                .isInstanceOfSatisfying(
                        RdpFailure.class,
                        failure -> assertThat(failure.report().cause()).isEqualTo("avd-feed-answer"));
    }

    @Test
    void depthAndNumberAreBounded() {
        String deep = "<ResourceCollection>" + "<a>".repeat(100) + "</a>".repeat(100) + "</ResourceCollection>";
        assertThatThrownBy(() -> FeedXml.resources(octets(deep), BASE)).hasMessageContaining("too deep");
        String many = "<ResourceCollection>" + "<a/>".repeat(100_001) + "</ResourceCollection>";
        assertThatThrownBy(() -> FeedXml.resources(octets(many), BASE)).hasMessageContaining("too many");
    }

    @Test
    void everyBeginningAndEveryChangedOctetEndsInResourcesOrARefusal() {
        Random random = new Random(7);
        byte[] whole = FEED.getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            reads(Arrays.copyOf(whole, length));
        }
        for (int round = 0; round < 2000; round++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            reads(changed);
        }
    }

    private static void reads(byte[] document) {
        try {
            assertThat(FeedXml.resources(Bytes.of(document), BASE)).hasSizeLessThanOrEqualTo(2);
        } catch (RdpFailure refused) {
            assertThat(refused.report().remedy()).isNotEmpty();
        }
    }

    @Test
    void launchUris() {
        LaunchUri uri = LaunchUri.parse("ms-avd:connect?workspaceid=W-1&resourceid=R-1&username=a%40b.test&x=y");
        assertThat(uri.workspaceId()).isEqualTo("W-1");
        assertThat(uri.resourceId()).isEqualTo("R-1");
        assertThat(uri.userName()).contains("a@b.test");
        assertThat(LaunchUri.parse("MS-AVD:Connect?ResourceId=r&WorkspaceId=w").userName())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ms-avd:connect",
                "ms-avd:list?workspaceid=a&resourceid=b",
                "ms-avd:connect?workspaceid=a",
                "ms-avd:connect?workspaceid=../x&resourceid=b",
                "ms-avd:connect?workspaceid=a&workspaceid=b&resourceid=c",
                "ms-avd:connect?workspaceid=%zz&resourceid=c"
            })
    void brokenLaunchUris(String text) {
        assertThatThrownBy(() -> LaunchUri.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Bytes octets(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
