package porthole.cli;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import porthole.aad.RdpResource;
import porthole.aad.avd.AvdAccess;
import porthole.aad.jwe.TokenDecryption;
import porthole.aad.jwe.TokenPolicy;
import porthole.aad.jwe.TokenValidator;
import porthole.aad.verify.Expectations;
import porthole.host.RdpHost;
import porthole.host.RdpHostBuilder;
import porthole.host.avd.AvdEvent;
import porthole.host.avd.AvdFault;
import porthole.host.avd.AvdHost;
import porthole.host.avd.AvdHostSettings;
import porthole.host.avd.BrokerPasswords;
import porthole.host.entra.EntraAssertionCheck;
import porthole.host.entra.MockAuthority;
import porthole.host.entra.MockAuthoritySettings;
import porthole.host.session.HostIdentity;
import porthole.transport.Credentials;

/**
 * Azure Virtual Desktop on the loopback address: a mock Entra authority, an RDP host, and feed, broker and gateway before it,
 * with one resource for Entra ID and one for a password under the broker's key.
 */
final class EmbeddedAvd implements AutoCloseable {
    /** What the service is called in its certificate and URLs. */
    static final String SERVICE = "localhost";

    private static final String AUDIENCE = AvdAccess.SCOPE.replace("/.default", "");

    private final MockAuthority authority;
    private final RdpHost host;
    private final AvdHost service;
    private final ExecutorService work;

    private EmbeddedAvd(MockAuthority authority, RdpHost host, AvdHost service, ExecutorService work) {
        this.authority = authority;
        this.host = host;
        this.service = service;
        this.work = work;
    }

    /**
     * What is to be started.
     *
     * @param hostName of the RDP host, for the broker, for Entra ID and in the host's certificate
     * @param port of feed, broker and gateway; 0 for any
     * @param user for the resource with a password; without password there is no such resource
     * @param boots how often the broker says that the host is being started
     * @param between what the gateway connects to for the host's own address: a line that can be cut, for example
     */
    record Plan(
            String hostName,
            int port,
            MockAuthoritySettings authority,
            Credentials user,
            int boots,
            Set<AvdFault> faults,
            Consumer<AvdEvent> observer,
            UnaryOperator<InetSocketAddress> between) {
        static Plan of(String hostName, Credentials user) {
            return new Plan(
                    hostName,
                    0,
                    MockAuthoritySettings.defaults(),
                    user,
                    0,
                    Set.of(),
                    event -> {},
                    UnaryOperator.identity());
        }

        Plan withObserver(Consumer<AvdEvent> value) {
            return new Plan(hostName, port, authority, user, boots, faults, value, between);
        }

        Plan withBetween(UnaryOperator<InetSocketAddress> value) {
            return new Plan(hostName, port, authority, user, boots, faults, observer, value);
        }
    }

    /** Starts all of it; the host's key is made beside the authority's, as RSA keys take their time. */
    static EmbeddedAvd start(RdpHostBuilder builder, Plan plan) {
        SecureRandom random = new SecureRandom();
        CompletableFuture<HostIdentity> behind =
                CompletableFuture.supplyAsync(() -> HostIdentity.selfSigned(plan.hostName, random));
        ExecutorService work = EmbeddedHost.worker();
        MockAuthority authority = MockAuthority.start(plan.authority);
        RdpHost host = null;
        try {
            HostIdentity identity = behind.join();
            Optional<BrokerPasswords> passwords = plan.user.password().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new BrokerPasswords(
                            identity.key(), plan.user.user(), plan.user.password(), random::nextBytes));
            EntraAssertionCheck assertions = new EntraAssertionCheck(
                    Expectations.host(RdpResource.named(plan.hostName), authority.keys(), authority)
                            .of(authority.issuer(), authority.tenantId()),
                    Clock.systemUTC(),
                    work);
            builder.name(plan.hostName).certificate(identity.key(), identity.certificate());
            passwords.ifPresentOrElse(check -> builder.aadOrRdstls(assertions, check), () -> builder.aad(assertions));
            host = builder.start();
            AvdHost service = AvdHost.start(
                    plan.port,
                    new AvdHostSettings(
                            SERVICE,
                            HostIdentity.elliptic(SERVICE, random),
                            plan.between.apply(host.address()),
                            identity,
                            plan.hostName,
                            tokens(authority),
                            true,
                            passwords,
                            plan.boots,
                            plan.faults,
                            plan.observer));
            return new EmbeddedAvd(authority, host, service, work);
        } catch (RuntimeException e) {
            if (host != null) {
                host.close();
            }
            authority.close();
            work.shutdownNow();
            throw e;
        }
    }

    /** The service takes what its authority issued for it. */
    private static Predicate<String> tokens(MockAuthority authority) {
        TokenValidator validator = new TokenValidator(
                new TokenDecryption(List.of()),
                Optional.of(authority.keys()),
                new TokenPolicy(
                        Optional.of(authority.issuer()),
                        Optional.of(AUDIENCE),
                        Optional.of(authority.tenantId()),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofMinutes(5)));
        return token -> validator.check(token, Instant.now()).isAccepted();
    }

    MockAuthority authority() {
        return authority;
    }

    RdpHost host() {
        return host;
    }

    AvdHost service() {
        return service;
    }

    /** Where the feed begins. */
    URI discovery() {
        return service.discovery();
    }

    /** Of the service, the authority and the host: what a client has to trust. */
    List<X509Certificate> certificates() {
        return List.of(
                service.identity().certificate(),
                authority.certificate(),
                host.identity().certificate());
    }

    @Override
    public void close() {
        service.close();
        host.close();
        authority.close();
        work.shutdownNow();
    }
}
