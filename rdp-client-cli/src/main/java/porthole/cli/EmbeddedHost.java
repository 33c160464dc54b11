package porthole.cli;

import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import porthole.aad.RdpResource;
import porthole.aad.verify.Expectations;
import porthole.host.RdpHost;
import porthole.host.RdpHostBuilder;
import porthole.host.entra.EntraAssertionCheck;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.host.nla.NlaHost;
import porthole.host.rdstls.RdstlsCheck;

/** The built-in RDP host, and for RDSAAD the mock Entra authority that vouches for its guests. */
final class EmbeddedHost implements AutoCloseable {
    private final RdpHost host;
    private final Optional<MockAuthority> authority;
    private final Optional<ExecutorService> work;

    private EmbeddedHost(RdpHost host, Optional<MockAuthority> authority, Optional<ExecutorService> work) {
        this.host = host;
        this.authority = authority;
        this.work = work;
    }

    /** A host where a user and a password, any ones, do. */
    static EmbeddedHost tls(RdpHostBuilder builder) {
        return new EmbeddedHost(builder.tls().start(), Optional.empty(), Optional.empty());
    }

    /** A host of standard RDP security, where a user and a password, any ones, do. */
    static EmbeddedHost rdp(RdpHostBuilder builder, int encryptionLevel) {
        return new EmbeddedHost(builder.rdp(encryptionLevel).start(), Optional.empty(), Optional.empty());
    }

    /** A host for clients that another one sends. */
    static EmbeddedHost rdstls(RdpHostBuilder builder, RdstlsCheck check) {
        return new EmbeddedHost(builder.rdstls(check).start(), Optional.empty(), Optional.empty());
    }

    /**
     * A host that wants an assertion.
     *
     * @param name of the host, as tokens have it; its first label and its addresses are good, too
     */
    static EmbeddedHost aad(RdpHostBuilder builder, String name, MockAuthoritySettings settings) {
        MockAuthority authority = MockAuthority.start(settings);
        ExecutorService work = worker();
        try {
            InetAddress loopback = InetAddress.getLoopbackAddress();
            Expectations expectations = Expectations.host(RdpResource.named(name), authority.keys(), authority)
                    .of(authority.issuer(), authority.tenantId())
                    .alsoFor(
                            RdpResource.ofHost(name),
                            RdpResource.named("localhost"),
                            RdpResource.named(loopback.getHostAddress()));
            RdpHost host = builder.aad(new EntraAssertionCheck(expectations, Clock.systemUTC(), work))
                    .start();
            return new EmbeddedHost(host, Optional.of(authority), Optional.of(work));
        } catch (RuntimeException e) {
            authority.close();
            work.shutdownNow();
            throw e;
        }
    }

    /** A host that lets in whom {@code rules} name. */
    static EmbeddedHost nla(RdpHostBuilder builder, Function<Executor, NlaHost> rules) {
        ExecutorService work = worker();
        try {
            return new EmbeddedHost(builder.nla(rules.apply(work)).start(), Optional.empty(), Optional.of(work));
        } catch (RuntimeException e) {
            work.shutdownNow();
            throw e;
        }
    }

    static ExecutorService worker() {
        return Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "porthole-host-verify");
            thread.setDaemon(true);
            return thread;
        });
    }

    RdpHost host() {
        return host;
    }

    Optional<MockAuthority> authority() {
        return authority;
    }

    /** Of the host and of the authority: what a client has to trust. */
    List<X509Certificate> certificates() {
        List<X509Certificate> certificates = new ArrayList<>();
        certificates.add(host.identity().certificate());
        authority.ifPresent(one -> certificates.add(one.certificate()));
        return certificates;
    }

    @Override
    public void close() {
        host.close();
        authority.ifPresent(MockAuthority::close);
        work.ifPresent(ExecutorService::shutdownNow);
    }
}
