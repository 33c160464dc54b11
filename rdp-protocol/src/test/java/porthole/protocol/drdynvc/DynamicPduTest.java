package porthole.protocol.drdynvc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.protocol.DecoderLaws;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class DynamicPduTest {
    private static final Map<Direction, DecoderLaws> LAWS = new EnumMap<>(Map.of(
            Direction.S2C,
            new DecoderLaws(
                    "from server",
                    body -> DynamicPdu.decodeFromServer(WireReader.of(body, "DynamicPdu", DynamicPdu.SECTION))),
            Direction.C2S,
            new DecoderLaws(
                    "from client",
                    body -> DynamicPdu.decodeFromClient(WireReader.of(body, "DynamicPdu", DynamicPdu.SECTION)))));

    /** Messages of MS-RDPEDYC section 4, and of this class where it has none. */
    static Stream<Example> examples() {
        return Stream.of(
                new Example(
                        Direction.S2C,
                        "50 00 02 00 33 33 11 11 3d 0a a7 04",
                        new CapabilitiesRequest(
                                0,
                                0,
                                2,
                                Optional.of(new CapabilitiesRequest.PriorityCharges(0x3333, 0x1111, 0x0a3d, 0x04a7)),
                                Bytes.EMPTY)),
                new Example(Direction.S2C, "50 00 01 00", CapabilitiesRequest.of(1)),
                new Example(Direction.S2C, "50 00 03 00 A803 CC0C 9224 5555", CapabilitiesRequest.of(3)),
                new Example(Direction.C2S, "50 00 02 00", CapabilitiesResponse.of(2)),
                new Example(Direction.C2S, "5C 00 03 00", new CapabilitiesResponse(0xC, 0, 3, Bytes.EMPTY)),
                new Example(Direction.S2C, "10 03 74 65 73 74 64 76 63 00", CreateRequest.of(3, "testdvc")),
                new Example(Direction.C2S, "10 03 00 00 00 00", new CreateResponse(0, ChannelId.of(3), 0, Bytes.EMPTY)),
                new Example(
                        Direction.S2C,
                        "24 03 7b 0c 71 71",
                        new DataFirst(false, 1, ChannelId.of(3), 0xc7b, Bytes.ascii("qq"))),
                new Example(Direction.S2C, "34 03 71", new Data(false, 1, ChannelId.of(3), Bytes.ascii("q"))),
                new Example(
                        Direction.S2C,
                        "64 03 7b 0c e0 26 38 c4 3f f4 74 01",
                        new DataFirst(true, 1, ChannelId.of(3), 0xc7b, Bytes.hex("e0 26 38 c4 3f f4 74 01"))),
                new Example(
                        Direction.S2C,
                        "70 03 e0 26 88 7f e8 f4 02",
                        new Data(true, 0, ChannelId.of(3), Bytes.hex("e0 26 88 7f e8 f4 02"))),
                new Example(Direction.C2S, "42 03 00 00 00", Close.of(new ChannelId(2, 3))),
                new Example(Direction.S2C, "40 03", Close.of(ChannelId.of(3))),
                new Example(
                        Direction.S2C,
                        "80 00 16000000 0300 0100 01000000 0200 07000000 08000000",
                        SoftSyncRequest.of(List.of(
                                new SoftSyncRequest.ChannelList(SoftSyncRequest.TUNNELTYPE_UDPFECR, List.of(7, 8))))),
                new Example(Direction.S2C, "80 00 08000000 0100 0000", SoftSyncRequest.of(List.of())),
                new Example(
                        Direction.C2S,
                        "90 00 01000000 01000000",
                        SoftSyncResponse.of(List.of(SoftSyncRequest.TUNNELTYPE_UDPFECR))),
                new Example(Direction.S2C, "F5 01 02", new DynamicPdu.Unknown(0xF5, Bytes.hex("0102"))));
    }

    /** Octets and what they mean. */
    record Example(Direction from, String hex, DynamicPdu pdu) {
        byte[] octets() {
            return Bytes.hex(hex).toArray();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsAndWrites(Example example) {
        assertThat(LAWS.get(example.from).keeps(example.octets())).isEqualTo(example.pdu);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void truncationsAndMutationsAreRefusedOrKept(Example example) {
        LAWS.get(example.from).survivesEveryTruncation(example.octets(), UnaryOperator.identity());
        LAWS.get(example.from).survivesMutations(example.octets(), 2_000, 4, UnaryOperator.identity());
    }

    @Test
    void countsAndLengthsAtTheirExtremesAreRefused() {
        refused(Direction.S2C, "80 00 07000000 0300 0000", "Length");
        refused(Direction.S2C, "80 00 FFFFFFFF 0300 0000", "Length");
        refused(Direction.S2C, "80 00 08000000 0300 FFFF", "NumberOfTunnels");
        refused(Direction.S2C, "80 00 0E000000 0300 0100 01000000 FFFF", "NumberOfDVCs");
        refused(Direction.C2S, "90 00 FFFFFFFF 01000000", "NumberOfTunnels");
        refused(Direction.S2C, "13 03 61 00", "cbId");
        refused(Direction.S2C, "2C 03 61 00", "Length");
        refused(Direction.S2C, "10 03 61 62", "a zero at its end");
        refused(Direction.S2C, "", "header");
    }

    private static void refused(Direction from, String hex, String why) {
        assertThatThrownBy(() -> LAWS.get(from).keeps(Bytes.hex(hex).toArray()))
                .isInstanceOf(WireException.class)
                .hasMessageContaining(why);
    }

    @Test
    void everyRecordedPduKeepsItsOctets() {
        Map<String, Integer> kinds = new HashMap<>();
        Map<String, Integer> messages = new HashMap<>();
        Stream.of("freerdp-gfx-shadow", "freerdp-aad", "weston-rdp", "freerdp-tls-xrdp")
                .flatMap(set -> Fixtures.recordings(set).stream())
                .forEach(recording -> RecordedDynamic.visit(recording, new RecordedDynamic.Visitor() {
                    @Override
                    public void pdu(Direction direction, Bytes octets, DynamicPdu pdu) {
                        kinds.merge(pdu.getClass().getSimpleName(), 1, Integer::sum);
                        assertThat(Bytes.of(pdu.toByteArray())).isEqualTo(octets);
                        assertThat(pdu).isNotInstanceOf(DynamicPdu.Unknown.class);
                    }

                    @Override
                    public void message(Direction direction, String channel, Bytes message) {
                        messages.merge(direction + " " + channel, 1, Integer::sum);
                    }
                }));
        assertThat(kinds)
                .containsKeys("CapabilitiesRequest", "CapabilitiesResponse", "CreateRequest", "CreateResponse", "Data")
                .hasEntrySatisfying("DataFirst", count -> assertThat(count).isGreaterThan(10));
        assertThat(messages).containsKey("s2c Microsoft::Windows::RDS::Graphics");
    }

    @Test
    void aSplitMessageComesTogetherAgain() {
        SplittableRandom random = new SplittableRandom(6);
        for (int size : new int[] {0, 1, 1590, 1591, 1597, 70_000}) {
            byte[] octets = new byte[size];
            random.nextBytes(octets);
            ChannelId id = ChannelId.of(size);
            DynamicReassembler reassembler = new DynamicReassembler(70_000);
            Optional<Bytes> whole = Optional.empty();
            for (DynamicPdu part : Data.split(id, Bytes.of(octets))) {
                assertThat(whole).isEmpty();
                assertThat(part.toByteArray().length).isLessThanOrEqualTo(1600);
                whole = (part instanceof DataFirst first ? reassembler.accept(first) : reassembler.accept((Data) part))
                        .map(message -> message.rest("all"));
            }
            assertThat(whole).contains(Bytes.of(octets));
        }
    }

    /** MS-RDPEDYC 4.3.3 and 4.3.4, which make one message. */
    @Test
    void compressedPartsComeTogether() {
        DynamicReassembler reassembler = new DynamicReassembler(5_000);
        assertThat(reassembler.accept(
                        new DataFirst(true, 1, ChannelId.of(3), 3192, Bytes.hex("e0 26 38 c4 3f f4 74 01"))))
                .isEmpty();
        assertThat(reassembler
                        .accept(new Data(true, 0, ChannelId.of(3), Bytes.hex("e0 26 88 7f e8 f4 02")))
                        .orElseThrow()
                        .rest("all"))
                .isEqualTo(Bytes.ascii("q".repeat(3192)));
    }

    @Test
    void partsThatDoNotFitTogetherAreRefused() {
        ChannelId id = ChannelId.of(1);
        DynamicReassembler reassembler = new DynamicReassembler(10);
        assertThatThrownBy(() -> reassembler.accept(new DataFirst(false, 0, id, 11, Bytes.EMPTY)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("at most 10");
        assertThatThrownBy(() -> reassembler.accept(new Data(false, 0, id, Bytes.of(new byte[11]))))
                .isInstanceOf(WireException.class);
        assertThatThrownBy(() -> reassembler.accept(new DataFirst(false, 2, id, 0xFFFFFFFFL, Bytes.EMPTY)))
                .isInstanceOf(WireException.class);
        reassembler.accept(new DataFirst(false, 0, id, 4, Bytes.ascii("ab")));
        assertThatThrownBy(() -> reassembler.accept(new DataFirst(false, 0, id, 4, Bytes.ascii("ab"))))
                .isInstanceOf(WireException.class);
        assertThatThrownBy(() -> reassembler.accept(new Data(false, 0, id, Bytes.ascii("abc"))))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("no more than the length 4");
    }

    @Test
    void numbersThatDoNotFitTheirFieldsAreNoValues() {
        assertThatThrownBy(() -> new ChannelId(0, 256)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ChannelId(3, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DataFirst(false, 0, ChannelId.of(1), 256, Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ChannelId.of(0xFFFFFFFFL).cbId()).isEqualTo(2);
    }
}
