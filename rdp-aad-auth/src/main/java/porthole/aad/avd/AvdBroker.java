package porthole.aad.avd;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import porthole.aad.RdpAccessToken;
import porthole.aad.entra.EntraHttp;
import porthole.aad.entra.Outcomes;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Bytes;
import porthole.transport.AvdGatewaySettings;
import porthole.transport.Broker;
import porthole.transport.CertificatePin;
import porthole.transport.ConnectionSpec;
import porthole.transport.Secret;
import porthole.transport.StageClock;
import porthole.transport.Target;
import porthole.transport.Trust;
import porthole.transport.rdstls.RdstlsSecurityLayer;

/**
 * The broker of Azure Virtual Desktop: each connection gets a token for the service, a host, and a gateway of its own. What it
 * answers decides the host's names, its certificate, and the way to it.
 *
 * @param http opened for each question and closed after its answer
 * @param tokens the access token for the service, one that is still good
 * @param userAgent what the client calls itself to broker and gateway
 * @param gatewayTrust how the gateway's certificate is judged
 * @param base https URL of the broker, without a path
 * @param request the resource, as its connection file has it
 * @param waiting how long a host may take to start
 * @param entraName what Entra ID calls the host, where that is not what the broker says
 * @param signsInWithEntra whether the host takes Entra ID; else the password goes under the broker's key
 */
public record AvdBroker(
        Supplier<EntraHttp> http,
        Supplier<CompletionStage<RdpAccessToken>> tokens,
        String userAgent,
        Trust gatewayTrust,
        URI base,
        BrokerRequest request,
        BrokerClient.Waiting waiting,
        Optional<String> entraName,
        boolean signsInWithEntra)
        implements Broker {
    /** The name of the note that is made of every pause; its facts are {@code asked}, {@code of}, {@code code} and {@code againSeconds}. */
    public static final String WAITING = "broker-waiting";

    @Override
    public CompletionStage<ConnectionSpec> locate(ConnectionSpec spec, StageClock clock, Executor blocking) {
        clock.started(Stage.BROKER);
        EntraHttp way = http.get();
        CompletableFuture<ConnectionSpec> there = Outcomes.in(Stage.TOKEN, tokens.get())
                .thenCompose(token -> asked(new AvdAccess(way, token, userAgent), clock)
                        .thenApplyAsync(answer -> through(spec, token, answer), blocking));
        return Outcomes.in(Stage.BROKER, there).whenComplete((done, failed) -> way.close());
    }

    private CompletionStage<BrokerAnswer> asked(AvdAccess access, StageClock clock) {
        return new BrokerClient(access, waiting, progress -> clock.note(WAITING, facts(progress)))
                .connect(base, request)
                .thenApply(answer -> {
                    Map<String, Object> evidence = new LinkedHashMap<>();
                    evidence.put("gateway", answer.gateway().getHost() + ":" + answer.gatewayPort());
                    evidence.put("host", answer.serverName());
                    evidence.put("addresses", answer.addresses());
                    evidence.put("certificate", answer.certificate().isPresent());
                    evidence.put("passwordKey", answer.hasRdstls());
                    clock.finished(Stage.BROKER, evidence);
                    return answer;
                });
    }

    private static Map<String, Object> facts(BrokerClient.Progress progress) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("asked", progress.asked());
        facts.put("of", progress.tries());
        facts.put("code", progress.code());
        facts.put("againSeconds", progress.again().toSeconds());
        return facts;
    }

    /** Network address, TLS name and Entra name are three values: the gateway's, the broker's, and what follows from that. */
    private ConnectionSpec through(ConnectionSpec spec, RdpAccessToken token, BrokerAnswer answer) {
        AvdGatewaySettings gateway =
                new AvdGatewaySettings(answer.gateway(), gatewayTrust, Secret.of(token.value()), userAgent);
        ConnectionSpec there = spec.withTarget(new Target(
                        gateway.host(), gateway.port(), answer.serverName(), entraName.orElse(answer.entraName())))
                .withTrust(answer.certificate().map(AvdBroker::pin).orElse(spec.trust()))
                .withRoute(spec.route().withAvd(gateway));
        return signsInWithEntra
                ? there
                : there.withSecurity(
                        List.of(new RdstlsSecurityLayer(RedirectedPassword.request(answer, spec.credentials()))));
    }

    private static Trust pin(Bytes certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.toArray());
            return new Trust.Pin(List.of(new CertificatePin(
                    CertificatePin.Kind.CERTIFICATE, HexFormat.of().formatHex(hash))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Without what the suppliers hold. */
    @Override
    public String toString() {
        return "AvdBroker[base=" + base + ", signsInWithEntra=" + signsInWithEntra + "]";
    }
}
