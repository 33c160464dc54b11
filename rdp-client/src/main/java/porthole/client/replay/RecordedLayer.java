package porthole.client.replay;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import porthole.aad.rdsaad.RdsAadAuthentication;
import porthole.client.capture.Direction;
import porthole.client.capture.SessionSecrets;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.Connection;
import porthole.transport.ConnectionSpec;
import porthole.transport.MessageProtection;
import porthole.transport.PhaseHandler;
import porthole.transport.SecurityLayer;
import porthole.transport.StageClock;
import porthole.transport.standard.StandardProtection;

/** Signs in with what was recorded, without any secret: asks for the recorded protocols and repeats the recorded proof. */
final class RecordedLayer implements SecurityLayer, SecurityLayer.Attempt {
    private final RecordedClient client;
    private final Optional<SessionSecrets> secrets;

    RecordedLayer(RecordedClient client, Optional<SessionSecrets> secrets) {
        this.client = client;
        this.secrets = secrets;
    }

    @Override
    public String name() {
        return "recorded";
    }

    @Override
    public SecurityProtocols protocol() {
        return client.requestedProtocols();
    }

    @Override
    public int encryptionMethods() {
        return client.encryptionMethods();
    }

    @Override
    public boolean canUse(ConnectionSpec spec) {
        return true;
    }

    @Override
    public CompletionStage<Attempt> prepare(ConnectionSpec spec, StageClock clock, Executor blocking) {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public MessageProtection protection(Connection connection, ServerSecurityData choice) {
        if (!connection.facts().selectedProtocol().equals(SecurityProtocols.RDP)) {
            return SecurityLayer.Attempt.super.protection(connection, choice);
        }
        // some hosts choose what was not offered, and the recorded client went along
        int offered = client.encryptionMethods() | choice.encryptionMethod();
        return StandardProtection.establish(connection, choice, offered, client.saltedMacs(), octets -> {
            byte[] recorded =
                    secrets.orElseThrow(RecordedLayer::noSecrets).clientRandom().toArray();
            System.arraycopy(recorded, 0, octets, 0, octets.length);
        });
    }

    private static LocalFailure noSecrets() {
        return new LocalFailure(
                "nothing-recorded",
                "the recorded session is encrypted",
                "no client random",
                "the client random of the recorded session",
                "give it with --keys, or replay another recording");
    }

    @Override
    public Optional<PhaseHandler> authentication(Connection connection) {
        SecurityProtocols selected = connection.facts().selectedProtocol();
        if (selected.equals(SecurityProtocols.RDP) || selected.equals(SecurityProtocols.TLS)) {
            return Optional.empty();
        }
        if (selected.equals(SecurityProtocols.RDSAAD)) {
            return Optional.of(new RdsAadAuthentication(
                    connection,
                    nonce -> client.assertion()
                            .map(CompletableFuture::completedFuture)
                            .orElseGet(() -> CompletableFuture.failedFuture(new LocalFailure(
                                    "nothing-recorded",
                                    "the recorded client never sent an assertion",
                                    "no Authentication Request PDU",
                                    "one in the recording",
                                    "replay another recording")))));
        }
        List<RecordedAuthentication.Step> steps = RecordedAuthentication.steps(client);
        boolean hostSpeaks = steps.stream().anyMatch(step -> step.direction() == Direction.SERVER_TO_CLIENT);
        return hostSpeaks ? Optional.of(new RecordedAuthentication(connection, steps)) : Optional.empty();
    }
}
