package porthole.host.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import porthole.transport.GatewaySettings.Transport;

/** Whoever does not read is not sent more than the queues on the way hold, and gets all of it in the end. */
class GatewayBackPressureTest {
    private static final long ALL = 48L << 20;
    private static final long MOST_QUEUED = 24L << 20;

    /** A host that sends as much as it can, or that reads nothing until it is told to. */
    private static final class Flood implements AutoCloseable {
        final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        final AtomicLong moved = new AtomicLong();
        final CountDownLatch mayRead = new CountDownLatch(1);

        Flood(boolean sends) throws IOException {
            Thread thread = new Thread(() -> run(sends), "flood");
            thread.setDaemon(true);
            thread.start();
        }

        private void run(boolean sends) {
            byte[] part = new byte[64 * 1024];
            try (Socket socket = listening.accept()) {
                if (sends) {
                    OutputStream out = socket.getOutputStream();
                    while (moved.get() < ALL) {
                        out.write(part);
                        moved.addAndGet(part.length);
                    }
                } else {
                    mayRead.await();
                }
                InputStream in = socket.getInputStream();
                for (int count = in.read(part); count >= 0; count = in.read(part)) {
                    moved.addAndGet(sends ? 0 : count);
                }
            } catch (IOException | InterruptedException e) {
                return; // the test is over
            }
        }

        InetSocketAddress address() {
            return (InetSocketAddress) listening.getLocalSocketAddress();
        }

        @Override
        public void close() throws IOException {
            mayRead.countDown();
            listening.close();
        }
    }

    private static GatewayHost gateway(Flood flood) {
        return GatewayHost.builder()
                .user(GatewayClient.USER, GatewayClient.PASSWORD)
                .signIns(EnumSet.of(GatewaySignIn.BASIC))
                .to(flood.address())
                .start();
    }

    private static void untilStill(AtomicLong moved) throws InterruptedException {
        long before = -1;
        for (int still = 0; still < 10; still = before == moved.get() ? still + 1 : 0) {
            before = moved.get();
            Thread.sleep(50);
        }
    }

    private static void until(AtomicLong moved, long all) throws InterruptedException {
        while (moved.get() < all) {
            Thread.sleep(5);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"WEBSOCKET", "HTTP"})
    @Timeout(60)
    void theHostIsHeldBackUntilTheClientReads(Transport transport) throws Exception {
        try (Flood flood = new Flood(true);
                GatewayHost gateway = gateway(flood);
                GatewayClient client = new GatewayClient()) {
            Channel channel =
                    client.open(GatewayClient.settings(gateway).withTransport(transport), Duration.ofSeconds(20));
            untilStill(flood.moved);
            assertThat(flood.moved.get()).isLessThan(MOST_QUEUED);
            AtomicLong read = new AtomicLong();
            channel.eventLoop().execute(() -> {
                channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object octets) {
                        read.addAndGet(((ByteBuf) octets).readableBytes());
                        ((ByteBuf) octets).release();
                    }
                });
                channel.config().setAutoRead(true);
            });
            until(read, ALL);
            assertThat(read.get()).isEqualTo(ALL);
            channel.close().await(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Transport.class,
            names = {"WEBSOCKET", "HTTP"})
    @Timeout(60)
    void theClientSeesThatTheHostDoesNotRead(Transport transport) throws Exception {
        try (Flood flood = new Flood(false);
                GatewayHost gateway = gateway(flood);
                GatewayClient client = new GatewayClient()) {
            Channel channel =
                    client.open(GatewayClient.settings(gateway).withTransport(transport), Duration.ofSeconds(20));
            long sent = 0;
            for (int still = 0; still < 10; ) {
                if (channel.isWritable()) {
                    channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[64 * 1024]))
                            .await(50);
                    sent += 64 * 1024;
                    still = 0;
                    assertThat(sent).isLessThan(MOST_QUEUED);
                } else {
                    still++;
                    Thread.sleep(50);
                }
            }
            flood.mayRead.countDown();
            until(flood.moved, sent);
            while (!channel.isWritable()) {
                Thread.sleep(5);
            }
            channel.close().await(10, TimeUnit.SECONDS);
        }
    }
}
