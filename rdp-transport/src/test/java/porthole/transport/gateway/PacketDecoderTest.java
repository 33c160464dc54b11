package porthole.transport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import porthole.protocol.failure.WireException;
import porthole.protocol.gateway.ChannelCreate;
import porthole.protocol.gateway.GatewayData;
import porthole.protocol.gateway.HandshakeRequest;
import porthole.protocol.gateway.HttpPacket;
import porthole.protocol.gateway.Keepalive;
import porthole.protocol.wire.Bytes;

class PacketDecoderTest {
    @Test
    void packetsComeOutHoweverTheOctetsAreCut() {
        List<HttpPacket> packets = List.of(
                HandshakeRequest.of(0),
                Keepalive.PLAIN,
                GatewayData.of(Bytes.of(new byte[GatewayData.MOST])),
                ChannelCreate.of("host", 3389),
                GatewayData.of(Bytes.EMPTY));
        ByteBuf octets = Unpooled.buffer();
        packets.forEach(packet -> octets.writeBytes(packet.toByteArray()));
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 20; round++) {
            EmbeddedChannel channel = new EmbeddedChannel(new PacketDecoder());
            ByteBuf left = octets.copy();
            while (left.isReadable()) {
                channel.writeInbound(left.readBytes(Math.min(left.readableBytes(), random.nextInt(1, 5000))));
            }
            left.release();
            List<Bytes> seen = new ArrayList<>();
            for (ByteBuf packet = channel.readInbound(); packet != null; packet = channel.readInbound()) {
                seen.add(Bytes.of(ByteBufUtil.getBytes(packet)));
                packet.release();
            }
            assertThat(seen)
                    .isEqualTo(packets.stream()
                            .map(packet -> Bytes.of(packet.toByteArray()))
                            .toList());
            channel.finishAndReleaseAll();
        }
    }

    @Test
    void aWrongLengthEndsTheStream() {
        EmbeddedChannel channel = new EmbeddedChannel(new PacketDecoder());
        assertThatThrownBy(() -> channel.writeInbound(
                        Unpooled.wrappedBuffer(Bytes.hex("0a000000 07000000").toArray())))
                .isInstanceOf(DecoderException.class)
                .hasCauseInstanceOf(WireException.class);
        channel.writeInbound(Unpooled.wrappedBuffer(Keepalive.PLAIN.toByteArray()));
        assertThat(channel.inboundMessages()).isEmpty();
        channel.finishAndReleaseAll();
    }
}
