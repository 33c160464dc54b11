package porthole.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.transport.ProxyServer;
import porthole.transport.ProxySettings;
import porthole.transport.Secret;
import porthole.transport.Trust;

/** The proxies before hosts, gateways, the Entra authority and the services of Azure Virtual Desktop. */
public final class ProxyOptions {
    @Option(
            names = "--proxy",
            paramLabel = "URL|none",
            description =
                    "http://, https:// or socks5://[USER@]HOST[:PORT]; the proxy resolves the host's name. none: directly "
                            + "(default: https_proxy or all_proxy, except for no_proxy and this machine).")
    String proxy;

    @Option(names = "--proxy-user", paramLabel = "NAME", description = "User of the proxy; DOMAIN\\NAME for NTLM.")
    String proxyUser;

    @Option(
            names = "--proxy-password-file",
            paramLabel = "FILE",
            description = "Read the proxy's password from a file; - is the first line of standard input.")
    String proxyPasswordFile;

    @Option(
            names = "--proxy-password-env",
            paramLabel = "NAME",
            description = "Read the proxy's password from this environment variable.")
    String proxyPasswordEnvironment;

    @Option(
            names = "--proxy-ca-file",
            paramLabel = "FILE",
            description = "Authorities for the certificate of an https proxy, PEM, instead of the system's.")
    Path proxyAuthorities;

    private ProxySettings settings;

    /** Whether the proxy's password comes from standard input. */
    boolean readsStandardInput() {
        return "-".equals(proxyPasswordFile);
    }

    /** The proxies on the way; what is read from standard input is read once. */
    public synchronized ProxySettings settings(Surroundings surroundings) {
        if (settings == null) {
            settings = read(surroundings);
        }
        return settings;
    }

    private ProxySettings read(Surroundings surroundings) {
        Optional<String> wanted = HostOptions.value(proxy, surroundings, "PORTHOLE_PROXY");
        ProxySettings plain;
        try {
            plain = wanted.isEmpty()
                    ? ProxySettings.fromEnvironment(surroundings.environment())
                    : wanted.get().equals("none")
                            ? ProxySettings.NONE
                            : ProxySettings.of(ProxyServer.parse(wanted.get()));
        } catch (IllegalArgumentException e) {
            String where = wanted.isPresent() ? "--proxy: " : "https_proxy or all_proxy: ";
            throw new UsageException(where + e.getMessage(), e);
        }
        return new ProxySettings(plain.server().map(server -> completed(server, surroundings)), plain.except());
    }

    private ProxyServer completed(ProxyServer server, Surroundings surroundings) {
        String user = HostOptions.value(proxyUser, surroundings, "PORTHOLE_PROXY_USER")
                .orElse(server.user());
        Secret password = password(surroundings).orElse(server.password());
        ProxyServer whole = proxyAuthorities == null
                ? server
                : server.withTrust(
                        new Trust.Strict(Optional.of(HostOptions.readable("--proxy-ca-file", proxyAuthorities))));
        try {
            return whole.withCredentials(user, password);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--proxy-user: " + e.getMessage(), e);
        }
    }

    private Optional<Secret> password(Surroundings surroundings) {
        SecretReader secrets = new SecretReader(surroundings);
        if (proxyPasswordFile != null && proxyPasswordEnvironment != null) {
            throw new UsageException("--proxy-password-file and --proxy-password-env exclude each other");
        }
        if (proxyPasswordFile != null) {
            return Optional.of(secrets.fromFile("--proxy-password-file", proxyPasswordFile));
        }
        String variable = proxyPasswordEnvironment != null ? proxyPasswordEnvironment : "PORTHOLE_PROXY_PASSWORD";
        return proxyPasswordEnvironment != null || surroundings.environment().containsKey(variable)
                ? Optional.of(secrets.fromEnvironment("--proxy-password-env", variable))
                : Optional.empty();
    }
}
