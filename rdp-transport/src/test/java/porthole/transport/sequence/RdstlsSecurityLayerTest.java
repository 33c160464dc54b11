package porthole.transport.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.fixtures.ServerMessages;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.info.ArcScPrivatePacket;
import porthole.protocol.rdstls.RdstlsAuthenticationRequest;
import porthole.protocol.rdstls.RdstlsAuthenticationResponse;
import porthole.protocol.rdstls.RdstlsCapabilitiesPdu;
import porthole.protocol.rdstls.RdstlsResult;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionObserver;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.SecurityLayer;
import porthole.transport.SessionSink;
import porthole.transport.StageClock;
import porthole.transport.Target;
import porthole.transport.Trust;
import porthole.transport.rdstls.RdstlsSecurityLayer;

class RdstlsSecurityLayerTest {
    private static final Executor AT_ONCE = Runnable::run;
    private static final Set<String> NOT_COMPARED = Set.of("license", "autodetect-response", "transport-response");
    private static final int RDSTLS = 4;
    private static final int TLS = 1;

    private static RdstlsAuthenticationRequest.Password recordedRequest(Recording recording) {
        byte[] octets = recording.firstPdu(Direction.C2S, "rdstls-auth-request");
        return (RdstlsAuthenticationRequest.Password) RdstlsAuthenticationRequest.decode(
                WireReader.of(Unpooled.wrappedBuffer(octets), "RdstlsAuthenticationRequest", "MS-RDPBCGR 2.2.17.2"));
    }

    private static RdstlsSecurityLayer layer(RdstlsAuthenticationRequest.Password request) {
        return RdstlsSecurityLayer.redirected(
                request.redirectionGuid(), request.userNameText(), request.domainText(), request.password());
    }

    private static RecordedHost host(SecurityLayer layer, Credentials credentials, ClientSettings client) {
        ConnectionSpec spec = ConnectionSpec.of(Target.of("rdphost.lab.test", 3391), List.of(layer), new Trust.Ignore())
                .withCredentials(credentials)
                .withClient(client);
        SecurityLayer.Attempt attempt = layer.prepare(
                        spec, new StageClock(ConnectionObserver.NONE, System::nanoTime), AT_ONCE)
                .toCompletableFuture()
                .join();
        return new RecordedHost(spec, layer, attempt, new SessionSink() {});
    }

    private static RecordedHost plainHost(SecurityLayer layer) {
        return host(layer, Credentials.NONE, ClientSettings.DEFAULT);
    }

    /** FreeRDP repeats the encrypted password in the Client Info PDU; given the same there, we send the same octets. */
    @Test
    void sendsTheRecordedConnectionSequence() {
        Recording recording = Fixtures.recording("freerdp-rdstls/redirect-rdstls-1024/conn-01");
        FreeRdpSettings settings = new FreeRdpSettings(recording);
        RdstlsAuthenticationRequest.Password request = recordedRequest(recording);
        String repeated = request.password().toUtf16le(); // with its terminator
        RecordedHost host =
                host(layer(request), new Credentials("alice", "LAB", Secret.of(repeated)), settings.client());
        host.feedThrough(recording, "font-map");
        assertThat(host.failure()).isEmpty();

        List<byte[]> sent = new ArrayList<>(host.sent());
        host.close();
        int compared = 0;
        for (Row row : recording.rows()) {
            if (row.dir() != Direction.C2S) {
                continue;
            }
            byte[] ours = sent.remove(0);
            if (!NOT_COMPARED.contains(row.kind())) {
                assertThat(ByteBufUtil.hexDump(ours)).as(row.kind()).isEqualTo(ByteBufUtil.hexDump(recording.pdu(row)));
                compared++;
            }
            if (row.kind().equals("font-list")) {
                break;
            }
        }
        assertThat(sent).isEmpty();
        assertThat(compared).isGreaterThanOrEqualTo(10);
        assertThat(host.connection().reached()).isCompleted();
    }

    @Test
    void theClientInfoLogsOnWithoutASecondPassword() {
        Recording recording = Fixtures.recording("freerdp-rdstls/redirect-rdstls/conn-01");
        RecordedHost host = host(
                layer(recordedRequest(recording)),
                new Credentials("alice", "LAB", Secret.NONE),
                new FreeRdpSettings(recording).client());
        host.feedThrough(recording, "mcs-connect-response");
        assertThat(host.failure()).isEmpty();
        host.feed(recording.firstPdu(Direction.S2C, "mcs-attach-user-confirm"));
        byte[] request = host.sent().get(1);
        assertThat(request).isEqualTo(recording.firstPdu(Direction.C2S, "rdstls-auth-request"));
        byte[] info = host.sent().get(host.sent().size() - 1);
        // TPKT, X.224, MCS with one octet of length, security header, code page: then the flags
        int flagsAt = (info[13] & 0x80) == 0 ? 14 + 4 + 4 : 15 + 4 + 4;
        assertThat(info[flagsAt] & 0x08).as("INFO_AUTOLOGON").isEqualTo(0x08);
        assertThat(info.length).isLessThan(request.length);
        host.close();
    }

