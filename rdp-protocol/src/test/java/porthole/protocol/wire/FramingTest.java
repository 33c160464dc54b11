package porthole.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.protocol.Recorded;
import porthole.protocol.failure.WireException;

class FramingTest {
    @ParameterizedTest
    @CsvSource({
        "'', MORE",
        "03, MORE",
        "0300, MORE",
        "030000, MORE",
        "03000007, 7",
        "0300ffff, 65535",
        "03ff0013, 19",
        "0300000902f08021, 9",
        "03000006, length",
        "03000000, length",
        "04, version",
        "00, version",
        "48545450, version",
    })
    void tpkt(String hex, String expected) {
        check(Framing::tpkt, hex, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'', MORE",
        "00, MORE",
        "0002, 2",
        "0005, 5",
        "c07f, 127",
        "0080, MORE",
        "008003, 3",
        "00ffff, 32767",
        "448105, 261",
        "0001, length",
        "0000, length",
        "008002, length",
        "03000007, 7",
        "03, MORE",
        "03000006, length",
        "01, version",
        "02, version",
        "43, version",
    })
    void tpktOrFastPath(String hex, String expected) {
        check(Framing::tpktOrFastPath, hex, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'', MORE",
        "7b, MORE",
        "7b7d, MORE",
        "7b7d00, 3",
        "00, 1",
        "7b7d007b, 3",
        "7b2020202020207d, ''",
        "7b2020202020207d00, ''",
        "7b20202020207d00, 8",
    })
    void nulTerminatedJsonOfAtMostEightOctets(String hex, String expected) {
        check(Framing.nulTerminatedJson(8), hex, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'', MORE",
        "30, MORE",
        "3000, 2",
        "307f, 129",
        "3081, MORE",
        "308180, 131",
        "3082, MORE",
        "308201, MORE",
        "30820100, 260",
        "3083, MORE",
        "30830000ff, 260",
        "30830003e8, 1005",
        "308203e9, 1005",
        "308203ea, length",
        "3083ffffff, length",
        "3080, length",
        "3084, length",
        "30ff, length",
        "31, tag",
        "1603, tag",
    })
    void derOfAtMost1005Octets(String hex, String expected) {
        check(Framing.der(1005), hex, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "'', MORE",
        "010001, MORE",
        "01000100, 8",
        "0100010001000100, 8",
        "0100040001, 10",
        "01000200, MORE",
        "010002000100, MORE",
        "0100020001000200aabb, MORE",
        "0100020001000200aabb0000, MORE",
        "0100020001000200aabb00000000, MORE",
        "0100020001000200aabb000000000100, 17",
        "01000200020000000000, MORE",
        "010002000200000000001c00, 40",
        "02000200030006000000, 14",
        "0100020004000000, dataType",
        "01000300, pduType",
        "00000100, version",
        "16030300, version",
        "7b227473, version",
    })
    void rdstls(String hex, String expected) {
        check(Framing::rdstls, hex, expected);
    }

    @Test
    void fixedNeedsNoOctets() {
        assertThat(Framing.fixed(4).frameLength(Unpooled.EMPTY_BUFFER)).isEqualTo(4);
    }

    private static void check(Framing framing, String hex, String expected) {
        ByteBuf in = Unpooled.wrappedBuffer(Bytes.hex("ff" + hex).toArray()).skipBytes(1);
        if (expected.matches("MORE|\\d+")) {
            int length = expected.equals("MORE") ? Framing.MORE : Integer.parseInt(expected);
            assertThat(framing.frameLength(in)).isEqualTo(length);
        } else {
            assertThatThrownBy(() -> framing.frameLength(in))
                    .isInstanceOfSatisfying(
                            WireException.class, e -> assertThat(e.field()).isEqualTo(expected));
        }
        assertThat(in.readerIndex()).isEqualTo(1);
    }

    @Test
    void cutsEveryRecordedMessageWhereTheRecorderDid() {
        List<Recorded> all = Recorded.all(
                row -> List.of("tpkt", "fastpath", "json", "der", "rdstls").contains(row.frame()));
        assertThat(all).hasSizeGreaterThan(12_000);
        for (Recorded recorded : all) {
            Framing framing = switch (recorded.row().frame()) {
                case "tpkt", "fastpath" -> Framing::tpktOrFastPath;
                case "json" -> Framing.nulTerminatedJson(1 << 20);
                case "der" -> Framing.der(1 << 20);
                case "rdstls" -> Framing::rdstls;
                default -> throw new AssertionError(recorded.row().frame());
            };
            ByteBuf in = Unpooled.wrappedBuffer(recorded.octets());
            if (recorded.row().frame().equals("json") && recorded.octets()[recorded.octets().length - 1] != 0) {
                continue; // a fault of the host: text without its end
            }
            assertThat(framing.frameLength(in)).as(recorded.toString()).isEqualTo(recorded.octets().length);
        }
    }

    @Test
    void anyOctetsGiveALengthOrMoreOrAWireException() {
        SplittableRandom random = new SplittableRandom(7);
        List<Framing> framings = List.of(
                Framing::tpkt,
                Framing::tpktOrFastPath,
                Framing::rdstls,
                Framing.der(4096),
                Framing.nulTerminatedJson(16),
                Framing.fixed(1));
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(20)];
            for (int at = 0; at < octets.length; at++) {
                octets[at] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(5));
            }
            for (Framing framing : framings) {
                try {
                    int length = framing.frameLength(Unpooled.wrappedBuffer(octets));
                    assertThat(length == Framing.MORE || length >= 1).isTrue();
                } catch (WireException refused) {
                    assertThat(refused.pdu()).isNotEmpty();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 400 Bad Request', an HTTP message",
        "'GET / HTTP/1.0', an HTTP message",
        "'<html><body>', an HTTP message",
        "'SSH-2.0-OpenSSH_9.6', an SSH banner",
        "'RFB 003.008', a VNC banner",
        "'220 mail.example ESMTP', the greeting of a mail or file server",
        "'hello there', 'text \"hello there\"'",
        "'{\"ts_nonce\":', 'JSON text, as RDSAAD sends'",
    })
    void saysWhatTextLooksLike(String text, String expected) {
        ByteBuf in = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
        assertThat(LooksLike.of(in)).startsWith(expected + " (");
        assertThatThrownBy(() -> Framing.tpkt(in)).hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "15030300020228, a TLS record with an alert",
        "1603010200, a TLS record with a handshake",
        "170303, a TLS record",
        "0000000000000000, zeros only",
        "3037a003020106, 'a DER sequence, as CredSSP sends'",
        "0100010001000100, an RDSTLS PDU",
        "0300000902f0802180, an MCS PDU in an X.224 data TPDU",
        "030000130ed0, a TPKT frame",
        "deadbeef, octets of an unknown protocol",
        "'', no octets",
    })
    void saysWhatOctetsLookLike(String hex, String expected) {
        assertThat(LooksLike.of(Unpooled.wrappedBuffer(Bytes.hex(hex).toArray())))
                .startsWith(expected);
    }
}
