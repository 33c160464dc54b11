package porthole.aad.avd;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import porthole.aad.entra.EntraHttp;
import porthole.aad.entra.Outcomes;
import porthole.aad.entra.Sanitized;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Bytes;

/**
 * Reads the feed: discovery, the resources of each workspace, connection files. Its failures have stage {@code feed}. The
 * token goes to the discovery's own host and to its siblings only, whatever a document says.
 */
public final class FeedClient {
    /** Discovery of the public cloud. */
    public static final URI PUBLIC_CLOUD = URI.create("https://rdweb.wvd.microsoft.com/api/arm/feeddiscovery");
    /** Discovery of the US Government's cloud. */
    public static final URI US_GOVERNMENT = URI.create("https://rdweb.wvd.azure.us/api/arm/feeddiscovery");
    /** Discovery of the cloud in China. */
    public static final URI CHINA = URI.create("https://rdweb.wvd.azure.cn/api/arm/feeddiscovery");

    private static final String WHO = "the feed";
    private static final String DISCOVERY = "application/x-msts-radc-discovery+xml,text/xml";
    private static final String FEED = "application/x-msts-radc+xml;radc_schema_version=2.0,text/xml";
    private static final int LARGEST_DOCUMENT = 8 << 20;
    private static final int LARGEST_FILE = 256 * 1024;
    private static final int MOST_FEEDS = 100;
    private static final int MOST_CANDIDATES = 10;

    private final AvdAccess access;
    private final URI discovery;

    public FeedClient(AvdAccess access, URI discovery) {
        this.access = access;
        this.discovery = discovery;
    }

    /** The workspaces of the user. */
    public CompletableFuture<List<TenantFeed>> workspaces() {
        return Outcomes.in(
                Stage.FEED,
                get(discovery, DISCOVERY, LARGEST_DOCUMENT)
                        .thenApply(document -> FeedXml.discovery(document, discovery)));
    }

    /** Everything in all workspaces, one after the other. */
    public CompletableFuture<List<FeedResource>> resources() {
        return Outcomes.in(Stage.FEED, workspaces().thenCompose(feeds -> {
            CompletionStage<List<FeedResource>> all = CompletableFuture.completedFuture(new ArrayList<>());
            for (TenantFeed feed : feeds.subList(0, Math.min(MOST_FEEDS, feeds.size()))) {
                all = all.thenCompose(sofar -> get(feed.feed(), FEED, LARGEST_DOCUMENT)
                        .thenApply(document -> {
                            sofar.addAll(FeedXml.resources(document, feed.feed()));
                            return sofar;
                        }));
            }
            return all;
        }));
    }

    /** The one resource that {@code name} means: {@code WORKSPACE/RESOURCE} or {@code RESOURCE}, by names or ids. */
    public CompletableFuture<FeedResource> resource(String name) {
        return Outcomes.in(Stage.FEED, resources().thenApply(all -> chosen(all, name)));
    }

    static FeedResource chosen(List<FeedResource> all, String name) {
        List<FeedResource> found =
                all.stream().filter(resource -> isMeant(resource, name)).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        List<FeedResource> candidates = found.isEmpty() ? all : found;
        String seen = (found.isEmpty() ? all.size() + " resources, none of which is it" : found.size() + " of them")
                + candidates.stream()
                        .limit(MOST_CANDIDATES)
                        .map(FeedClient::candidate)
                        .collect(Collectors.joining("; ", candidates.isEmpty() ? "" : ": ", ""))
                + (candidates.size() > MOST_CANDIDATES ? "; and more" : "");
        throw new LocalFailure(
                found.isEmpty() ? "avd-no-such-resource" : "avd-ambiguous-resource",
                "the feed does not have one resource of this name",
                "'" + Sanitized.line(name) + "': " + seen,
                "WORKSPACE/RESOURCE, by names or ids",
                found.isEmpty()
                        ? "take one of those that porthole avd list shows; the user may not be assigned to the application group"
                        : "use ids, as shown here");
    }

    /** By names and by ids, as a failure shows it. */
    private static String candidate(FeedResource resource) {
        return Sanitized.line(resource.workspace() + "/" + resource.title()) + " ("
                + Sanitized.line(resource.workspaceId() + "/" + resource.id()) + ")";
    }

    private static boolean isMeant(FeedResource resource, String name) {
        if (resource.isNamed(name)) {
            return true;
        }
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            if (resource.isIn(name.substring(0, slash)) && resource.isNamed(name.substring(slash + 1))) {
                return true;
            }
        }
        return false;
    }

    /** The connection file of a resource. */
    public CompletableFuture<Bytes> file(FeedResource resource) {
        URI file = resource.file().orElseGet(() -> direct(resource.workspaceId(), resource.id()));
        return file(file);
    }

    /** The connection file of a resource by its ids, without reading the feed. */
    public CompletableFuture<Bytes> file(LaunchUri launch) {
        return file(direct(launch.workspaceId(), launch.resourceId()));
    }

    private URI direct(String workspaceId, String resourceId) {
        String base = discovery.toString().replaceFirst("[?#].*$", "").replaceFirst("/$", "");
        return URI.create(base + "/tenants/" + safe(workspaceId) + "/rdps/" + safe(resourceId) + ".rdp");
    }

    private static String safe(String id) {
        return id.replaceAll("[^A-Za-z0-9._~-]", "");
    }

    private CompletableFuture<Bytes> file(URI file) {
        return Outcomes.in(Stage.FEED, get(file, "*/*", LARGEST_FILE));
    }

    private CompletableFuture<Bytes> get(URI uri, String accept, int largest) {
        if (!isSibling(uri)) {
            return CompletableFuture.failedFuture(new LocalFailure(
                    "avd-foreign-url",
                    "the feed leads to another service, which does not get the token",
                    Sanitized.line(String.valueOf(uri.getHost())),
                    discovery.getHost() + " or a sibling of it",
                    "if that is the right service, give its discovery with --feed"));
        }
        return access.http()
                .call(uri, new EntraHttp.Call(WHO, access.headers(accept), Optional.empty(), largest))
                .thenApply(answer -> {
                    if (answer.status() != 200) {
                        throw new BrokerRefusal(answer).refused("avd-feed-refused", WHO);
                    }
                    return answer.octets();
                });
    }

    /** The same host, or one under the same parent domain of at least two labels. */
    private boolean isSibling(URI uri) {
        String own = String.valueOf(discovery.getHost()).toLowerCase(Locale.ROOT);
        String other = String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT);
        int dot = own.indexOf('.');
        boolean name = dot > 0 && own.indexOf('.', dot + 1) > 0 && own.matches(".*[a-z]");
        return own.equals(other) || name && other.endsWith(own.substring(dot));
    }
}