    @Test
    void theRecordedRefusalIsExplained() {
        Recording recording = Fixtures.recording("freerdp-rdstls/redirect-rdstls-rejected/conn-01");
        RdstlsAuthenticationRequest.Password request = recordedRequest(recording);
        RecordedHost host = plainHost(layer(request));
        host.feedThrough(recording, "rdstls-auth-response");
        FailureReport report = report(host);
        assertThat(report.kind()).isEqualTo("refused");
        assertThat(report.stage()).isEqualTo("authentication");
        assertThat(report.cause()).isEqualTo("rdstls-result");
        assertThat(report.seen()).contains("RDSTLS_RESULT_ACCESS_DENIED (0x00000005)");
        assertThat(report.toString())
                .doesNotContain(request.password().toUtf16le().substring(0, 20));
        assertThat(host.sent()).hasSize(2);
        host.close();
    }

    @Test
    void aHostThatTakesTheSessionWithoutTheCredentialsIsRefused() {
        RecordedHost host = plainHost(RdstlsSecurityLayer.redirected(Bytes.EMPTY, "alice", "LAB", Bytes.hex("01")));
        host.feed(ServerMessages.confirm(TLS));
        assertThat(report(host).cause()).isEqualTo("selected-protocol");
        assertThat(host.sent()).hasSize(1);
        host.close();
    }

    @Test
    void whatWasNotOfferedIsNotAccepted() {
        for (int selected : new int[] {0, 2, 5, 8, 16}) {
            RecordedHost host = plainHost(RdstlsSecurityLayer.federated("token"));
            host.feed(ServerMessages.confirm(selected));
            assertThat(report(host).stage()).isEqualTo("connection-initiation");
            host.close();
        }
    }

    @Test
    void tokensAreForHostsOfTheSecondVersion() {
        RecordedHost old = plainHost(RdstlsSecurityLayer.federated("VMID=1&token"));
        old.feed(ServerMessages.confirm(RDSTLS));
        old.feed(RdstlsCapabilitiesPdu.of(1).toByteArray());
        assertThat(report(old).cause()).isEqualTo("rdstls-version");
        assertThat(old.sent()).hasSize(1);
        old.close();

        RecordedHost cloud = plainHost(RdstlsSecurityLayer.federated("VMID=1&token"));
        cloud.feed(ServerMessages.confirm(RDSTLS));
        cloud.feed(RdstlsCapabilitiesPdu.of(3).toByteArray());
        assertThat(cloud.sent().get(1))
                .isEqualTo(RdstlsAuthenticationRequest.FedAuthToken.of("VMID=1&token")
                        .toByteArray());
        cloud.feed(RdstlsAuthenticationResponse.of(RdstlsResult.SUCCESS).toByteArray());
        assertThat(cloud.failure()).isEmpty();
        assertThat(cloud.sent()).hasSize(3);
        cloud.close();
    }

    @Test
    void aCookieReconnects() {
        ArcScPrivatePacket cookie = new ArcScPrivatePacket(1, 7, Bytes.hex("000102030405060708090a0b0c0d0e0f"));
        RecordedHost host = plainHost(RdstlsSecurityLayer.reconnecting(cookie));
        host.feed(ServerMessages.confirm(RDSTLS));
        host.feed(RdstlsCapabilitiesPdu.of(1).toByteArray());
        assertThat(Bytes.of(host.sent().get(1)).toHex())
                .isEqualTo("010002000200" + "07000000" + "1c00" + "1c000000" + "01000000" + "07000000"
                        + "000102030405060708090a0b0c0d0e0f");
        host.feed(RdstlsAuthenticationResponse.of(RdstlsResult.LOGON_FAILURE).toByteArray());
        assertThat(report(host).seen()).contains("0x0000052E");
        host.close();
    }

    @Test
    void aVerdictBeforeTheRequestIsAnError() {
        RecordedHost host = plainHost(RdstlsSecurityLayer.federated("token"));
        host.feed(ServerMessages.confirm(RDSTLS));
        host.feed(RdstlsAuthenticationResponse.of(RdstlsResult.SUCCESS).toByteArray());
        FailureReport report = report(host);
        assertThat(report.kind()).isEqualTo("wire");
        assertThat(report.stage()).isEqualTo("authentication");
        host.close();
    }

    private static FailureReport report(RecordedHost host) {
        return ((RdpFailure) host.failure().orElseThrow()).report();
    }
}
