package porthole.host.entra;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the authority can be told before it starts.
 *
 * @param address where to listen
 * @param port 0 for any
 * @param names DNS names and addresses in the certificate; the first one is the authority's name in its issuer
 * @param user whom everybody is who does not say otherwise with {@code login_hint}
 * @param tenantId of the one tenant, which every tenant name stands for
 * @param tokenLifetime of access tokens
 * @param nonceLifetime within which a nonce has to be presented
 * @param devicePolls how often a device code is pending before it counts as approved
 * @param refusalCode AADSTS code of {@link EntraFault#TOKEN_REFUSED}
 * @param slowness of {@link EntraFault#SLOW}
 * @param faults what it does wrong
 * @param applications whose certificates and encryption it knows; any other client id is a public client
 * @param clock by which tokens and nonces live
 * @param observer is told every answered request, on the thread that answered
 */
public record MockAuthoritySettings(
        InetAddress address,
        int port,
        List<String> names,
        String user,
        String tenantId,
        Duration tokenLifetime,
        Duration nonceLifetime,
        int devicePolls,
        int refusalCode,
        Duration slowness,
        Set<EntraFault> faults,
        List<MockApplication> applications,
        Clock clock,
        Consumer<AuthorityEvent> observer) {

    public MockAuthoritySettings {
        names = List.copyOf(names);
        faults = Set.copyOf(faults);
        applications = List.copyOf(applications);
    }

    /** Any port of the loopback address, as {@code localhost}, without faults. */
    public static MockAuthoritySettings defaults() {
        return new MockAuthoritySettings(
                InetAddress.getLoopbackAddress(),
                0,
                List.of("localhost", "127.0.0.1", "::1"),
                "alice@lab.test",
                "11111111-2222-4333-8444-555555555555",
                Duration.ofSeconds(3599),
                Duration.ofMinutes(5),
                1,
                50079,
                Duration.ofSeconds(30),
                Set.of(),
                List.of(),
                Clock.systemUTC(),
                event -> {});
    }

    /** The same settings while they change. */
    private static final class Draft {
        InetAddress address;
        int port;
        List<String> names;
        String user;
        String tenantId;
        Duration tokenLifetime;
        Duration nonceLifetime;
        int devicePolls;
        int refusalCode;
        Duration slowness;
        Set<EntraFault> faults;
        List<MockApplication> applications;
        Clock clock;
        Consumer<AuthorityEvent> observer;

        Draft(MockAuthoritySettings from) {
            address = from.address;
            port = from.port;
            names = from.names;
            user = from.user;
            tenantId = from.tenantId;
            tokenLifetime = from.tokenLifetime;
            nonceLifetime = from.nonceLifetime;
            devicePolls = from.devicePolls;
            refusalCode = from.refusalCode;
            slowness = from.slowness;
            faults = from.faults;
            applications = from.applications;
            clock = from.clock;
            observer = from.observer;
        }
    }

    private MockAuthoritySettings with(Consumer<Draft> change) {
        Draft d = new Draft(this);
        change.accept(d);
        return new MockAuthoritySettings(
                d.address,
                d.port,
                d.names,
                d.user,
                d.tenantId,
                d.tokenLifetime,
                d.nonceLifetime,
                d.devicePolls,
                d.refusalCode,
                d.slowness,
                d.faults,
                d.applications,
                d.clock,
                d.observer);
    }

    /** Another place to listen. */
    public MockAuthoritySettings at(InetAddress where, int on) {
        return with(d -> {
            d.address = where;
            d.port = on;
        });
    }

    /** Known by this name first, and still by those before. */
    public MockAuthoritySettings named(String name) {
        List<String> all = new ArrayList<>(List.of(name));
        names.stream().filter(n -> !n.equals(name)).forEach(all::add);
        return with(d -> d.names = all);
    }

    /** Signs this user in. */
    public MockAuthoritySettings user(String name) {
        return with(d -> d.user = name);
    }

    /** Does these things wrong. */
    public MockAuthoritySettings faults(EntraFault... wrong) {
        return with(d -> d.faults = Set.copyOf(List.of(wrong)));
    }

    /** Refuses tokens with this AADSTS code, where it is told to refuse them. */
    public MockAuthoritySettings refusalCode(int code) {
        return with(d -> d.refusalCode = code);
    }

    /** Other lifetimes, and the clock that they count by. */
    public MockAuthoritySettings lifetimes(Duration token, Duration nonce, Clock by) {
        return with(d -> {
            d.tokenLifetime = token;
            d.nonceLifetime = nonce;
            d.clock = by;
        });
    }

    /** Knows these applications, too. */
    public MockAuthoritySettings applications(MockApplication... more) {
        List<MockApplication> all = new ArrayList<>(applications);
        all.addAll(List.of(more));
        return with(d -> d.applications = all);
    }

    /** Tells {@code observer} too. */
    public MockAuthoritySettings observer(Consumer<AuthorityEvent> another) {
        return with(d -> d.observer = observer.andThen(another));
    }
}
