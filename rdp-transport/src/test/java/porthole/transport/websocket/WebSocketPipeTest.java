package porthole.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.Fixtures;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.wire.Bytes;

class WebSocketPipeTest {
    private final List<Throwable> thrown = new ArrayList<>();

    private EmbeddedChannel pipe(boolean client) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline().addLast("first", new ChannelInboundHandlerAdapter());
        WebSocketPipe.install(channel.pipeline(), "first", "pipe", client);
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                thrown.add(cause);
            }
        });
        return channel;
    }

    private static byte[] read(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readInbound(); part != null; part = channel.readInbound()) {
            all.writeBytes(part);
            part.release();
        }
        return ByteBufUtil.getBytes(all);
    }

    private static byte[] written(EmbeddedChannel channel) {
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        return ByteBufUtil.getBytes(all);
    }

    private static byte[] hex(String text) {
        return Bytes.hex(text).toArray();
    }

    /** FreeRDP's frames to a gateway, and the gateway's to it, recorded with their masks. */
    @ParameterizedTest
    @CsvSource({"rdsaad,false,c2s.bin,7581", "rdsaad,true,s2c.bin,0", "rdstls,false,c2s.bin,0", "rdstls,true,s2c.bin,0"
    })
    void recordedFramesComeApart(String recording, boolean client, String file, int octets) throws IOException {
        Path folder = Fixtures.root().resolve("gateway-arm").resolve(recording);
        byte[] frames = Files.readAllBytes(folder.resolve("arm/ws-00").resolve(file));
        EmbeddedChannel whole = pipe(client);
        whole.writeInbound(Unpooled.wrappedBuffer(frames));
        byte[] inside = read(whole);
        assertThat(thrown).isEmpty();
        if (octets > 0) {
            assertThat(inside).hasSize(octets);
        } else {
            assertThat(inside.length).isBetween(frames.length * 9 / 10, frames.length);
        }
        byte[] expected = Files.readAllBytes(folder.resolve("rdp/conn-00").resolve(file));
        int first = (expected[2] & 0xFF) << 8 | expected[3] & 0xFF; // the X.224 request or confirm, before TLS
        assertThat(Arrays.copyOf(inside, first)).isEqualTo(Arrays.copyOf(expected, first));
        whole.finishAndReleaseAll();

        SplittableRandom random = new SplittableRandom(7);
        EmbeddedChannel cut = pipe(client);
        for (int at = 0; at < frames.length; ) {
            int end = Math.min(frames.length, at + random.nextInt(1, 700));
            cut.writeInbound(Unpooled.copiedBuffer(frames, at, end - at));
            at = end;
        }
        assertThat(read(cut).length).isBetween(inside.length, frames.length);
        assertThat(thrown).isEmpty();
        cut.finishAndReleaseAll();
    }

    @Test
    void whatOneSideWritesTheOtherReads() {
        EmbeddedChannel client = pipe(true);
        EmbeddedChannel server = pipe(false);
        for (int size : new int[] {1, 125, 126, 65535, 65536, 200_000}) {
            byte[] octets = new byte[size];
            new Random(size).nextBytes(octets);
            client.writeOutbound(Unpooled.wrappedBuffer(octets));
            byte[] frame = written(client);
            assertThat(frame[1] & 0x80).as("masked").isEqualTo(0x80);
            server.writeInbound(Unpooled.wrappedBuffer(frame));
            assertThat(read(server)).isEqualTo(octets);
            server.writeOutbound(Unpooled.wrappedBuffer(octets));
            byte[] answer = written(server);
            assertThat(answer[1] & 0x80).as("not masked").isZero();
            client.writeInbound(Unpooled.wrappedBuffer(answer));
            assertThat(read(client)).isEqualTo(octets);
        }
        assertThat(thrown).isEmpty();
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
    }

    @Test
    void fragmentsPassAndPingsAreAnsweredBetweenThem() {
        EmbeddedChannel channel = pipe(true);
        channel.writeInbound(Unpooled.wrappedBuffer(hex("0202 4142 8901 07 0001 43 8001 44")));
        assertThat(read(channel)).isEqualTo(hex("41424344"));
        byte[] pong = written(channel);
        assertThat(pong).hasSize(7).startsWith(0x8A, 0x81);
        assertThat(pong[6] ^ pong[2]).isEqualTo(0x07);
        assertThat(thrown).isEmpty();
        channel.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8281 00000000 41",
                "8101 41",
                "c201 41",
                "8301 41",
                "8001 41",
                "0901 41",
                "897e 0080",
                "897f 7fffffffffffffff",
                "827f 8000000000000000",
                "827f 0000000000100001",
                "8801 03",
                "8802 0001",
                "8b00"
            })
    void whatTheRulesForbidIsAFailureAndClosesTheWebSocket(String frame) {
        EmbeddedChannel channel = pipe(true);
        channel.writeInbound(Unpooled.wrappedBuffer(hex(frame)));
        assertThat(thrown).hasSize(1).allSatisfy(cause -> {
            assertThat(cause).isInstanceOf(RdpFailure.class);
            assertThat(((RdpFailure) cause).report().cause()).isEqualTo("websocket-protocol");
        });
        assertThat(written(channel)).startsWith(0x88);
        channel.writeInbound(Unpooled.wrappedBuffer(hex("8201 41")));
        assertThat(read(channel)).isEmpty();
        channel.finishAndReleaseAll();
    }

    @Test
    void aCloseInOrderEndsTheChannelAndAnotherOneSaysWhy() {
        EmbeddedChannel orderly = pipe(true);
        orderly.writeInbound(Unpooled.wrappedBuffer(hex("8802 03e8")));
        assertThat(orderly.isOpen()).isFalse();
        assertThat(thrown).isEmpty();
        EmbeddedChannel other = pipe(true);
        other.writeInbound(Unpooled.wrappedBuffer(hex("8806 03f3 62757379")));
        assertThat(thrown).hasSize(1);
        assertThat(thrown.get(0)).hasMessageContaining("busy").hasMessageContaining("0x000003F3");
        orderly.finishAndReleaseAll();
        other.finishAndReleaseAll();
    }

    @Test
    void randomOctetsAreRefusedOrRead() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 2000; i++) {
            thrown.clear();
            byte[] octets = new byte[random.nextInt(1, 60)];
            random.nextBytes(octets);
            EmbeddedChannel channel = pipe(random.nextBoolean());
            channel.writeInbound(Unpooled.wrappedBuffer(octets));
            assertThat(thrown).allMatch(RdpFailure.class::isInstance);
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void theAnswerToTheKeyIsThatOfTheRfc() {
        WebSocketKey key = new WebSocketKey("dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(key.accept()).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        HttpHeaders headers = new DefaultHttpHeaders()
                .set("Upgrade", "WebSocket")
                .set("Connection", "keep-alive, Upgrade")
                .set("Sec-WebSocket-Accept", key.accept());
        assertThat(key.problem(headers)).isEmpty();
        assertThat(key.problem(headers.copy().set("Sec-WebSocket-Accept", "x"))).isPresent();
        assertThat(key.problem(headers.copy().remove("Upgrade"))).isPresent();
        assertThat(key.problem(headers.copy().set("Connection", "close"))).isPresent();
        assertThat(key.problem(headers.copy().set("Sec-WebSocket-Extensions", "permessage-deflate")))
                .isPresent();
        assertThat(WebSocketKey.random(octets -> Arrays.fill(octets, (byte) 1)).text())
                .isEqualTo("AQEBAQEBAQEBAQEBAQEBAQ==");
    }
}
