package porthole.protocol.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.protocol.DecoderLaws;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;

class HttpPacketTest {
    private static final Bytes BLOB = Bytes.ascii("a secret cookie");

    static List<HttpPacket> packets() {
        return List.of(
                HandshakeRequest.of(GatewayFlags.EXTENDED_AUTH_PAA),
                HandshakeResponse.of(0, 3),
                ExtendedAuth.of(0, BLOB),
                ExtendedAuth.of(GatewayCode.LOGON_DENIED, Bytes.EMPTY),
                TunnelCreate.of(0x3F, Optional.empty()),
                new TunnelCreate(0xD, Optional.of(0x0102030405060708L), Optional.of(BLOB), Bytes.EMPTY),
                TunnelResponse.of(0, 7, 0x3F, Optional.of("Be good.")),
                new TunnelResponse(
                        5,
                        GatewayCode.NAP_ACCESSDENIED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new TunnelResponse.SohRequest(Bytes.of(new byte[16]), "cert")),
                        Optional.empty(),
                        Bytes.EMPTY),
                TunnelAuth.of("client"),
                new TunnelAuth("client\0", Optional.of(BLOB), Bytes.EMPTY),
                TunnelAuthResponse.of(0, GatewayFlags.REDIR_DISABLE_CLIPBOARD, 30),
                new TunnelAuthResponse(0, Optional.empty(), Optional.empty(), Optional.of(BLOB), Bytes.EMPTY),
                ChannelCreate.of("host.example", 3389),
                new ChannelCreate(List.of("a\0", "b"), List.of("c", "", "d\0"), 65535, 3, Bytes.EMPTY),
                ChannelResponse.of(0, 1),
                new ChannelResponse(0, Optional.of(1L), Optional.of(3391), Optional.of(BLOB), Bytes.EMPTY),
                GatewayData.of(BLOB),
                GatewayData.of(Bytes.EMPTY),
                ServiceMessage.of("We close at six."),
                ReauthMessage.of(-2),
                Keepalive.PLAIN,
                CloseChannel.of(GatewayCode.SESSIONTIMEOUT),
                CloseChannelResponse.of(0));
    }

    private static HttpPacket decode(ByteBuf frame) {
        return HttpPacket.decode(WireReader.of(frame, "HttpPacket", HttpPacket.SECTION));
    }

    private static HttpPacket decode(byte[] octets) {
        return decode(Unpooled.wrappedBuffer(octets));
    }

    /** Puts the length of the header right. */
    private static byte[] repaired(byte[] octets) {
        if (octets.length >= HttpPacket.HEADER) {
            Unpooled.wrappedBuffer(octets).setIntLE(4, octets.length);
        }
        return octets;
    }

    @ParameterizedTest
    @MethodSource("packets")
    void keepsTheOctetsAndSurvivesWhatIsDoneToThem(HttpPacket packet) {
        byte[] wire = packet.toByteArray();
        assertThat((Object) decode(wire)).isEqualTo(packet);
        DecoderLaws laws = new DecoderLaws("gateway", HttpPacketTest::decode);
        laws.keeps(wire);
        laws.refusesEveryTruncation(wire);
        laws.survivesEveryTruncation(wire, HttpPacketTest::repaired);
        laws.survivesMutations(wire, 300, wire.length, HttpPacketTest::repaired);
        for (int length = 0; length < wire.length; length++) {
            assertThat(HttpPacket.frameLength(Unpooled.wrappedBuffer(wire, 0, length)))
                    .isIn(Framing.MORE, wire.length);
        }
        byte[] longer = repaired(Arrays.copyOf(wire, wire.length + 3));
        assertThat(laws.keeps(longer)).isInstanceOf(packet.getClass());
        wire[2] = 1;
        assertThat(((HttpPacket) laws.keeps(wire)).otherForm()).isEqualTo(Bytes.of(wire));
    }

    @Test
    void anUnknownPacketIsKept() {
        byte[] wire = Bytes.hex("ee00 0000 0a000000 0102").toArray();
        assertThat(decode(wire).packetType()).isEqualTo(0xEE);
        assertThat(decode(wire).toByteArray()).isEqualTo(wire);
    }

    @Test
    void theOctetsAreThoseOfTheSpecification() {
        assertThat(HandshakeRequest.of(2).toByteArray())
                .isEqualTo(Bytes.hex("0100 0000 0e000000 01 00 0000 0200").toArray());
        assertThat(ChannelCreate.of("h", 3389).toByteArray())
                .isEqualTo(Bytes.hex("0800 0000 14000000 01 00 3d0d 0300 0400 6800 0000")
                        .toArray());
        ByteBuf out = Unpooled.buffer();
        GatewayData.prefix(out, 3);
        out.writeBytes(new byte[] {1, 2, 3});
        assertThat((Object) decode(out)).isEqualTo(GatewayData.of(Bytes.of((byte) 1, (byte) 2, (byte) 3)));
        assertThat(GatewayData.view(out)).isEqualTo(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}));
    }

    @Test
    void lengthsAtTheirExtremesAreRefused() {
        for (String length : List.of("00000000", "07000000", "01010200", "ffffffff", "00000080")) {
            ByteBuf header =
                    Unpooled.wrappedBuffer(Bytes.hex("0a000000" + length).toArray());
            assertThatThrownBy(() -> HttpPacket.frameLength(header))
                    .isInstanceOf(WireException.class)
                    .hasMessageContaining("packetLength");
        }
        ByteBuf lying =
                Unpooled.wrappedBuffer(Bytes.hex("0a00 0000 0c000000 ffff 0000").toArray());
        assertThatThrownBy(() -> GatewayData.view(lying)).isInstanceOf(WireException.class);
        assertThatThrownBy(() ->
                        decode(Bytes.hex("0800 0000 0e000000 ff ff 3d0d 0300").toArray()))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("numResources");
    }

    @Test
    void secretsStayOutOfTexts() {
        assertThat(packets())
                .filteredOn(packet -> packet instanceof ExtendedAuth
                        || packet instanceof TunnelCreate
                        || packet instanceof ChannelResponse)
                .hasSize(6)
                .allSatisfy(packet -> assertThat(packet.toString())
                        .doesNotContain(BLOB.toHex().substring(0, 12), BLOB.toAscii()));
    }

    @Test
    void codesAreExplained() {
        assertThat(GatewayCode.of(0x800759DAL).name()).isEqualTo("E_PROXY_RAP_ACCESSDENIED");
        assertThat(GatewayCode.of(0x59DD).name()).isEqualTo("E_PROXY_TS_CONNECTFAILED");
        assertThat(GatewayCode.of(0x80070005L).name()).isEqualTo("ERROR_ACCESS_DENIED");
        assertThat(GatewayCode.of(0x80070000L).name()).isEqualTo("unknown");
        assertThat(GatewayCode.of(0x12345678).refused().getMessage()).contains("0x12345678");
        assertThat(GatewayCode.of(0x800759DAL).refused().report().cause()).isEqualTo("gateway-rap-accessdenied");
        assertThat(GatewayCode.all()).hasSizeGreaterThan(30).allSatisfy(code -> {
            assertThat(code.meaning()).isNotBlank().doesNotEndWith(".");
            assertThat(code.remedy()).isNotBlank();
        });
        assertThat(GatewayFlags.redirection(0x9)).isEqualTo("not allowed: drives, clipboard");
        assertThat(GatewayFlags.redirection(0x80000009)).isEqualTo("all allowed");
    }
}
