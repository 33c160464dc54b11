package porthole.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.rdpfile.RdpFile;
import porthole.cli.rdpfile.signature.SignerTrust;
import porthole.client.RdpClient;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.transport.Approach;
import porthole.transport.Credentials;
import porthole.transport.Deadlines;
import porthole.transport.ProxySettings;
import porthole.transport.RouteSettings;
import porthole.transport.Secret;
import porthole.transport.Target;
import porthole.transport.Trust;
import porthole.transport.nla.NlaSettings;
import porthole.transport.standard.SaltedMacs;
import porthole.transport.standard.StandardSecurityLayer;

/**
 * How a host is reached, trusted and signed in to.
 *
 * <p>A value comes from the option, else from the environment, else from the connection file, else it is the default.
 */
public final class HostOptions {
    /** Which security layers may be offered. */
    public enum Security {
        AUTO("auto"),
        AAD("aad"),
        NLA("nla"),
        NLA_EXT("nla-ext"),
        TLS("tls"),
        RDP("rdp");

        private final String word;

        Security(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    @Option(
            names = "--security",
            paramLabel = "auto|aad|nla|nla-ext|tls|rdp",
            description =
                    "How to sign in: aad is Entra ID (RDSAAD), nla before the session (CredSSP with Kerberos or NTLM), "
                            + "nla-ext the same with early user authorization, tls the host's own login screen, rdp the same without "
                            + "TLS, which protects badly; auto offers "
                            + "aad where a token source is given or the .rdp file asks for it, nla where there is something "
                            + "to sign in with, and tls, strongest first (default: auto).")
    String security;

    @Option(
            names = "--security-floor",
            paramLabel = "aad|nla-ext|nla|tls|rdp",
            description = "The weakest security that auto may fall back to (default: tls).")
    String securityFloor;

    @Option(
            names = "--encryption-methods",
            paramLabel = "40,56,128,fips",
            description = "What rdp may encrypt with; a host that chooses anything else is refused (default: all).")
    String encryptionMethods;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description =
                    "User name for the host; as anna@contoso.example also whose sign-in is used, where there are several.")
    String user;

    @Option(names = "--domain", paramLabel = "NAME", description = "Domain of the user.")
    String domain;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Read the password from a file; - is the first line of standard input.")
    String passwordFile;

    @Option(
            names = "--password-env",
            paramLabel = "NAME",
            description = "Read the password from this environment variable.")
    String passwordEnvironment;

    @Option(
            names = "--certificate",
            paramLabel = "RULE",
            description =
                    "strict: a chain to a known authority and the right name. pin:SHA256 or pin:sha256:HEX: exactly this "
                            + "certificate; pin:spki:BASE64: this public key, renewals included; several with commas. "
                            + "tofu: the one that was seen the first time. ignore: any, for laboratories only (default: strict).")
    String certificate;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Authorities for strict, PEM, instead of the system's.")
    String authoritiesFile;

    @Mixin
    KnownHostsOptions knownHosts;

    @Mixin
    TlsEngineOptions tlsEngine;

    @Mixin
    NlaOptions nla;

    @Mixin
    RouteOptions route;

    @Mixin
    GatewayOptions gateway;

    @Option(
            names = "--tls-name",
            paramLabel = "NAME",
            description = "The name in the host's certificate, if it is another one than the target's.")
    String tlsName;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "For the whole way to the asked-for state, for example 500ms, 10s, 2m (default: 60s).")
    String timeout;

    private static String first(String option, Surroundings surroundings, String variable) {
        if (option != null) {
            return option;
        }
        String value = surroundings.environment().get(variable);
        return value == null || value.isEmpty() ? null : value;
    }

    static Optional<String> value(String option, Surroundings surroundings, String variable) {
        return Optional.ofNullable(first(option, surroundings, variable));
    }

