package porthole.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.WireException;

class SocksConnectTest {
    private static final String PORT_3389 = "0d3d";
    private static final String HOST_TEST = "686f73742e74657374";

    private final ProxyConnections connections = new ProxyConnections();
    private final List<String> said = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        connections.close();
    }

    private static String url(ScriptedProxy proxy) {
        return "socks5://127.0.0.1:" + proxy.port();
    }

    private static String signedIn(ScriptedProxy proxy) {
        return "socks5://user:geheim@127.0.0.1:" + proxy.port();
    }

    private void listen(ScriptedProxy.Peer peer, int octets) throws IOException {
        said.add(peer.octets(octets));
    }

    @ParameterizedTest
    @CsvSource({
        "host.test, 0309" + HOST_TEST,
        "192.0.2.7, 01c0000207",
        "2001:db8::7, 0420010db8000000000000000000000007",
        "fe80::1%eth0, 04fe800000000000000000000000000001"
    })
    void theProxyGetsNameOrAddressAndOpensTheWay(String host, String address) throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer, 3);
            peer.sayHex("0500");
            listen(peer, 3 + address.length() / 2 + 2);
            peer.sayHex("05000001" + "7f000001" + "1234").echo();
        })) {
            var opened = connections.open(url(proxy), host);
            assertThat(said).containsExactly("050100", "050100" + address + PORT_3389);
            assertThat(opened.evidence()).containsEntry("proxy", url(proxy));
            assertThat(ProxyConnections.echoed(opened.channel(), "through")).isEqualTo("through");
        }
    }

    @Test
    void userAndPasswordGoWhereTheyAreWanted() throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer, 4);
            peer.sayHex("0502");
            listen(peer, 13);
            peer.sayHex("0100");
            listen(peer, 16);
            peer.sayHex("05000003" + "02" + "6161" + "0000").echo();
        })) {
            var opened = connections.open(signedIn(proxy), "host.test");
            assertThat(said.get(0)).isEqualTo("05020002");
            assertThat(said.get(1)).isEqualTo("01" + "04" + "75736572" + "06" + "67656865696d");
            assertThat(ProxyConnections.echoed(opened.channel(), "through")).isEqualTo("through");
        }
    }

    @Test
    void aProxyThatNeedsNoPasswordGetsNone() throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer, 4);
            peer.sayHex("0500");
            listen(peer, 16);
            peer.sayHex("05000004" + "00".repeat(18)).echo();
        })) {
            connections.open(signedIn(proxy), "host.test").channel().close();
            assertThat(said.get(1)).startsWith("050100");
        }
    }

    @Test
    void answersMayComeOctetByOctet() throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer, 4);
            peer.sayHex("05");
            peer.sayHex("02");
            listen(peer, 13);
            peer.sayHex("01");
            peer.sayHex("00");
            listen(peer, 16);
            for (int i = 0; i < 10; i++) {
                peer.sayHex(i == 0 ? "05" : i == 3 ? "01" : "00");
            }
            peer.echo();
        })) {
            var opened = connections.open(signedIn(proxy), "host.test");
            assertThat(ProxyConnections.echoed(opened.channel(), "through")).isEqualTo("through");
        }
    }

    @Test
    void aWrongPasswordIsTheProxysRefusal() throws IOException {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer, 4);
            peer.sayHex("0502");
            listen(peer, 13);
            peer.sayHex("0101").waitForTheEnd();
        })) {
            RdpFailure failure = connections.refused(signedIn(proxy), "host.test");
            assertThat(failure.report().cause()).isEqualTo("proxy-authentication");
            assertThat(failure.getMessage()).contains("did not accept user and password");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"05ff", "0502", "0501"})
    void aProxyThatWantsMoreThanWeHaveSaysSo(String answer) throws IOException {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer, 3);
            peer.sayHex(answer).waitForTheEnd();
        })) {
            RdpFailure failure = connections.refused(url(proxy), "host.test");
            assertThat(failure.report().cause()).isEqualTo("proxy-authentication");
            assertThat(failure.report().remedy()).contains("--proxy-user");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, general SOCKS server failure",
        "2, connection not allowed by ruleset",
        "3, Network unreachable",
        "4, Host unreachable",
        "5, Connection refused",
        "6, TTL expired",
        "7, Command not supported",
        "8, Address type not supported",
        "9, unassigned",
        "255, unassigned"
    })
    void aRefusalHasTheProxysCodeAndARemedy(int code, String name) throws IOException {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer, 3);
            peer.sayHex("0500");
            listen(peer, 16);
            peer.sayHex("05" + String.format("%02x", code)).waitForTheEnd();
        })) {
            assertThat(connections.refused(url(proxy), "host.test")).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.code()).isEqualTo(code);
                assertThat(refused.codeName()).isEqualTo(name);
                assertThat(refused.report().remedy()).isNotEmpty();
                assertThat(refused.report().summary()).contains("host.test:3389");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"04", "48", "00", "16030100"})
    void anotherVersionIsRefusedAtItsFirstOctet(String answer) throws IOException {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer, 3);
            peer.sayHex(answer).waitForTheEnd();
        })) {
            assertThat(connections.refused(url(proxy), "host.test"))
                    .isInstanceOfSatisfying(
                            WireException.class,
                            wire -> assertThat(wire.field()).isEqualTo("version"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0500000200", "05000000ff", "050000ff00"})
    void anUnknownKindOfAddressIsRefused(String answer) throws IOException {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer, 3);
            peer.sayHex("0500");
            listen(peer, 16);
            peer.sayHex(answer).waitForTheEnd();
        })) {
            assertThat(connections.refused(url(proxy), "host.test"))
                    .isInstanceOfSatisfying(
                            WireException.class,
                            wire -> assertThat(wire.field()).isEqualTo("addressType"));
        }
    }

    @Test
    void octetsBehindTheAnswerAreNotTakenForTheHosts() throws IOException {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer, 3);
            peer.sayHex("0500");
            listen(peer, 16);
            peer.sayHex("05000001" + "7f000001" + "1234" + "03").waitForTheEnd();
        })) {
            assertThat(connections.refused(url(proxy), "host.test").report().seen())
                    .contains("1 octets behind");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "05", "0500"})
    void aProxyThatHangsUpIsNamed(String before) throws IOException {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer, 3);
            peer.sayHex(before);
            if (before.length() == 4) {
                listen(peer, 16);
                peer.sayHex("0500");
            }
        })) {
            RdpFailure failure = connections.refused(url(proxy), "host.test");
            assertThat(failure.report().cause()).isEqualTo("early-close");
            assertThat(failure.getMessage()).contains("the proxy socks5://127.0.0.1:");
        }
    }

    @Test
    void aSilentProxyHasADeadline() throws IOException {
        connections.patience(Duration.ofMillis(50));
        try (ScriptedProxy proxy = new ScriptedProxy(ScriptedProxy.Peer::waitForTheEnd)) {
            assertThat(connections.refused(url(proxy), "host.test"))
                    .isInstanceOfSatisfying(
                            LocalFailure.class,
                            failure -> assertThat(failure.causeName()).isEqualTo("deadline"));
        }
    }
}
