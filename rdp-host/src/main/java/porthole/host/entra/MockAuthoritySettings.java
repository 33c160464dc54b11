package porthole.host.entra;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the authority can be told before it starts.
 *
 * @param address where to listen
 * @param port 0 for any
 * @param names DNS names and addresses in the certificate; the first one is the authority's name in its issuer
 * @param user whom everybody is
 * @param tenantId of the one tenant, which every tenant name stands for
 * @param tokenLifetime of access tokens
 * @param nonceLifetime within which a nonce has to be presented
 * @param devicePolls how often a device code is pending before it counts as approved
 * @param refusalCode AADSTS code of {@link EntraFault#TOKEN_REFUSED}
 * @param slowness of {@link EntraFault#SLOW}
 * @param faults what it does wrong
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
        Clock clock,
        Consumer<AuthorityEvent> observer) {

    public MockAuthoritySettings {
        names = List.copyOf(names);
        faults = Set.copyOf(faults);
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
                Clock.systemUTC(),
                event -> {});
    }

    /** Another place to listen. */
    public MockAuthoritySettings at(InetAddress where, int on) {
        return new MockAuthoritySettings(
                where,
                on,
                names,
                user,
                tenantId,
                tokenLifetime,
                nonceLifetime,
                devicePolls,
                refusalCode,
                slowness,
                faults,
                clock,
                observer);
    }

    /** Known by this name first, and still by those before. */
    public MockAuthoritySettings named(String name) {
        List<String> all = new ArrayList<>(List.of(name));
        names.stream().filter(n -> !n.equals(name)).forEach(all::add);
        return new MockAuthoritySettings(
                address,
                port,
                all,
                user,
                tenantId,
                tokenLifetime,
                nonceLifetime,
                devicePolls,
                refusalCode,
                slowness,
                faults,
                clock,
                observer);
    }

    /** Signs this user in. */
    public MockAuthoritySettings user(String name) {
        return new MockAuthoritySettings(
                address,
                port,
                names,
                name,
                tenantId,
                tokenLifetime,
                nonceLifetime,
                devicePolls,
                refusalCode,
                slowness,
                faults,
                clock,
                observer);
    }

    /** Does these things wrong. */
    public MockAuthoritySettings faults(EntraFault... wrong) {
        Set<EntraFault> set = EnumSet.noneOf(EntraFault.class);
        set.addAll(List.of(wrong));
        return new MockAuthoritySettings(
                address,
                port,
                names,
                user,
                tenantId,
                tokenLifetime,
                nonceLifetime,
                devicePolls,
                refusalCode,
                slowness,
                set,
                clock,
                observer);
    }

    /** Refuses tokens with this AADSTS code, where it is told to refuse them. */
    public MockAuthoritySettings refusalCode(int code) {
        return new MockAuthoritySettings(
                address,
                port,
                names,
                user,
                tenantId,
                tokenLifetime,
                nonceLifetime,
                devicePolls,
                code,
                slowness,
                faults,
                clock,
                observer);
    }

    /** Other lifetimes, and the clock that they count by. */
    public MockAuthoritySettings lifetimes(Duration token, Duration nonce, Clock by) {
        return new MockAuthoritySettings(
                address,
                port,
                names,
                user,
                tenantId,
                token,
                nonce,
                devicePolls,
                refusalCode,
                slowness,
                faults,
                by,
                observer);
    }

    /** Tells {@code observer} too. */
    public MockAuthoritySettings observer(Consumer<AuthorityEvent> another) {
        return new MockAuthoritySettings(
                address,
                port,
                names,
                user,
                tenantId,
                tokenLifetime,
                nonceLifetime,
                devicePolls,
                refusalCode,
                slowness,
                faults,
                clock,
                observer.andThen(another));
    }
}