    /** The layers that were asked for; a connection file can ask for Entra ID, and against network level authentication. */
    public Security security(Surroundings surroundings, RdpFile file) {
        Optional<String> word = value(security, surroundings, "PORTHOLE_SECURITY");
        if (word.isPresent()) {
            return Values.oneOf(Security.class, "--security", word.get(), Security::word);
        }
        if (route.isVmConnect()) {
            return Security.NLA; // what Hyper-V takes, and without negotiation
        }
        if (file.wantsEntra()) {
            return Security.AAD;
        }
        boolean isFloorGiven =
                value(securityFloor, surroundings, "PORTHOLE_SECURITY_FLOOR").isPresent();
        return file.allowsNla() || isFloorGiven ? Security.AUTO : Security.TLS;
    }

    /** The weakest layer that {@link Security#AUTO} may take. */
    public Security securityFloor(Surroundings surroundings, Security wanted) {
        Optional<Security> floor = value(securityFloor, surroundings, "PORTHOLE_SECURITY_FLOOR")
                .map(word -> Values.oneOf(Security.class, "--security-floor", word, Security::word));
        if (floor.equals(Optional.of(Security.AUTO))) {
            throw new UsageException("--security-floor: auto is no layer");
        }
        if (securityFloor != null && wanted != Security.AUTO) {
            throw new UsageException("--security-floor is for --security auto: a layer by name does not fall back");
        }
        return floor.orElse(Security.TLS);
    }

    public Credentials credentials(Surroundings surroundings, RdpFile file, boolean mayAsk) {
        String name = user(surroundings).or(file::user).orElse("");
        String of =
                value(domain, surroundings, "PORTHOLE_DOMAIN").or(file::domain).orElse("");
        int backslash = name.indexOf('\\');
        if (of.isEmpty() && backslash > 0) {
            of = name.substring(0, backslash);
            name = name.substring(backslash + 1);
        }
        return new Credentials(name, of, password(surroundings, name, mayAsk));
    }

    private Secret password(Surroundings surroundings, String name, boolean mayAsk) {
        SecretReader secrets = new SecretReader(surroundings);
        if (passwordFile != null && passwordEnvironment != null) {
            throw new UsageException("--password-file and --password-env exclude each other");
        }
        if (passwordFile != null) {
            return secrets.fromFile("--password-file", passwordFile);
        }
        if (passwordEnvironment != null) {
            return secrets.fromEnvironment("--password-env", passwordEnvironment);
        }
        if (surroundings.environment().containsKey("PORTHOLE_PASSWORD")) {
            return secrets.fromEnvironment("PORTHOLE_PASSWORD", "PORTHOLE_PASSWORD");
        }
        return mayAsk && !name.isEmpty() && !nla.doesWithoutPassword()
                ? secrets.fromPerson("Password for " + name + ": ")
                : Secret.NONE;
    }

    /** Standard RDP security, with the methods that it may use. */
    public StandardSecurityLayer standardSecurity(Surroundings surroundings) {
        int methods = 0;
        for (String word : value(encryptionMethods, surroundings, "PORTHOLE_ENCRYPTION_METHODS")
                .orElse("40,56,128,fips")
                .split(",")) {
            methods |= switch (word.trim()) {
                case "40" -> EncryptionMethod.BITS_40;
                case "56" -> EncryptionMethod.BITS_56;
                case "128" -> EncryptionMethod.BITS_128;
                case "fips" -> EncryptionMethod.FIPS;
                default ->
                    throw new UsageException(
                            "--encryption-methods: '" + word.trim() + "' is none of 40, 56, 128, fips");
            };
        }
        return new StandardSecurityLayer(methods, SaltedMacs.AS_HOST_SAYS);
    }

    /** How network level authentication is done, where it is. */
    public NlaSettings nla(Surroundings surroundings) {
        return nla.settings(surroundings, hasPassword(surroundings));
    }

