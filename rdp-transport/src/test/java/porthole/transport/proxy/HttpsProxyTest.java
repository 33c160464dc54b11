package porthole.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import porthole.fixtures.HostCertificate;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.transport.CertificateHashes;
import porthole.transport.ProxyServer;
import porthole.transport.Trust;
import porthole.transport.route.TcpConnector;

/** TLS to the proxy itself, around CONNECT and all that follows. */
class HttpsProxyTest {
    private final ProxyConnections connections = new ProxyConnections();
    private final HostCertificate certificate =
            HostCertificate.options().subject("CN=proxy.test").create();

    @AfterEach
    void end() {
        connections.close();
    }

    private ServerSocketFactory tls() {
        return certificate.serverContext().getServerSocketFactory();
    }

    @Test
    void theWayLeadsThroughTls() throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(tls(), peer -> {
            assertThat(peer.head()).startsWith("CONNECT host.test:3389 HTTP/1.1");
            peer.say("HTTP/1.1 200 OK\r\n\r\n").echo();
        })) {
            String pin = CertificateHashes.of(certificate.certificate()).certificate();
            ProxyServer trusted =
                    ProxyServer.parse("https://127.0.0.1:" + proxy.port()).withTrust(new Trust.Pin(pin));
            TcpConnector.Opened opened = connections.open(trusted, "host.test");
            assertThat(opened.channel().pipeline().get("proxy-tls")).isNotNull();
            assertThat(ProxyConnections.echoed(opened.channel(), "through")).isEqualTo("through");
        }
    }

    @Test
    void aProxyThatNobodyVouchesForGetsNoPassword() throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(tls(), peer -> {
            throw new AssertionError("an untrusted proxy was told " + peer.head());
        })) {
            RdpFailure failure = connections.refused("https://user:geheim@127.0.0.1:" + proxy.port(), "host.test");
            assertThat(failure).isInstanceOf(LocalFailure.class);
            assertThat(failure.report().summary()).startsWith("TLS with the proxy https://127.0.0.1:");
            assertThat(failure.report().cause()).startsWith("certificate");
            assertThat(failure.report().remedy()).contains("--proxy-ca-file");
        }
    }

    @Test
    void aProxyWithoutTlsIsNamed() throws Exception {
        try (ScriptedProxy proxy = new ScriptedProxy(
                peer -> peer.say("HTTP/1.1 400 Bad Request\r\n\r\n").waitForTheEnd())) {
            RdpFailure failure = connections.refused("https://127.0.0.1:" + proxy.port(), "host.test");
            assertThat(failure.report().summary()).startsWith("TLS with the proxy https://127.0.0.1:");
        }
    }
}
