package porthole.transport.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.protocol.credssp.TsRequest;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.RandomSource;
import porthole.transport.Secret;
import porthole.transport.SessionSink;
import porthole.transport.Target;
import porthole.transport.Trust;
import porthole.transport.nla.NlaSecurityLayer;
import porthole.transport.nla.NlaSettings;

/** FreeRDP's sessions with network level authentication: with its nonces this client sends the same octets. */
class NlaRecordingsTest {
    private static final String SET = "freerdp-nla-shadow/";

    private static RecordedHost host(Recording recording) throws Exception {
        JsonNode facts = recording.json("ntlm.json").orElseThrow().path("ntlm");
        TsRequest first = TsRequest.decode(
                WireReader.of(recording.firstPdu(Direction.C2S, "tsrequest"), "TsRequest", "MS-CSSP 2.2.1"));
        Deque<Bytes> nonces = new ArrayDeque<>(List.of(
                first.clientNonce().orElseThrow(),
                Bytes.hex(facts.path("clientChallenge").asText()),
                Bytes.hex(facts.path("exportedSessionKey").asText())));
        RandomSource random = octets -> {
            if (!nonces.isEmpty()) {
                System.arraycopy(nonces.remove().toArray(), 0, octets, 0, octets.length);
            }
        };
        NlaSettings settings = NlaSettings.of(Clock.systemUTC());
        String hash = recording.runOption("pth").orElse("");
        settings =
                hash.isEmpty() ? settings : settings.withNtHash(Secret.of(hash)).withRestrictedAdmin();
        boolean restricted = recording.runOptions().contains("/restricted-admin");
        NlaSecurityLayer layer = new NlaSecurityLayer(restricted ? settings.withRestrictedAdmin() : settings);
        Credentials who = new Credentials(
                recording.runOption("u").orElseThrow(),
                recording.runOption("d").orElse(""),
                Secret.of(recording.runOption("p").orElse("")));
        ConnectionSpec spec = ConnectionSpec.of(Target.of("rdphost.lab.test", 4001), List.of(layer), new Trust.Ignore())
                .withCredentials(who)
                .withClient(new FreeRdpSettings(recording)
                        .client()
                        .but()
                        .clientName(facts.path("workstation").asText())
                        .build());
        assertThat(layer.canUse(spec)).isTrue();
        return new RecordedHost(
                spec,
                layer,
                layer.prepare(spec, null, Runnable::run).toCompletableFuture().join(),
                new SessionSink() {},
                random,
                key(recording));
    }

    private static Bytes key(Recording recording) throws Exception {
        try (InputStream in = Files.newInputStream(recording.serverCertificate().orElseThrow())) {
            byte[] info = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getPublicKey()
                    .getEncoded();
            return Bytes.of(
                    SubjectPublicKeyInfo.getInstance(info).getPublicKeyData().getBytes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ntlm-ok", "ntlm-domain", "default-packages", "negotiated", "auth-only"})
    void signsInWithTheRecordedOctetsAndReachesTheSession(String name) throws Exception {
        Recording recording = Fixtures.recording(SET + name);
        RecordedHost host = host(recording);
        host.feedThrough(recording, "font-map");
        assertThat(host.failure()).isEmpty();
        assertThat(host.connection().reached().isDone())
                .isEqualTo(!recording.rows(Direction.S2C, "font-map").isEmpty());
        assertThat(hex(host.sent().get(0))).isEqualTo(hex(recording.firstPdu(Direction.C2S, "x224-cr")));
        List<byte[]> requests = recording.pdus(Direction.C2S, "tsrequest");
        assertThat(requests).hasSize(3);
        for (int i = 0; i < requests.size(); i++) {
            assertThat(hex(host.sent().get(1 + i))).as("TSRequest %d", i).isEqualTo(hex(requests.get(i)));
        }
        host.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong-password", "unknown-user"})
    void saysWhyTheHostRefused(String name) throws Exception {
        Recording recording = Fixtures.recording(SET + name);
        RecordedHost host = host(recording);
        recording.pdus(Direction.S2C, "x224-cc").forEach(host::feed);
        recording.pdus(Direction.S2C, "tsrequest").forEach(host::feed);
        List<byte[]> requests = recording.pdus(Direction.C2S, "tsrequest");
        assertThat(host.sent()).hasSize(1 + requests.size());
        for (int i = 0; i < requests.size(); i++) {
            assertThat(hex(host.sent().get(1 + i))).isEqualTo(hex(requests.get(i)));
        }
        RdpFailure failure = (RdpFailure) host.failure().orElseThrow();
        assertThat(failure).isInstanceOf(Refused.class);
        assertThat(failure.stage()).contains(Stage.AUTHENTICATION);
        assertThat(((Refused) failure).code()).isEqualTo(0xC00700EAL);
        assertThat(failure.getMessage()).contains("wrong user or password").doesNotContain("Lab-Passw0rd");
        host.close();
    }

    @Test
    void aHostWithoutHybridSaysWhatItWants() throws Exception {
        Recording recording = Fixtures.recording(SET + "hybrid-ex-refused");
        NlaSecurityLayer layer =
                new NlaSecurityLayer(NlaSettings.of(Clock.systemUTC()).withEarlyAuthorization());
        ConnectionSpec spec = ConnectionSpec.of(Target.of("rdphost.lab.test", 4001), List.of(layer), new Trust.Ignore())
                .withCredentials(new Credentials("alice", "", Secret.of("Lab-Passw0rd")))
                .withClient(new FreeRdpSettings(recording).client());
        RecordedHost host = new RecordedHost(
                spec,
                layer,
                layer.prepare(spec, null, Runnable::run).toCompletableFuture().join(),
                new SessionSink() {},
                octets -> {},
                Bytes.EMPTY);
        assertThat(hex(host.sent().get(0))).isEqualTo(hex(recording.firstPdu(Direction.C2S, "x224-cr")));
        recording.pdus(Direction.S2C, "x224-cc-failure").forEach(host::feed);
        RdpFailure failure = (RdpFailure) host.failure().orElseThrow();
        assertThat(failure.stage()).contains(Stage.CONNECTION_INITIATION);
        assertThat(failure.report().cause()).isEqualTo("negotiation-failure");
        host.close();
    }

    /** FreeRDP sends credentials here all the same: the hash as a password, or the password itself. */
    @ParameterizedTest
    @ValueSource(strings = {"pass-the-hash", "restricted-admin"})
    void provesWithoutHandingOver(String name) throws Exception {
        Recording recording = Fixtures.recording(SET + name);
        RecordedHost host = host(recording);
        host.feedThrough(recording, "font-map");
        assertThat(host.failure()).isEmpty();
        assertThat(host.connection().reached()).isCompleted();
        assertThat(host.sent().get(0)[host.sent().get(0).length - 7])
                .as("RESTRICTED_ADMIN_MODE_REQUIRED")
                .isEqualTo((byte) 1);
        List<byte[]> requests = recording.pdus(Direction.C2S, "tsrequest");
        assertThat(hex(host.sent().get(1))).isEqualTo(hex(requests.get(0)));
        assertThat(hex(host.sent().get(2))).isEqualTo(hex(requests.get(1)));
        assertThat(host.sent().get(3).length).isLessThan(requests.get(2).length);
        String password = Bytes.utf16le(recording
                        .runOption("p")
                        .orElse(recording.runOption("pth").orElse("")))
                .toHex();
        assertThat(password).isNotEmpty();
        assertThat(host.sent()).noneMatch(frame -> hex(frame).contains(password));
        host.close();
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