    /** Who was named, by the option or the environment. */
    Optional<String> user(Surroundings surroundings) {
        return value(user, surroundings, "PORTHOLE_USER");
    }

    /** Whether a password was given. */
    boolean hasPassword(Surroundings surroundings) {
        return passwordFile != null
                || passwordEnvironment != null
                || surroundings.environment().containsKey("PORTHOLE_PASSWORD");
    }

    /** Whether a password or a hash comes from standard input, so that nothing else can. */
    public boolean readsStandardInput() {
        return "-".equals(passwordFile)
                || nla.readsStandardInput()
                || route.readsStandardInput()
                || gateway.readsStandardInput();
    }

    /** The target of an argument, with the file's port where neither names one, and the names of the options. */
    public Target target(String text, RdpFile file) {
        Target target = Values.target(text);
        boolean hasPort = text.endsWith(":" + target.port());
        if (!hasPort && file.port().isPresent()) {
            target = new Target(target.host(), file.port().getAsInt(), target.tlsName(), target.entraName());
        }
        target = route.target(target, hasPort || file.port().isPresent());
        return tlsName == null ? target : target.withTlsName(tlsName);
    }

    /** The proxies on the way, for requests over HTTPS, too. */
    public ProxySettings proxies(Surroundings surroundings) {
        return route.proxies.settings(surroundings);
    }

    /** How the host is reached. */
    public RouteSettings route(Surroundings surroundings, RdpFile file, Credentials credentials) {
        RouteSettings settings = route.route(surroundings);
        return gateway.settings(
                        surroundings,
                        file,
                        credentials,
                        knownHosts,
                        deadlines(surroundings).total())
                .map(settings::withGateway)
                .orElse(settings);
    }

    /** What the connection begins with. */
    public Approach approach(RdpFile file) {
        return route.approach(file);
    }

    public Trust trust(Surroundings surroundings) {
        return trust(
                "--certificate",
                value(certificate, surroundings, "PORTHOLE_CERTIFICATE").orElse("strict"),
                value(authoritiesFile, surroundings, "PORTHOLE_CA_FILE")
                        .map(file -> readable("--ca-file", Path.of(file))),
                () -> knownHosts.file(surroundings));
    }

    /** A rule as {@code option} has it. */
    static Trust trust(String option, String rule, Optional<Path> authorities, Supplier<Path> knownHosts) {
        if (rule.startsWith("pin:")) {
            try {
                return new Trust.Pin(rule.substring("pin:".length()).replace(",pin:", ","));
            } catch (IllegalArgumentException e) {
                throw new UsageException(option + ": " + e.getMessage(), e);
            }
        }
        return switch (rule) {
            case "strict" -> new Trust.Strict(authorities);
            case "tofu" -> new Trust.OnFirstUse(knownHosts.get());
            case "ignore" -> new Trust.Ignore();
            default ->
                throw new UsageException(
                        option + ": '" + rule + "' is none of strict, pin:SHA256, pin:spki:BASE64, tofu, ignore");
        };
    }

    static Path readable(String option, Path file) {
        if (!Files.isReadable(file)) {
            throw new UsageException(option + ": cannot read " + file);
        }
        return file;
    }

    /** Whose signatures of connection files are trusted. */
    public SignerTrust signers(Surroundings surroundings) {
        return SignerOptions.trust(authoritiesFile, surroundings);
    }

    /** A client with the chosen TLS engine. */
    public RdpClient client(Surroundings surroundings) {
        return tlsEngine.client(surroundings);
    }

    public Deadlines deadlines(Surroundings surroundings) {
        return value(timeout, surroundings, "PORTHOLE_TIMEOUT")
                .map(text -> {
                    Duration total = Values.duration(text);
                    if (total.isZero()) {
                        throw new UsageException("--timeout: the time has to be longer than nothing");
                    }
                    return Deadlines.within(total);
                })
                .orElse(Deadlines.DEFAULT);
    }
}
