package porthole.transport.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.fixtures.ServerMessages;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.WireException;
import porthole.protocol.info.ClientInfoPdu;
import porthole.protocol.info.InfoPacket;
import porthole.protocol.mcs.SendData;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.redirection.ServerRedirectionPacket.Field;
import porthole.protocol.redirection.TargetNetAddresses;
import porthole.protocol.share.ServerRedirectionPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.x224.X224Data;
import porthole.transport.ConnectionObserver;
import porthole.transport.ConnectionSpec;
import porthole.transport.Credentials;
import porthole.transport.Secret;
import porthole.transport.SecurityLayer;
import porthole.transport.SessionEnd;
import porthole.transport.SessionSink;
import porthole.transport.StageClock;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.redirection.Redirection;

/** Recorded redirections, followed as FreeRDP 3.15 followed them, and what no recording has. */
class RedirectionTest {
    private static final Set<String> NOT_COMPARED =
            Set.of("license", "autodetect-response", "transport-response", "client-info");
    private static final ConnectionSpec SPEC = ConnectionSpec.of(
                    Target.of("broker.lab.test", 3391), List.of(new TlsSecurityLayer()), new Trust.Ignore())
            .withCredentials(new Credentials("alice", "LAB", Secret.of("typed")));

    private static RecordedHost host(ConnectionSpec spec) {
        SecurityLayer layer = spec.security().get(0);
        SecurityLayer.Attempt attempt = layer.prepare(
                        spec, new StageClock(ConnectionObserver.NONE, System::nanoTime), Runnable::run)
                .toCompletableFuture()
                .join();
        return new RecordedHost(spec, layer, attempt, new SessionSink() {});
    }

