package porthole.transport.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionSpec;
import porthole.transport.Deadlines;
import porthole.transport.ProxyServer;
import porthole.transport.ProxySettings;
import porthole.transport.RouteSettings;
import porthole.transport.StageClock;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;
import porthole.transport.route.TcpConnector;

/** Connections through scripted proxies, on real sockets of the loopback interface. */
final class ProxyConnections implements AutoCloseable {
    private static final Duration NEVER = Duration.ofMinutes(5);

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ExecutorService work = Executors.newCachedThreadPool();
    private final TcpConnector connector =
            new TcpConnector(group, work, InetAddress::getAllByName, NEVER, octets -> {}, Clock.systemUTC());
    private Duration patience = NEVER;

    void patience(Duration value) {
        patience = value;
    }

    /** Opens a way to {@code host} at port 3389. */
    TcpConnector.Opened open(String proxyUrl, String host) throws Exception {
        return open(ProxyServer.parse(proxyUrl), host);
    }

    TcpConnector.Opened open(ProxyServer proxy, String host) throws Exception {
        ConnectionSpec spec = ConnectionSpec.of(
                        Target.of("host.test", 3389), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                .withDeadlines(new Deadlines(NEVER, patience, NEVER))
                .withRoute(RouteSettings.DIRECT.withProxy(ProxySettings.of(proxy)));
        return connector
                .connect(host, 3389, spec, new StageClock(event -> {}, System::nanoTime))
                .get(30, TimeUnit.SECONDS);
    }

    /** The failure of a way that must not open; it is in the right stage, and tells nobody the password. */
    RdpFailure refused(String proxyUrl, String host) {
        Throwable thrown = catchThrowable(() -> open(proxyUrl, host));
        assertThat(thrown).isNotNull();
        assertThat(thrown.getCause()).isInstanceOf(RdpFailure.class);
        RdpFailure failure = (RdpFailure) thrown.getCause();
        assertThat(failure.stage()).contains(Stage.CONNECT);
        assertThat(failure.getMessage()).doesNotContain("geheim");
        return failure;
    }

    /** What comes back for a text that is sent through an open way. */
    static String echoed(Channel channel, String text) throws Exception {
        assertThat(channel.config().isAutoRead()).isFalse();
        CompletableFuture<String> answer = new CompletableFuture<>();
        StringBuilder soFar = new StringBuilder();
        channel.eventLoop().submit(() -> {
            channel.pipeline().addLast(new SimpleChannelInboundHandler<ByteBuf>() {
                @Override
                protected void channelRead0(ChannelHandlerContext context, ByteBuf octets) {
                    soFar.append(octets.toString(StandardCharsets.US_ASCII));
                    if (soFar.length() >= text.length()) {
                        answer.complete(soFar.toString());
                    }
                }
            });
            channel.config().setAutoRead(true);
            channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
        });
        String got = answer.get(20, TimeUnit.SECONDS);
        channel.close();
        return got;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
        work.shutdownNow();
    }
}
