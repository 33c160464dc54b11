package porthole.host;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import porthole.host.session.HostConnections;
import porthole.host.session.HostIdentity;
import porthole.host.session.HostSession;
import porthole.host.session.HostSettings;
import porthole.protocol.failure.LocalFailure;

/**
 * An RDP host that shows a test card, and does what is wrong when it is asked to. Runs from {@link RdpHostBuilder#start}
 * to {@link #close}; its methods may be used from any thread.
 */
public final class RdpHost implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;

    private final EventLoopGroup loops;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final HostConnections connections;
    private final HostIdentity announced;
    private final Channel server;

    RdpHost(InetSocketAddress address, HostSettings settings, HostIdentity announced, int connectionLimit) {
        this.announced = announced;
        this.connections = new HostConnections(settings, connectionLimit);
        this.loops = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("porthole-host", true), NioIoHandler.newFactory());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .handler(new Remember())
                .childHandler(connections);
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
            throw new LocalFailure(
                    "bind",
                    "the host cannot listen",
                    String.valueOf(bound.cause().getMessage()),
                    "a free port at " + address,
                    "choose another port, or 0 for any",
                    bound.cause());
        }
        this.server = bound.channel();
    }

    /** Keeps track of every accepted channel, so that none outlives the host. */
    private final class Remember extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            channels.add((Channel) message);
            ctx.fireChannelRead(message);
        }
    }

    /** A host with TLS on any port of the loopback address, unless told otherwise. */
    public static RdpHostBuilder builder() {
        return new RdpHostBuilder();
    }

    /** Where the host listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    public int port() {
        return address().getPort();
    }

    /** SHA-256 of the certificate that the host announces, in lower-case hexadecimal; a fault may present another. */
    public String certificateSha256() {
        return announced.sha256();
    }

    /** Key and certificate that the host announces. */
    public HostIdentity identity() {
        return announced;
    }

    /** How many connections were taken on since the start. */
    public long connectionsSoFar() {
        return connections.accepted();
    }

    /** The connections that are open now. */
    public List<HostSession> sessions() {
        return connections.open();
    }

    /** Closes all connections, and returns when the host's threads are gone; may be called more than once. */
    @Override
    public void close() {
        server.close();
        channels.close();
        var ended = loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
        boolean ownThread = false;
        for (var loop : loops) {
            ownThread |= loop.inEventLoop();
        }
        if (!ownThread) {
            ended.awaitUninterruptibly();
        }
    }
}