    private static ServerRedirectionPacket redirected(ConnectionSpec spec, Recording recording) {
        RecordedHost host = host(spec);
        host.feedThrough(recording, "server-redirection");
        SessionEnd end = host.connection().ended().join();
        assertThat(end.kind()).isEqualTo(SessionEnd.Kind.REDIRECTED);
        assertThat(end.failure()).isEmpty();
        host.close();
        return end.redirection().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"redirect-token", "redirect-password", "redirect-rdstls-1024"})
    void theSecondConnectionIsTheRecordedOne(String name) {
        Recording first = Fixtures.recording("freerdp-rdstls/" + name + "/conn-00");
        Recording second = Fixtures.recording("freerdp-rdstls/" + name + "/conn-01");
        FreeRdpSettings settings = new FreeRdpSettings(first);
        ConnectionSpec spec = SPEC.withCredentials(new Credentials("alice", "LAB", Secret.of("Lab-Passw0rd")))
                .withClient(settings.client());
        ConnectionSpec next = Redirection.follow(spec, redirected(spec, first));

        boolean rdstls = name.contains("rdstls");
        assertThat(next.security().get(0).name()).isEqualTo(rdstls ? "rdstls" : "tls");
        assertThat(next.trust()).isInstanceOf(rdstls ? Trust.Pin.class : Trust.Ignore.class);
        assertThat(next.target().host()).isEqualTo(name.contains("token") ? "broker.lab.test" : "127.0.0.1");
        assertThat(next.target().tlsName())
                .isEqualTo(rdstls ? "rdphost.lab.test" : next.target().host());
        assertThat(next.target().port()).isEqualTo(3391);

        RecordedHost host = host(next);
        host.feedThrough(second, "font-map");
        assertThat(host.failure()).isEmpty();
        assertThat(host.connection().reached()).isCompleted();
        List<byte[]> sent = new ArrayList<>(host.sent());
        host.close();
        int compared = 0;
        for (Row row : second.rows()) {
            if (row.dir() != Direction.C2S) {
                continue;
            }
            byte[] ours = sent.remove(0);
            if (row.kind().equals("client-info") && rdstls) {
                InfoPacket info = info(ours);
                assertThat(info.password()).as("the password was RDSTLS's").isEmpty();
                assertThat(info.flags() & InfoPacket.INFO_AUTOLOGON).isNotZero();
                assertThat(info.userName()).isEqualTo("alice");
                assertThat(info.domain()).isEqualTo("LAB");
            } else if (row.kind().equals("client-info") && name.contains("password")) {
                // FreeRDP counts the terminator of a redirection's password, which cbPassword leaves out
                InfoPacket theirs = info(second.pdu(row));
                assertThat(info(ours)).isEqualTo(withPassword(theirs, "Lab-Passw0rd"));
                assertThat(theirs.password()).isEqualTo("Lab-Passw0rd\0");
            } else if (row.kind().equals("client-info") || !NOT_COMPARED.contains(row.kind())) {
                assertThat(ByteBufUtil.hexDump(ours)).as(row.kind()).isEqualTo(ByteBufUtil.hexDump(second.pdu(row)));
                compared++;
            }
            if (row.kind().equals("font-list")) {
                break;
            }
        }
        assertThat(sent).isEmpty();
        assertThat(compared).isGreaterThanOrEqualTo(9);
    }

    private static InfoPacket withPassword(InfoPacket info, String password) {
        return new InfoPacket(
                info.codePage(),
                info.flags(),
                info.domain(),
                info.userName(),
                password,
                info.alternateShell(),
                info.workingDir(),
                info.extraInfo());
    }

    private static InfoPacket info(byte[] frame) {
        return ClientInfoPdu.decode(SendData.read(X224Data.unwrap(Unpooled.wrappedBuffer(frame), null))
                        .userData())
                .infoPacket();
    }

    private static ServerRedirectionPacket packet(long sessionId, int flags, Map<Field, Bytes> fields) {
        return ServerRedirectionPacket.of(sessionId, flags, fields);
    }

    private static Bytes text(String text) {
        return Bytes.utf16le(text + '\0');
    }

    @Test
    void theSessionIdGoesIntoTheClusterData() {
        ConnectionSpec next = Redirection.follow(SPEC, packet(0xFFFFFFFEL, 0, Map.of()));
        assertThat(next.client().redirectedSessionId()).isEqualTo(OptionalLong.of(0xFFFFFFFEL));
        assertThat(next.target()).isEqualTo(SPEC.target());
        assertThat(next.credentials().password().reveal()).isEqualTo("typed");
        RecordedHost host = host(next);
        host.feed(ServerMessages.confirm(1));
        String initial = ByteBufUtil.hexDump(host.sent().get(1));
        assertThat(initial).contains("04c00c00" + "0f000000" + "feffffff");
        host.close();
    }

    @Test
    void withoutAnAddressTheNameIsTheHost() {
        ConnectionSpec named = Redirection.follow(
                SPEC,
                packet(0, 0, Map.of(Field.TARGET_FQDN, text("a.lab.test"), Field.TARGET_NETBIOS_NAME, text("A"))));
        assertThat(named.target()).isEqualTo(Target.of("a.lab.test", 3391));
        ConnectionSpec short_ = Redirection.follow(SPEC, packet(0, 0, Map.of(Field.TARGET_NETBIOS_NAME, text("A"))));
        assertThat(short_.target()).isEqualTo(Target.of("A", 3391));
        Bytes addresses =
                Bytes.of(new TargetNetAddresses(List.of(text("::1"), text("10.0.0.1")), Bytes.EMPTY).toByteArray());
        ConnectionSpec listed = Redirection.follow(
                SPEC,
                packet(0, 0, Map.of(Field.TARGET_NET_ADDRESSES, addresses, Field.TARGET_FQDN, text("b.lab.test"))));
        assertThat(listed.target()).isEqualTo(new Target("::1", 3391, "b.lab.test", "b.lab.test"));
    }

    @Test
    void octetsOfARoutingTokenStayAsTheyAre() {
        ConnectionSpec next =
                Redirection.follow(SPEC, packet(0, 0, Map.of(Field.LOAD_BALANCE_INFO, Bytes.hex("7473763a2f2fe4ff"))));
        RecordedHost host = host(next);
        assertThat(ByteBufUtil.hexDump(host.sent().get(0))).contains("7473763a2f2fe4ff" + "0d0a" + "01000800");
        host.close();
    }

    @Test
    void whatCannotBeFollowedIsRefused() {
        assertThatThrownBy(() ->
                        Redirection.follow(SPEC, packet(0, 0, Map.of(Field.TARGET_NET_ADDRESS, text("a b\r\nc")))))
                .isInstanceOfSatisfying(
                        LocalFailure.class, e -> assertThat(e.causeName()).isEqualTo("redirection-target"));
        assertThatThrownBy(() ->
                        Redirection.follow(SPEC, packet(0, 0, Map.of(Field.TARGET_CERTIFICATE, Bytes.utf16le("AAA")))))
                .isInstanceOf(WireException.class);
        assertThatThrownBy(() -> Redirection.follow(SPEC, packet(0, 0, Map.of(Field.TARGET_CERTIFICATE, text("")))))
                .isInstanceOfSatisfying(
                        LocalFailure.class, e -> assertThat(e.causeName()).isEqualTo("redirection-certificate"));
        assertThatThrownBy(() -> Redirection.follow(
                        SPEC, packet(0, 0, Map.of(Field.TARGET_NET_ADDRESSES, Bytes.hex("ffffffff")))))
                .isInstanceOf(WireException.class);
    }

    @Test
    void anEncryptedPasswordNeverReachesTheClientInfo() {
        ConnectionSpec next = Redirection.follow(
                SPEC,
                packet(
                        0,
                        ServerRedirectionPacket.LB_PASSWORD_IS_PK_ENCRYPTED,
                        Map.of(Field.PASSWORD, text("blob"), Field.USER_NAME, text("bob"))));
        assertThat(next.credentials().user()).isEqualTo("bob");
        assertThat(next.credentials().password().isEmpty()).isTrue();
        assertThat(next.security()).hasSize(1);
        assertThat(next.security().get(0).name()).isEqualTo("rdstls");
    }

    @Test
    void informationForThePresentHostDoesNotEndTheSession() {
        Recording first = Fixtures.recording("freerdp-rdstls/redirect-token/conn-00");
        ConnectionSpec spec = SPEC.withClient(new FreeRdpSettings(first).client());
        RecordedHost host = host(spec);
        host.feedThrough(first, "font-map");
        ServerRedirectionPdu stay =
                ServerRedirectionPdu.of(1002, packet(0, ServerRedirectionPacket.LB_NOREDIRECT, Map.of()));
        host.feed(indication(host, stay.toByteArray()));
        assertThat(host.connection().isOver()).isFalse();
        ServerRedirectionPdu go = ServerRedirectionPdu.of(1002, packet(0, 0, Map.of()));
        host.feed(indication(host, go.toByteArray()));
        assertThat(host.connection().ended().join().kind()).isEqualTo(SessionEnd.Kind.REDIRECTED);
        host.close();
    }

    private static byte[] indication(RecordedHost host, byte[] share) {
        return ServerMessages.sendData(host.connection().facts().ioChannelId(), share);
    }
}
