package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.preconnection.PreconnectionPdu;
import porthole.transport.ProxyServer;
import porthole.transport.proxy.ProxyLogin;
import porthole.transport.proxy.ProxyTunnel;
import porthole.transport.tls.SslUpgrader;
import porthole.transport.tls.TlsEngines;

/** What comes before RDP: preconnection PDUs, and whatever a proxy may answer. */
class RouteFuzzTest {
    private static final Family PRECONNECTION = new Family(PreconnectionPdu::decode);
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Clock CLOCK = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private static final ProxyServer[] PROXIES = {
        ProxyServer.parse("http://proxy.test"),
        ProxyServer.parse("http://LAB%5Cuser:secret@proxy.test"),
        ProxyServer.parse("socks5://proxy.test"),
        ProxyServer.parse("socks5://user:secret@proxy.test")
    };

    @FuzzTest(maxDuration = "30s")
    void preconnection(byte[] input) {
        PRECONNECTION.test(input);
    }

    /** The first octet chooses the proxy, the second how long the pieces of its answer are. */
    @FuzzTest(maxDuration = "30s")
    void proxy(byte[] input) {
        if (input.length < 2) {
            return;
        }
        ProxyServer proxy = PROXIES[(input[0] & 0xFF) % PROXIES.length];
        EmbeddedChannel channel = new EmbeddedChannel();
        try {
            CompletableFuture<ProxyTunnel.End> end = ProxyTunnel.open(
                    channel,
                    new ProxyLogin(proxy, octets -> {}, CLOCK),
                    proxy,
                    "host.test",
                    3389,
                    new SslUpgrader(TlsEngines.JDK, Runnable::run),
                    PATIENCE);
            channel.runPendingTasks();
            int piece = 1 + (input[1] & 0xFF);
            for (int at = 2; at < input.length && !end.isDone(); at += piece) {
                byte[] part = Arrays.copyOfRange(input, at, Math.min(input.length, at + piece));
                channel.writeInbound(Unpooled.wrappedBuffer(part));
                channel.runPendingTasks();
                channel.releaseOutbound();
            }
            channel.close();
            channel.runPendingTasks();
            channel.checkException();
            Oracle.require(end.isDone(), () -> "no end after the proxy is gone");
            Throwable failed = end.handle((how, thrown) -> thrown).getNow(null);
            Oracle.require(failed == null || failed instanceof RdpFailure, () -> "ended with " + failed);
        } finally {
            channel.finishAndReleaseAll();
        }
    }
}
