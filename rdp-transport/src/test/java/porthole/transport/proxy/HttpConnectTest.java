package porthole.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.ntlm.AuthenticateMessage;
import porthole.protocol.ntlm.AvPair;
import porthole.protocol.ntlm.AvPairs;
import porthole.protocol.ntlm.ChallengeMessage;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.ntlm.NtlmFlags;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.route.TcpConnector;

class HttpConnectTest {
    private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";
    private static final String ASKS_BASIC =
            "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate, Basic realm=\"x\"\r\n";

    private final ProxyConnections connections = new ProxyConnections();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        connections.close();
    }

    private void listen(ScriptedProxy.Peer peer) throws IOException {
        heads.add(peer.head());
    }

    private static String url(ScriptedProxy proxy) {
        return "http://127.0.0.1:" + proxy.port();
    }

    private static String signedIn(ScriptedProxy proxy) {
        return "http://CORP%5Cuser:geheim@127.0.0.1:" + proxy.port();
    }

    @Test
    void theWayIsOpenAfterOneRequest() throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer);
            peer.say(ESTABLISHED).echo();
        })) {
            TcpConnector.Opened opened = connections.open(url(proxy), "host.test");

            assertThat(heads.get(0))
                    .startsWith("CONNECT host.test:3389 HTTP/1.1\r\n")
                    .containsIgnoringCase("Host: host.test:3389")
                    .doesNotContainIgnoringCase("authorization");
            assertThat(opened.evidence())
                    .containsAllEntriesOf(Map.of("proxy", url(proxy), "proxyAuthentication", "none"));
            assertThat(ProxyConnections.echoed(opened.channel(), "through")).isEqualTo("through");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::7, [2001:db8::7]:3389",
        "fe80::1%eth0, [fe80::1]:3389",
        "192.0.2.7, 192.0.2.7:3389",
        "bücher.example, xn--bcher-kva.example:3389"
    })
    void theProxyIsToldTheHostAsItIs(String host, String told) throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer);
            peer.say("HTTP/1.0 200 OK\r\n\r\n").echo();
        })) {
            connections.open(url(proxy), host).channel().close();
            assertThat(heads.get(0)).startsWith("CONNECT " + told + " HTTP/1.1\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a b", "a/b", "", "a@b"})
    void aNameThatWouldBreakOutOfTheRequestIsNotSent(String host) throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(this::listen)) {
            RdpFailure failure = connections.refused(url(proxy), host);
            assertThat(failure.report().cause()).isEqualTo("proxy-target");
        }
        assertThat(heads).isEmpty();
    }

    @Test
    void basicFollowsTheChallengeOnTheSameConnection() throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer);
            peer.say("HTTP/1.1 100 Continue\r\n\r\n");
            peer.say(ASKS_BASIC + "Content-Length: 5\r\n\r\nno...");
            listen(peer);
            peer.say(ESTABLISHED).echo();
        })) {
            TcpConnector.Opened opened = connections.open(signedIn(proxy), "host.test");

            assertThat(heads.get(0)).doesNotContainIgnoringCase("authorization");
            String token = Base64.getEncoder().encodeToString("CORP\\user:geheim".getBytes());
            assertThat(heads.get(1)).containsIgnoringCase("proxy-authorization: Basic " + token);
            assertThat(opened.evidence()).containsEntry("proxyAuthentication", "basic");
            assertThat(opened.evidence().toString()).doesNotContain("geheim");
            assertThat(ProxyConnections.echoed(opened.channel(), "through")).isEqualTo("through");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.0 407 No\r\nProxy-Authenticate: basic\r\n\r\n<html>",
                "HTTP/1.1 407 No\r\nConnection: close\r\n"
                        + "Content-Length: 0\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n"
            })
    void basicFollowsTheChallengeOnAnotherConnection(String challenge) throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(
                peer -> {
                    listen(peer);
                    peer.say(challenge);
                },
                peer -> {
                    listen(peer);
                    peer.say(ESTABLISHED).echo();
                })) {
            TcpConnector.Opened opened = connections.open(signedIn(proxy), "host.test");
            assertThat(heads.get(1)).containsIgnoringCase("proxy-authorization: Basic ");
            assertThat(ProxyConnections.echoed(opened.channel(), "through")).isEqualTo("through");
        }
    }

    @Test
    void aWrongPasswordIsTheProxysRefusal() throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer);
            peer.say(ASKS_BASIC + "Content-Length: 0\r\n\r\n");
            listen(peer);
            peer.say(ASKS_BASIC + "Content-Length: 0\r\n\r\n");
        })) {
            RdpFailure failure = connections.refused(signedIn(proxy), "host.test");
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            Refused.class, refused -> assertThat(refused.code()).isEqualTo(407));
            assertThat(failure.report().cause()).isEqualTo("proxy-authentication");
            assertThat(failure.getMessage())
                    .contains("proxy " + url(proxy))
                    .contains("did not accept user and password");
        }
    }

    @Test
    void someProxiesSayUnauthorized() throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer);
            peer.say(ASKS_BASIC + "Content-Length: 0\r\n\r\n");
            listen(peer);
            peer.say("HTTP/1.0 401 Unauthorized\r\n\r\n");
        })) {
            RdpFailure failure = connections.refused(signedIn(proxy), "host.test");
            assertThat(failure.report().cause()).isEqualTo("proxy-authentication");
            assertThat(failure.report().details()).containsEntry("code", 401L);
        }
    }

    @Test
    void aProxyThatAsksANamelessUserSaysWhatToGive() throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer);
            peer.say(ASKS_BASIC + "Content-Length: 0\r\n\r\n");
        })) {
            RdpFailure failure = connections.refused(url(proxy), "host.test");
            assertThat(failure.report().remedy()).contains("--proxy-user");
        }
    }

    @Test
    void aProxyWithoutACommonSchemeIsNamed() throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer);
            peer.say("HTTP/1.1 407 No\r\nProxy-Authenticate: Digest realm=\"basic\"\r\nContent-Length: 0\r\n\r\n");
        })) {
            assertThat(connections.refused(signedIn(proxy), "host.test").getMessage())
                    .contains("no way to sign in");
        }
    }

    @Test
    void ntlmIsPreferredAndProvesThePassword() throws Exception {
        Bytes serverChallenge = Bytes.hex("0123456789abcdef");
        AvPairs target =
                new AvPairs(List.of(new AvPair(AvPair.MSV_AV_NB_DOMAIN_NAME, Bytes.utf16le("CORP"))), Bytes.EMPTY);
        ChallengeMessage challenge = new ChallengeMessage(
                Bytes.utf16le("CORP"),
                NtlmFlags.CLIENT & ~NtlmFlags.OEM | NtlmFlags.TARGET_INFO,
                serverChallenge,
                Bytes.of(new byte[8]),
                Optional.of(target),
                Optional.empty(),
                Bytes.EMPTY);
        String asks =
                "HTTP/1.1 407 No\r\nContent-Length: 0\r\nProxy-Authenticate: Basic realm=\"x\"\r\nProxy-Authenticate: NTLM";
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer);
            peer.say(asks + "\r\n\r\n");
            listen(peer);
            peer.say(asks + " " + Base64.getEncoder().encodeToString(challenge.toByteArray()) + "\r\n\r\n");
            listen(peer);
            peer.say(ESTABLISHED).echo();
        })) {
            TcpConnector.Opened opened = connections.open(signedIn(proxy), "host.test");

            assertThat(opened.evidence()).containsEntry("proxyAuthentication", "ntlm");
            assertThat(token(heads.get(1)).slice(0, 8)).isEqualTo(Bytes.ascii("NTLMSSP\0"));
            AuthenticateMessage proof = AuthenticateMessage.decode(
                    WireReader.of(token(heads.get(2)), "AuthenticateMessage", "MS-NLMP 2.2.1.3"));
            assertThat(proof.userName().toUtf16le()).isEqualTo("user");
            assertThat(proof.domainName().toUtf16le()).isEqualTo("CORP");
            Bytes response = proof.ntChallengeResponse();
            Bytes key = Ntlm.ntowfV2(Ntlm.ntHash("geheim"), "user", "CORP");
            assertThat(response.slice(0, 16))
                    .isEqualTo(Ntlm.ntProofStr(key, serverChallenge, response.slice(16, response.size() - 16)));
            opened.channel().close();
        }
    }

    private static Bytes token(String head) {
        String value = head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization: ntlm "))
                .findFirst()
                .orElseThrow();
        return Bytes.of(Base64.getDecoder().decode(value.substring("proxy-authorization: ntlm ".length())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " !!!", " AAAA", " TlRMTVNTUAACAAAA"})
    void anUnreadableNtlmChallengeEndsIt(String challenge) throws Exception {
        String asks = "HTTP/1.1 407 No\r\nContent-Length: 0\r\nProxy-Authenticate: NTLM";
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer);
            peer.say(asks + "\r\n\r\n");
            listen(peer);
            peer.say(asks + challenge + "\r\n\r\n").waitForTheEnd();
        })) {
            connections.refused(signedIn(proxy), "host.test");
        }
        assertThat(heads).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "403 Forbidden, does not allow, port 443",
        "405 Method Not Allowed, does not allow, port 443",
        "502 Bad Gateway, could not reach, resolve the name",
        "504 Gateway Timeout, could not reach, resolve the name",
        "302 Found, status 302, log",
        "204 No Content, status 204, log",
        "599 , status 599, log"
    })
    void aRefusalHasTheProxysStatusAndARemedy(String status, String meaning, String remedy) throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer);
            peer.say("HTTP/1.1 " + status + "\r\nContent-Length: 3\r\n\r\nno!").waitForTheEnd();
        })) {
            RdpFailure failure = connections.refused(url(proxy), "host.test");
            assertThat(failure.report().cause()).isEqualTo("proxy-refused");
            assertThat(failure.report().summary()).contains(meaning);
            assertThat(failure.report().remedy()).contains(remedy);
            assertThat(failure.report().details()).containsEntry("code", Long.parseLong(status.substring(0, 3)));
        }
    }

    private LocalFailure bad(ScriptedProxy.Script script) throws IOException {
        try (ScriptedProxy proxy = new ScriptedProxy(peer -> {
            listen(peer);
            script.run(peer);
        })) {
            RdpFailure failure = connections.refused(signedIn(proxy), "host.test");
            assertThat(failure).isInstanceOf(LocalFailure.class);
            return (LocalFailure) failure;
        }
    }

    @Test
    void endlessHeadersAreCutShort() throws IOException {
        LocalFailure failure = bad(peer -> {
            peer.say("HTTP/1.1 200 OK\r\n");
            for (; ; ) {
                peer.say("X-More: " + "a".repeat(1000) + "\r\n");
            }
        });
        assertThat(failure.causeName()).isEqualTo("proxy-answer");
        assertThat(failure.report().expected()).contains("headers of at most");
    }

    @Test
    void anEndlessStatusLineIsCutShort() throws IOException {
        assertThat(bad(peer -> {
                            for (; ; ) {
                                peer.say("HTTP/1.1 200 " + "a".repeat(5000));
                            }
                        })
                        .causeName())
                .isEqualTo("proxy-answer");
    }

    @Test
    void anEndlessExplanationIsCutShort() throws IOException {
        LocalFailure failure = bad(peer -> {
            peer.say(ASKS_BASIC + "Transfer-Encoding: chunked\r\n\r\n");
            for (; ; ) {
                peer.say("1000\r\n" + "a".repeat(0x1000) + "\r\n");
            }
        });
        assertThat(failure.report().seen()).contains("octets of text");
    }

    @Test
    void endlessInterimResponsesAreCutShort() throws IOException {
        LocalFailure failure = bad(peer -> {
            for (; ; ) {
                peer.say("HTTP/1.1 103 Early Hints\r\n\r\n");
            }
        });
        assertThat(failure.report().seen()).contains("9 responses");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n\r\n", "\0\0\0\0\r\n\r\n", "HTTP/1.1 two OK\r\n\r\n", "\5\377\r\n"})
    void whatIsNoHttpProxyIsNamedSo(String greeting) throws IOException {
        LocalFailure failure = bad(peer -> peer.say(greeting).waitForTheEnd());
        assertThat(failure.causeName()).isEqualTo("proxy-answer");
        assertThat(failure.report().remedy()).contains("socks5://");
    }

    @Test
    void octetsBehindTheAnswerAreNotTakenForTheHosts() throws IOException {
        LocalFailure failure = bad(peer -> peer.say(ESTABLISHED + "\3\0\0\13").waitForTheEnd());
        assertThat(failure.report().seen()).contains("behind the proxy's answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 407 No\r\nContent-Length: 50\r\nProxy-Authenticate: Basic\r\n\r\nab"
            })
    void aProxyThatHangsUpIsNamed(String before) throws IOException {
        LocalFailure failure = bad(peer -> peer.say(before));
        assertThat(failure.causeName()).isEqualTo("early-close");
        assertThat(failure.getMessage()).contains("the proxy http://127.0.0.1:");
    }

    @Test
    void aSilentProxyHasADeadline() throws IOException {
        connections.patience(Duration.ofMillis(50));
        LocalFailure failure = bad(ScriptedProxy.Peer::waitForTheEnd);
        assertThat(failure.causeName()).isEqualTo("deadline");
        assertThat(failure.getMessage()).contains("the proxy http://127.0.0.1:");
    }

    @Test
    void aProxyThatAlwaysClosesBehindItsChallengeIsGivenUp() throws IOException {
        String closing =
                "HTTP/1.1 407 No\r\nConnection: close\r\nContent-Length: 0\r\nProxy-Authenticate: NTLM\r\n\r\n";
        try (ScriptedProxy proxy = new ScriptedProxy(
                peer -> {
                    listen(peer);
                    peer.say(closing);
                },
                peer -> {
                    listen(peer);
                    peer.say(closing);
                })) {
            connections.refused(signedIn(proxy), "host.test");
        }
        assertThat(heads).hasSize(2);
    }
}
