package porthole.transport.nla;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import porthole.protocol.credssp.TsCredentials;
import porthole.protocol.credssp.TsPasswordCreds;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.ntlm.NtlmExchange;
import porthole.protocol.ntlm.NtlmIdentity;
import porthole.protocol.wire.Bytes;
import porthole.protocol.x224.NegotiationRequest;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.Connection;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.SecurityLayer;
import porthole.transport.StageClock;
import porthole.transport.TlsEvidence;

/**
 * Network level authentication (PROTOCOL_HYBRID and PROTOCOL_HYBRID_EX, MS-RDPBCGR 5.4.5.2): CredSSP with Kerberos or NTLMv2.
 *
 * <p>The user is {@code name} with a domain, with none, or with a dot for the host itself; or a user principal name with
 * no domain.
 */
public final class NlaSecurityLayer implements SecurityLayer {
    private static final SecurityProtocols HYBRID = SecurityProtocols.HYBRID.with(SecurityProtocols.TLS);

    private final NlaSettings settings;

    public NlaSecurityLayer(NlaSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return settings.earlyAuthorization() ? "nla-ext" : "nla";
    }

    /** With the protocols that it contains, as MS-RDPBCGR 2.2.1.1.1 wants. */
    @Override
    public SecurityProtocols protocol() {
        return settings.earlyAuthorization() ? HYBRID.with(SecurityProtocols.HYBRID_EX) : HYBRID;
    }

    /** TLS alone is another layer's; a host that knows no early authorization leaves it out. */
    @Override
    public boolean accepts(SecurityProtocols selected) {
        return selected.isOneOf(protocol()) && !selected.equals(SecurityProtocols.TLS);
    }

    @Override
    public int requestFlags() {
        return settings.restrictedAdmin() ? NegotiationRequest.RESTRICTED_ADMIN_MODE_REQUIRED : 0;
    }

    @Override
    public boolean keepsPassword() {
        return settings.restrictedAdmin();
    }

    /** Whether there are a user and something to prove; who ends before that is asked for needs neither. */
    @Override
    public boolean canUse(ConnectionSpec spec) {
        Credentials who = spec.credentials();
        if (spec.until().compareTo(Stage.AUTHENTICATION) < 0) {
            return true;
        }
        return provesByNtlm(who) || kerberosObstacle(who).isEmpty();
    }

    private boolean provesByNtlm(Credentials who) {
        return settings.mechanism() != NlaSettings.Mechanism.KERBEROS
                && !who.user().isEmpty()
                && (!who.password().isEmpty() || settings.ntHash().isPresent());
    }

    /** Why no ticket is asked for; empty where one is. */
    private Optional<String> kerberosObstacle(Credentials who) {
        if (settings.mechanism() == NlaSettings.Mechanism.NTLM) {
            return Optional.of("NTLM alone was asked for");
        }
        Optional<KerberosSettings> kerberos = settings.kerberos();
        return kerberos.isEmpty()
                ? Optional.of("there is nothing to get a ticket with")
                : kerberos.get().obstacle(who);
    }

    /** Fetches the ticket, as that waits for the KDC. */
    @Override
    public CompletionStage<Attempt> prepare(ConnectionSpec spec, StageClock clock, Executor blocking) {
        Credentials who = spec.credentials();
        if (settings.mechanism() == NlaSettings.Mechanism.NTLM) {
            return CompletableFuture.completedFuture(attempt(who, Optional.empty()));
        }
        Optional<String> obstacle = kerberosObstacle(who);
        if (obstacle.isPresent()) {
            fallBack(clock, "kerberos-not-tried", obstacle.get());
            return CompletableFuture.completedFuture(attempt(who, Optional.empty()));
        }
        return CompletableFuture.supplyAsync(() -> attempt(who, ticket(spec, clock)), blocking);
    }

    private Attempt attempt(Credentials who, Optional<AuthenticationMechanism> kerberos) {
        return connection ->
                Optional.of(new NlaAuthentication(connection, () -> mechanism(connection, kerberos), delegated(who)));
    }

    private Optional<AuthenticationMechanism> ticket(ConnectionSpec spec, StageClock clock) {
        Credentials who = spec.credentials();
        try {
            return Optional.of(KerberosSignOn.begin(
                    settings.kerberos().orElseThrow(), who, spec.target().tlsName()));
        } catch (RdpFailure e) {
            if (!provesByNtlm(who) || KerberosFailures.isFinal(e)) {
                throw e;
            }
            fallBack(clock, e.report().cause(), e.getMessage());
            return Optional.empty();
        }
    }

    private static void fallBack(StageClock clock, String cause, String reason) {
        clock.note("nla-fallback", Map.of("from", "kerberos", "to", "ntlm", "cause", cause, "reason", reason));
    }

    private AuthenticationMechanism mechanism(Connection connection, Optional<AuthenticationMechanism> kerberos) {
        Credentials who = connection.spec().credentials();
        List<AuthenticationMechanism> offered = new ArrayList<>();
        kerberos.ifPresent(offered::add);
        if (provesByNtlm(who)) {
            offered.add(ntlm(connection));
        }
        return settings.spnego() || kerberos.isPresent() ? new SpnegoMechanism(offered) : offered.get(0);
    }

    private NtlmMechanism ntlm(Connection connection) {
        ConnectionSpec spec = connection.spec();
        Credentials who = spec.credentials();
        Bytes hash = settings.ntHash()
                .map(hex -> Bytes.hex(hex.reveal()))
                .orElseGet(() -> Ntlm.ntHash(who.password().reveal()));
        NtlmIdentity identity = new NtlmIdentity(who.user(), who.domain(), hash);
        String workstation = spec.client().clientName();
        String service = "TERMSRV/" + spec.target().tlsName();
        NtlmExchange.Client client = connection
                .facts()
                .tls()
                .map(TlsEvidence::chain)
                .filter(chain -> !chain.isEmpty())
                .map(chain -> new NtlmExchange.Client(identity, workstation, service, ChannelBindings.of(chain.get(0))))
                .orElseGet(() -> new NtlmExchange.Client(identity, workstation, service));
        return new NtlmMechanism(client, connection.random(), settings.clock().instant());
    }

    /** What the host gets to log the user on with: with restricted admin, nothing (MS-CSSP 3.1.5). */
    private TsCredentials delegated(Credentials who) {
        return TsCredentials.of(
                settings.restrictedAdmin()
                        ? TsPasswordCreds.of("", "", "")
                        : TsPasswordCreds.of(
                                who.domain(), who.user(), who.password().reveal()));
    }
}
