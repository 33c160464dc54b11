package porthole.aad.avd;

import java.io.StringReader;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import porthole.aad.entra.Sanitized;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.wire.Bytes;

/**
 * The documents of the feed (MS-TSWP 2.2.2 and Azure's discovery): no document type, no entities, bounded depth and sizes;
 * namespaces and unknown elements are passed over, as the versions differ in them.
 */
public final class FeedXml {
    private static final int MOST_ELEMENTS = 100_000;
    private static final int DEEPEST = 64;
    private static final int MOST_ENTRIES = 10_000;
    private static final int LONGEST_TEXT = 4096;

    private FeedXml() {}

    /** Told of one element on its way. */
    private interface Visitor {
        void start(String element, XMLStreamReader attributes);

        default void end(String element) {}
    }

    /** The feeds of a discovery document; their URLs may be relative to {@code base}. */
    public static List<TenantFeed> discovery(Bytes document, URI base) {
        List<TenantFeed> feeds = new ArrayList<>();
        read(document, "TenantFeedURLs", (element, in) -> {
            if (element.equals("TenantFeedURL") && feeds.size() < MOST_ENTRIES) {
                url(in, "FeedURL", base)
                        .ifPresent(feed -> feeds.add(new TenantFeed(
                                text(in, "TenantId"),
                                text(in, "TenantDisplayName"),
                                attribute(in, "WorkspaceName"),
                                feed,
                                attribute(in, "Geo"))));
            }
        });
        return List.copyOf(feeds);
    }

    /** The resources of a feed document; the URLs of their files may be relative to {@code base}. */
    public static List<FeedResource> resources(Bytes document, URI base) {
        Resources resources = new Resources(base);
        read(document, "ResourceCollection", resources);
        return List.copyOf(resources.found);
    }

    private static final class Resources implements Visitor {
        private final URI base;
        private final List<FeedResource> found = new ArrayList<>();
        private String workspace = "";
        private String workspaceId = "";
        private FeedResource open;

        Resources(URI base) {
            this.base = base;
        }

        @Override
        public void start(String element, XMLStreamReader in) {
            switch (element) {
                case "Publisher" -> {
                    workspace = text(in, "Name");
                    workspaceId = text(in, "ID");
                }
                case "Resource" ->
                    open = new FeedResource(
                            workspaceId,
                            workspace,
                            text(in, "ID"),
                            text(in, "Alias"),
                            text(in, "Title"),
                            text(in, "Type"),
                            Optional.empty(),
                            attribute(in, "ArmPath"),
                            attribute(in, "DeviceState"));
                case "ResourceFile" -> {
                    boolean rdp =
                            text(in, "FileExtension").toLowerCase(Locale.ROOT).startsWith(".rdp");
                    if (open != null && open.file().isEmpty() && rdp) {
                        open = new FeedResource(
                                open.workspaceId(),
                                open.workspace(),
                                open.id(),
                                open.alias(),
                                open.title(),
                                open.type(),
                                url(in, "URL", base),
                                open.armPath(),
                                open.deviceState());
                    }
                }
                default -> {
                    // icons, folders, file extensions: of no use here
                }
            }
        }

        @Override
        public void end(String element) {
            if (element.equals("Resource") && open != null && found.size() < MOST_ENTRIES) {
                found.add(open);
                open = null;
            }
        }
    }

    private static void read(Bytes document, String root, Visitor visitor) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        try {
            walk(factory.createXMLStreamReader(new StringReader(text(document))), root, visitor);
        } catch (XMLStreamException e) {
            throw unusable(document.size() + " octets: " + e.getMessage(), root);
        } catch (RuntimeException e) { // the JDK's reader has a few of its own for broken encodings
            if (e instanceof RdpFailure) {
                throw e;
            }
            throw unusable(document.size() + " octets that are no XML", root);
        }
    }

    /** By the byte order mark, else UTF-8: the JDK's reader writes to standard error about octets that it does not like. */
    private static String text(Bytes document) {
        int first = document.size() < 2 ? 0 : document.at(0) << 8 | document.at(1);
        Charset charset = first == 0xFFFE || first == 0xFEFF ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
        String text = new String(document.toArray(), charset);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static void walk(XMLStreamReader in, String root, Visitor visitor) throws XMLStreamException {
        int elements = 0;
        int depth = 0;
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw unusable("a document type or an entity", root);
                case XMLStreamConstants.START_ELEMENT -> {
                    if (elements == 0 && !in.getLocalName().equals(root)) {
                        throw unusable("an element " + in.getLocalName(), root);
                    }
                    if (++elements > MOST_ELEMENTS || ++depth > DEEPEST) {
                        throw unusable("too many elements, or too deep", root);
                    }
                    visitor.start(in.getLocalName(), in);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    visitor.end(in.getLocalName());
                }
                default -> {
                    // text, comments and instructions say nothing
                }
            }
        }
    }

    private static Optional<String> attribute(XMLStreamReader in, String name) {
        for (int i = 0; i < in.getAttributeCount(); i++) {
            if (in.getAttributeLocalName(i).equalsIgnoreCase(name)) {
                String value =
                        in.getAttributeValue(i).replaceAll("\\p{Cntrl}", " ").strip();
                return Optional.of(value).filter(text -> !text.isEmpty() && text.length() <= LONGEST_TEXT);
            }
        }
        return Optional.empty();
    }

    private static String text(XMLStreamReader in, String name) {
        return attribute(in, name).orElse("");
    }

    private static Optional<URI> url(XMLStreamReader in, String name, URI base) {
        try {
            return attribute(in, name).map(base::resolve);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // as good as none: what is asked for by it says so
        }
    }

    private static LocalFailure unusable(String seen, String root) {
        return new LocalFailure(
                "avd-feed-answer",
                "the feed's answer cannot be used",
                Sanitized.line(seen),
                "an XML document " + root + " without document type",
                "check --feed; a proxy or a portal may answer in the feed's place");
    }
}
