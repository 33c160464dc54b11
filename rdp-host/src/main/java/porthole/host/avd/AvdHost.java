package porthole.host.avd;

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
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import porthole.host.session.HostIdentity;
import porthole.protocol.failure.LocalFailure;

/** Feed, broker and gateway on one port of the loopback address, before one RDP host; its methods may be used from any thread. */
public final class AvdHost implements AutoCloseable {
    /** Name of the workspace. */
    public static final String WORKSPACE = "Demo";
    /** Title of the first resource. */
    public static final String DESKTOP = "Desktop";
    /** Title of the resource for RDSTLS where there is one for RDSAAD, too. */
    public static final String DESKTOP_WITH_PASSWORD = "Desktop with a password";

    private static final int CLOSE_SECONDS = 5;
    private static final int MOST_CONNECTIONS = 256;
    private static final int LARGEST_LINE = 64 * 1024;
    private static final int LARGEST_BODY = 64 * 1024;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("porthole-avd", true), NioIoHandler.newFactory());
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AvdHostSettings settings;
    private final Channel server;

    private AvdHost(int port, AvdHostSettings settings) {
        this.settings = settings;
        SslContext tls = settings.identity().tls();
        AvdAnswers answers = new AvdAnswers(settings, this::port);
        HttpDecoderConfig limits =
                new HttpDecoderConfig().setMaxInitialLineLength(LARGEST_LINE).setMaxHeaderSize(LARGEST_LINE);
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (channels.size() > MOST_CONNECTIONS) {
                            channel.close();
                            return;
                        }
                        channels.add(channel);
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast(AvdHttp.CODEC, new HttpServerCodec(limits))
                                .addLast(AvdHttp.WHOLE, new HttpObjectAggregator(LARGEST_BODY))
                                .addLast(new AvdHttp(settings, answers));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            close();
            throw new LocalFailure(
                    "bind",
                    "the service cannot listen",
                    String.valueOf(bound.cause().getMessage()),
                    "a free port",
                    "choose another port, or 0 for any",
                    bound.cause());
        }
        server = bound.channel();
        channels.add(server);
    }

    /** @param port 0 for any */
    public static AvdHost start(int port, AvdHostSettings settings) {
        return new AvdHost(port, settings);
    }

    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** Where the feed begins. */
    public URI discovery() {
        return URI.create("https://" + settings.name() + ":" + port() + AvdAnswers.DISCOVERY);
    }

    /** Key and certificate of the service. */
    public HostIdentity identity() {
        return settings.identity();
    }

    /** Closes all connections, and returns when the service's threads are gone; may be called more than once. */
    @Override
    public void close() {
        channels.close();
        loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
