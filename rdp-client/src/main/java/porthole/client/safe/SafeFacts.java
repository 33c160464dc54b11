package porthole.client.safe;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Facts that may be handed on. A fact passes under a known name and in the one form that goes with that name; everything else
 * stays behind, and {@link #leftOut} says under which names there was something. Thread-safe.
 */
public final class SafeFacts {
    private static final Set<String> WORDS = Set.of(
            "rdp",
            "tls",
            "nla",
            "nla-ext",
            "rdstls",
            "aad",
            "recorded",
            "selected",
            "failed",
            "websocket",
            "http",
            "ntlm",
            "kerberos",
            "negotiate",
            "basic",
            "paa",
            "none",
            "wire",
            "sequence",
            "refused",
            "local",
            "accepted",
            "gateway",
            "valid client",
            "the host goes on without a licence",
            "a licence",
            "true",
            "false");

    /** Values of sets that specifications define; a code that is in none of these has a number beside it. */
    private static final Pattern CONSTANT = Pattern.compile(
            "(RDP|TLS|HYBRID|RDSTLS|HYBRID_EX|RDSAAD|NTLM|KERBEROS|S_OK|E_ACCESSDENIED|E_FAIL|INCONSISTENT_FLAGS"
                    + "|(SEC_E|STATUS|ERRINFO|RDSTLS_RESULT|SSL|AUTHZ|ENCRYPTION|LOGON|ST|ERR|HYBRID_REQUIRED|E_PROXY)"
                    + "_[A-Z0-9_]{2,60}|AADSTS[0-9]{4,9}|0x[0-9A-Fa-f]{1,16})");

    private static final Form NUMBER = of(text -> text.matches("-?[0-9]{1,19}(\\.[0-9]{1,9})?"));
    private static final Form SIZE = of(text -> text.matches("[0-9]{1,5}x[0-9]{1,5}"));
    private static final Form VERSION = of(text -> text.matches("(TLSv|v)?[0-9]{1,3}(\\.[0-9]{1,3})?"));
    private static final Form CIPHER = of(text -> text.matches("(TLS|SSL)_[A-Z0-9_]{4,60}"));
    private static final Form INSTANT = of(text -> text.matches("[0-9TZ:.+-]{10,40}"));
    /** Drawn at random for the connection: administrators find it in their logs by this. */
    private static final Form IDENTIFIER =
            of(text -> text.matches("\\{?[0-9A-Fa-f]{8}(-?[0-9A-Fa-f]{4}){3}-?[0-9A-Fa-f]{12}}?"));

    private static final Form WORD = of(SafeFacts::isWord);

    private static final Form ADDRESSES = (names, text) -> Optional.of(Stream.of(text.split("[\\s,]+"))
            .map(address -> names.of(Pseudonyms.Kind.ADDRESS, address.replaceAll("^.*/|[\\[\\]]|:[0-9]{1,5}$", "")))
            .collect(Collectors.joining(", ")));

    private static final Map<String, Form> FORMS = Map.ofEntries(
            entry("stage", of(text -> text.matches("[a-z][a-z0-9-]{1,40}"))),
            entry("cause", of(text -> text.matches("[a-z][a-z0-9-]{1,60}"))),
            entry("kind", WORD),
            entry("millis", NUMBER),
            entry("attempt", NUMBER),
            entry("layer", WORD),
            entry("layers", WORD),
            entry("next", WORD),
            entry("outcome", WORD),
            entry("requestedProtocols", WORD),
            entry("selectedProtocol", WORD),
            entry("correlationId", IDENTIFIER),
            entry("flags", WORD),
            entry("version", VERSION),
            entry("cipher", CIPHER),
            entry("notBefore", INSTANT),
            entry("notAfter", INSTANT),
            entry("expiresAt", INSTANT),
            entry("supportedVersions", NUMBER),
            entry("desktop", SIZE),
            entry("bitsPerPixel", NUMBER),
            entry("sets", NUMBER),
            entry("requests", NUMBER),
            entry("serverVersion", WORD),
            entry("encryptionMethod", WORD),
            entry("encryptionLevel", NUMBER),
            entry("ioChannel", NUMBER),
            entry("messageChannel", NUMBER),
            entry("userChannel", NUMBER),
            entry("channels", NUMBER),
            entry("joinsSkipped", WORD),
            entry("declined", NUMBER),
            entry("challenged", WORD),
            entry("mechanism", WORD),
            entry("credSspVersion", NUMBER),
            entry("authorizationResult", WORD),
            entry("result", WORD),
            entry("nonceLength", NUMBER),
            entry("frame", NUMBER),
            entry("clockOffsetSeconds", NUMBER),
            entry("gatewayVersion", VERSION),
            entry("extendedAuth", NUMBER),
            entry("tunnelId", NUMBER),
            entry("channelId", NUMBER),
            entry("capabilities", NUMBER),
            entry("idleTimeoutMinutes", NUMBER),
            entry("transport", WORD),
            entry("authentication", WORD),
            entry("proxyAuthentication", WORD),
            entry("consent", WORD),
            entry("status", NUMBER),
            entry("code", NUMBER),
            entry("hex", WORD),
            entry("signed", NUMBER),
            entry("unsigned", NUMBER),
            entry("codeName", WORD),
            entry("name", WORD),
            entry(
                    "authority",
                    of(Set.of(
                            "RDP_NEG_FAILURE",
                            "authentication_result",
                            "Entra",
                            "Set Error Info PDU",
                            "ERRINFO",
                            "gateway",
                            "broker",
                            "feed",
                            "CredSSP",
                            "RDSTLS",
                            "licensing")::contains)),
            entry("offset", NUMBER),
            entry("pdu", of(text -> text.matches("[A-Z][A-Za-z0-9]{2,50}"))),
            entry("port", NUMBER),
            entry("addresses", ADDRESSES),
            entry("address", ADDRESSES),
            entry("remote", ADDRESSES),
            entry("target", named(Pseudonyms.Kind.HOST)),
            entry("proxy", named(Pseudonyms.Kind.HOST)),
            entry("gateway", named(Pseudonyms.Kind.HOST)),
            entry("host", named(Pseudonyms.Kind.HOST)),
            entry("certificate", WORD),
            entry("passwordKey", WORD),
            entry("asked", NUMBER),
            entry("of", NUMBER),
            entry("againSeconds", NUMBER),
            entry("resource", named(Pseudonyms.Kind.RESOURCE)),
            entry("keyThumbprint", named(Pseudonyms.Kind.KEY)),
            entry("subject", named(Pseudonyms.Kind.HOST)),
            entry("issuer", named(Pseudonyms.Kind.HOST)),
            entry("sha256", named(Pseudonyms.Kind.CERTIFICATE)),
            entry("spki", named(Pseudonyms.Kind.KEY)));

    private final Pseudonyms names;
    private final Set<String> leftOut = new TreeSet<>();

    public SafeFacts(Pseudonyms names) {
        this.names = names;
    }

    /** The one form in which a fact passes. */
    private interface Form {
        Optional<String> safe(Pseudonyms names, String text);
    }

    private static Form of(Predicate<String> harmless) {
        return (names, text) -> harmless.test(text) ? Optional.of(text) : Optional.empty();
    }

    private static Form named(Pseudonyms.Kind kind) {
        return (names, text) -> Optional.of(names.of(kind, text));
    }

    /** Words of this program and constants of the specifications; several with a bar or a comma between. */
    private static boolean isWord(String text) {
        for (String part : text.split("\\s*[|,]\\s*", -1)) {
            if (!WORDS.contains(part) && !CONSTANT.matcher(part).matches() && !part.matches("-?[0-9]{1,12}")) {
                return false;
            }
        }
        return true;
    }

    /** What of the facts may be handed on, in their order. */
    public Map<String, Object> of(Map<String, ?> facts) {
        Map<String, Object> safe = new LinkedHashMap<>();
        facts.forEach((name, value) -> one(name, value).ifPresent(fact -> safe.put(name, fact)));
        return safe;
    }

    /** One fact, if it may be handed on. */
    public Optional<Object> one(String name, Object value) {
        Form form = FORMS.get(name);
        Optional<Object> safe = form == null || value == null ? Optional.empty() : formed(form, value);
        if (safe.isEmpty()) {
            synchronized (leftOut) {
                leftOut.add(form == null ? "a fact without a known name" : name);
            }
        }
        return safe;
    }

    private Optional<Object> formed(Form form, Object value) {
        if (value instanceof Boolean) {
            return Optional.of(value);
        }
        if (value instanceof Collection<?> values) {
            List<String> all = new ArrayList<>();
            for (Object each : values) {
                form.safe(names, String.valueOf(each)).ifPresent(all::add);
            }
            return all.size() == values.size() ? Optional.of(all) : Optional.empty();
        }
        Optional<String> safe = form.safe(names, String.valueOf(value));
        return value instanceof Number number && safe.equals(Optional.of(String.valueOf(value)))
                ? Optional.of(number)
                : safe.map(text -> text);
    }

    /** Whether a text is a word or a constant that says nothing of anybody. */
    public static boolean isConstant(String text) {
        return CONSTANT.matcher(text).matches();
    }

    /** Under which names there was something that may not be handed on. */
    public Set<String> leftOut() {
        synchronized (leftOut) {
            return new TreeSet<>(leftOut);
        }
    }
}
