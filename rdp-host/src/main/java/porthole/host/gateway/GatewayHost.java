package porthole.host.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import porthole.host.session.HostIdentity;
import porthole.protocol.failure.LocalFailure;

/**
 * An RD Gateway over HTTPS, by websocket or by two HTTP channels. Runs from {@link GatewayHostBuilder#start} to {@link #close};
 * its methods may be used from any thread.
 */
public final class GatewayHost implements AutoCloseable {
    private static final int CLOSE_SECONDS = 5;
    private static final int MOST_CONNECTIONS = 256;
    private static final int LARGEST_HEADERS = 64 * 1024;
    private static final AttributeKey<Channel> OTHER = AttributeKey.valueOf(GatewayHost.class, "other");

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("porthole-gateway", true), NioIoHandler.newFactory());
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Map<String, Channel> waiting = new ConcurrentHashMap<>();
    private final AtomicLong connections = new AtomicLong();
    private final HostIdentity identity;
    private final Runnable atEnd;
    private final Channel server;

    GatewayHost(InetSocketAddress address, GatewayHostSettings settings, HostIdentity identity, Runnable atEnd) {
        this.identity = identity;
        this.atEnd = atEnd;
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(channel, settings);
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new LocalFailure(
                    "bind",
                    "the gateway cannot listen",
                    String.valueOf(bound.cause().getMessage()),
                    "a free port at " + address,
                    "choose another port, or 0 for any",
                    bound.cause());
        }
        server = bound.channel();
        channels.add(server);
    }

    private void accept(Channel channel, GatewayHostSettings settings) {
        if (channels.size() > MOST_CONNECTIONS) {
            channel.close();
            return;
        }
        channels.add(channel);
        HttpDecoderConfig limits = new HttpDecoderConfig().setMaxHeaderSize(LARGEST_HEADERS);
        channel.pipeline()
                .addLast(settings.tls().newHandler(channel.alloc()))
                .addLast(GatewayHttp.CODEC, new HttpServerCodec(limits))
                .addLast(new GatewayHttp(this, settings, connections.incrementAndGet()));
    }

    /** Remembers the channel to a client until its other one comes. */
    void remember(String id, Channel out) {
        waiting.put(id, out);
        out.closeFuture().addListener(closed -> waiting.remove(id, out));
    }

    /** The channel to the client that named itself so; it is given out once. */
    Optional<Channel> recall(String id, Channel in) {
        Optional<Channel> out = Optional.ofNullable(waiting.remove(id));
        out.ifPresent(found -> in.attr(OTHER).set(found));
        return out;
    }

    /** The channel to the client that belongs to the one from it. */
    static Channel other(Channel in) {
        return in.attr(OTHER).get();
    }

    /** A gateway on any port of the loopback address, unless told otherwise. */
    public static GatewayHostBuilder builder() {
        return new GatewayHostBuilder();
    }

    /** Where the gateway listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    public int port() {
        return address().getPort();
    }

    /** Key and certificate of the gateway. */
    public HostIdentity identity() {
        return identity;
    }

    /** Connections that are open now, the listening one not counted. */
    public int openConnections() {
        return channels.size() - 1;
    }

    /** Closes all connections, and returns when the gateway's threads are gone; may be called more than once. */
    @Override
    public void close() {
        channels.close();
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        atEnd.run();
    }
}
