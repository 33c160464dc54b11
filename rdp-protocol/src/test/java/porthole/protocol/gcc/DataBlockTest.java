package porthole.protocol.gcc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.ServerMessages;
import porthole.protocol.DecoderLaws;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.SecurityProtocols;

/** The data blocks one by one, and what the conference create refuses. */
class DataBlockTest {
    private static final DecoderLaws CLIENT = new DecoderLaws("ClientDataBlock", octets -> whole(octets, true));
    private static final DecoderLaws SERVER = new DecoderLaws("ServerDataBlock", octets -> whole(octets, false));
    private static final ClientCoreData CORE = ClientCoreData.builder()
            .desktopSize(1920, 1080)
            .clientName("LABCLIENT")
            .colorDepth(32)
            .connectionType(ClientCoreData.CONNECTION_TYPE_LAN)
            .earlyCapabilities(ClientCoreData.SUPPORT_ERRINFO_PDU)
            .serverSelectedProtocol(SecurityProtocols.RDSAAD)
            .desktop(310, 170, 0, 100, 100)
            .build();

    private static Pdu whole(io.netty.buffer.ByteBuf octets, boolean client) {
        WireReader in = WireReader.of(octets, "Block", "MS-RDPBCGR 2.2.1.3.1");
        Pdu block = client ? ClientDataBlock.decode(in) : ServerDataBlock.decode(in);
        in.end();
        return block;
    }

    static List<ClientDataBlock> clientBlocks() {
        return List.of(
                CORE,
                new ClientSecurityData(EncryptionMethod.BITS_128 | EncryptionMethod.FIPS),
                new ClientNetworkData(List.of(
                        new ChannelDef("rdpdr", ChannelDef.OPTION_INITIALIZED),
                        new ChannelDef(Bytes.hex("41420043ffffffff"), 0))),
                new ClientClusterData(ClientClusterData.REDIRECTION_SUPPORTED, -1),
                new ClientMonitorData(List.of(
                        new MonitorDef(0, 0, 1919, 1079, MonitorDef.TS_MONITOR_PRIMARY),
                        new MonitorDef(-1280, -10, -1, 1013, 0))),
                new ClientMonitorExtendedData(List.of(
                        new MonitorAttributes(310, 170, 0, 100, 100), new MonitorAttributes(500, 300, 90, 150, 140))),
                new ClientMessageChannelData(),
                new ClientMultitransportChannelData(MultitransportFlags.TRANSPORTTYPE_UDPFECR),
                new ClientMultitransportChannelData(0x301, Bytes.hex("aabbccdd")),
                new ClientDataBlock.Unknown(0xC0FF, Bytes.hex("010203")));
    }

    static List<ServerDataBlock> serverBlocks() {
        return List.of(
                new ServerCoreData(0x00080004, Optional.empty(), OptionalInt.empty(), Bytes.EMPTY),
                new ServerCoreData(0x00080004, Optional.of(SecurityProtocols.TLS), OptionalInt.empty(), Bytes.EMPTY),
                new ServerCoreData(
                        ClientCoreData.VERSION_10_12,
                        SecurityProtocols.RDSAAD,
                        ServerCoreData.SKIP_CHANNELJOIN_SUPPORTED),
                ServerSecurityData.none(),
                new ServerSecurityData(0, 0, Bytes.EMPTY, Bytes.EMPTY),
                new ServerSecurityData(2, 3, Bytes.of(new byte[32]), Bytes.hex("0102030405")),
                new ServerNetworkData(1003, List.of(1004, 1005, 1006)),
                new ServerNetworkData(1003, List.of()),
                new ServerMessageChannelData(1008),
                new ServerMultitransportChannelData(MultitransportFlags.SOFTSYNC_TCP_TO_UDP),
                new ServerDataBlock.Unknown(0x0CFF, Bytes.EMPTY));
    }

    @ParameterizedTest
    @MethodSource("clientBlocks")
    void keepsEveryClientBlock(ClientDataBlock block) {
        byte[] wire = block.toByteArray();
        assertThat(CLIENT.keeps(wire)).isEqualTo(block);
        CLIENT.refusesEveryTruncation(wire);
        CLIENT.survivesEveryTruncation(wire, DataBlockTest::relength);
        CLIENT.survivesMutations(wire, 2000, block.type(), DataBlockTest::relength);
    }

    @ParameterizedTest
    @MethodSource("serverBlocks")
    void keepsEveryServerBlock(ServerDataBlock block) {
        byte[] wire = block.toByteArray();
        assertThat(SERVER.keeps(wire)).isEqualTo(block);
        SERVER.refusesEveryTruncation(wire);
        SERVER.survivesEveryTruncation(wire, DataBlockTest::relength);
        SERVER.survivesMutations(wire, 2000, block.type(), DataBlockTest::relength);
    }

    private static byte[] relength(byte[] block) {
        byte[] fixed = block.clone();
        if (fixed.length >= 4) {
            fixed[2] = (byte) fixed.length;
            fixed[3] = (byte) (fixed.length >> 8);
        }
        return fixed;
    }

    @Test
    void coreDataMayEndBehindAnyOfItsOptionalFields() {
        byte[] wire = CORE.toByteArray();
        TreeSet<Integer> complete = new TreeSet<>();
        for (int length = 4 + 128; length <= wire.length; length++) {
            ClientCoreData core = (ClientCoreData) CLIENT.keeps(relength(Arrays.copyOf(wire, length)));
            if (core.trailing().isEmpty()) {
                complete.add(length - 4);
            }
        }
        assertThat(complete)
                .containsExactly(128, 130, 132, 136, 138, 140, 142, 206, 207, 208, 212, 216, 220, 222, 226, 230);
    }

    @Test
    void theBuilderMakesWhatAClientMeans() {
        assertThat(CORE.requestedColorDepth()).isEqualTo(32);
        assertThat(CORE.highColorDepth()).hasValue(24);
        assertThat(CORE.hasEarlyCapability(ClientCoreData.VALID_CONNECTION_TYPE | ClientCoreData.SUPPORT_ERRINFO_PDU))
                .isTrue();
        assertThat(CORE.clientName()).isEqualTo("LABCLIENT");
        assertThat(CORE.serverSelectedProtocol()).contains(SecurityProtocols.RDSAAD);
        assertThat(CORE.deviceScaleFactor()).hasValue(100);

        ClientCoreData small = ClientCoreData.builder()
                .clientName("a-name-that-is-longer-than-the-field")
                .colorDepth(32)
                .colorDepth(16)
                .build();
        assertThat(small.clientName()).isEqualTo("a-name-that-is-");
        assertThat(small.requestedColorDepth()).isEqualTo(16);
        assertThat(small.desktopPhysicalWidth()).isEmpty();
    }

    @Test
    void theOldColorDepthCountsWhereThereIsNoNewerOne() {
        byte[] wire = Arrays.copyOf(CORE.toByteArray(), 4 + 130);
        wire[4 + 128] = 0x03;
        assertThat(((ClientCoreData) CLIENT.keeps(relength(wire))).requestedColorDepth())
                .isEqualTo(16);
        byte[] oldest = relength(Arrays.copyOf(wire, 4 + 128));
        assertThat(((ClientCoreData) CLIENT.keeps(oldest)).requestedColorDepth())
                .isEqualTo(8);
    }

    @Test
    void keepsJunkBehindTheTerminatorOfAName() {
        byte[] wire = CORE.toByteArray();
        wire[4 + 20 + 30] = 0x55;
        ClientCoreData core = (ClientCoreData) CLIENT.keeps(wire);
        assertThat(core.clientName()).isEqualTo("LABCLIENT");
        assertThat(core.clientNameField().at(30)).isEqualTo(0x55);
    }

    @ParameterizedTest
    @CsvSource({
        "03c00800 20000000, clientNetworkData.channelCount",
        "03c00800 ffffffff, clientNetworkData.channelCount",
        "05c00c00 00000000 01000000, clientMonitorData.monitorCount",
        "08c01000 00000000 15000000 00000000, clientMonitorExtendedData.monitorAttributeSize",
        "06c00600 0000, clientMessageChannelData.flags",
        "01c00800 04000800, clientCoreData.desktopWidth",
        "ffc00300, header.length",
        "ffc00600, header.length",
    })
    void refusesABadClientBlock(String hex, String field) {
        assertThatThrownBy(() -> CLIENT.keeps(Bytes.hex(hex).toArray()))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @ParameterizedTest
    @CsvSource({
        "020c1400 02000000 03000000 21000000 00000000, serverSecurityData.serverRandomLen",
        "020c1400 02000000 03000000 00000000 00000000, serverSecurityData.serverRandomLen",
        "020c0c00 02000000 03000000, serverSecurityData.serverRandomLen",
        "020c1400 00000000 00000000 00000000 01000000, serverSecurityData.serverCertLen",
        "020c1400 00000000 00000000 00000000 ffffffff, serverSecurityData.serverCertLen",
        "030c0a00 eb03 0200 ec03, serverNetworkData.channelCount",
        "040c0500 01, serverMessageChannelData.MCSChannelID",
    })
    void refusesABadServerBlock(String hex, String field) {
        assertThatThrownBy(() -> SERVER.keeps(Bytes.hex(hex).toArray()))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void allowsNoMoreChannelsAndMonitorsThanTheSpecification() {
        List<ChannelDef> channels = IntStream.range(0, 32)
                .mapToObj(i -> new ChannelDef("chan" + i, 0))
                .toList();
        assertThatThrownBy(() -> new ClientNetworkData(channels)).isInstanceOf(IllegalArgumentException.class);
        ClientNetworkData most = new ClientNetworkData(channels.subList(0, 31));
        assertThat(CLIENT.keeps(most.toByteArray())).isEqualTo(most);
        byte[] over = Arrays.copyOf(most.toByteArray(), 4 + 4 + 32 * 12);
        over[4] = 32;
        assertThatThrownBy(() -> CLIENT.keeps(relength(over)))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("at most 31");
        assertThatThrownBy(() -> new ChannelDef("eightchr", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnotherH221KeyByName() {
        Bytes blocks = Bytes.of(ServerMessages.core(0x00080004, 1));
        byte[] good = ServerMessages.gccResponse("McDn", blocks.toArray());
        assertThat(ConferenceCreateResponse.decode(Bytes.of(good)).blocks()).hasSize(1);
        assertThatThrownBy(() ->
                        ConferenceCreateResponse.decode(Bytes.of(ServerMessages.gccResponse("DnMc", blocks.toArray()))))
                .isInstanceOfSatisfying(WireException.class, e -> {
                    assertThat(e.field()).isEqualTo("h221NonStandardKey");
                    assertThat(e.seen()).isEqualTo("\"DnMc\"");
                    assertThat(e.rule()).isEqualTo("\"McDn\"");
                    assertThat(e.offset()).isEqualTo(17);
                });
        byte[] request = new ConferenceCreateRequest(List.of(CORE)).toByteArray();
        request[17] = 'X';
        assertThatThrownBy(() -> ConferenceCreateRequest.decode(Bytes.of(request)))
                .hasMessageContaining("ConferenceCreateRequest.h221NonStandardKey")
                .hasMessageContaining("Duca");
    }

    @Test
    void keepsHeadersThatPeersWriteOtherwise() {
        byte[] plain = new ConferenceCreateResponse(List.of(ServerSecurityData.none())).toByteArray();
        byte[] longForm = Bytes.hex("000500147c0001 2a 14 760a 0101 00 01c000 4d63446e 800c 020c0c000000000000000000")
                .toArray();
        ConferenceCreateResponse response = (ConferenceCreateResponse) RecordedGccTest.RESPONSE.keeps(longForm);
        assertThat(response.blocks()).containsExactly(ServerSecurityData.none());
        assertThat(response.otherHeader().size()).isEqualTo(longForm.length - 12);
        assertThat(((ConferenceCreateResponse) RecordedGccTest.RESPONSE.keeps(plain)).otherHeader())
                .isEqualTo(Bytes.EMPTY);
    }

    @Test
    void refusesLengthsThatDoNotAgreeWithWhatFollows() {
        byte[] wire = new ConferenceCreateRequest(List.of(CORE)).toByteArray();
        byte[] outer = wire.clone();
        outer[8]--;
        assertThatThrownBy(() -> ConferenceCreateRequest.decode(Bytes.of(outer)))
                .hasMessageContaining("connectPDU.length");
        byte[] inner = wire.clone();
        inner[22]--;
        assertThatThrownBy(() -> ConferenceCreateRequest.decode(Bytes.of(inner)))
                .hasMessageContaining("userData.length");
    }

    @Test
    void errorsSayWhereInTheFrameTheyAre() {
        byte[] blocks = ServerMessages.core(0x00080004, 1);
        Bytes damaged = Bytes.of(ServerMessages.gccResponse("DnMc", blocks));
        assertThatThrownBy(() -> ConferenceCreateResponse.decode(damaged, 73))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.offset()).isEqualTo(73 + 17));
        byte[] request = new ConferenceCreateRequest(List.of(CORE)).toByteArray();
        assertThat(ConferenceCreateRequest.decode(Bytes.of(request), 100))
                .isEqualTo(ConferenceCreateRequest.decode(Bytes.of(request)));
        request[17] = 'X';
        assertThatThrownBy(() -> ConferenceCreateRequest.decode(Bytes.of(request), 100))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.offset()).isEqualTo(100 + 17));
    }

    @Test
    void namesTheResultOfTheConference() {
        ConferenceCreateResponse refused = new ConferenceCreateResponse(1001, 1, 2, List.of(), Bytes.EMPTY);
        assertThat(((ConferenceCreateResponse) RecordedGccTest.RESPONSE.keeps(refused.toByteArray())).resultName())
                .isEqualTo("resourcesNotAvailable");
        assertThat(new ConferenceCreateResponse(List.of()).resultName()).isEqualTo("success");
        assertThat(new ConferenceCreateResponse(1001, 1, 7, List.of(), Bytes.EMPTY).resultName())
                .isEqualTo("unknown");
    }

    @Test
    void refusesOptionalFieldsWithAGap() {
        assertThatThrownBy(() -> new ServerCoreData(1, Optional.empty(), OptionalInt.of(1), Bytes.EMPTY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void describesEncryptionMethods() {
        assertThat(EncryptionMethod.describe(0)).isEqualTo("NONE");
        assertThat(EncryptionMethod.describe(0x1B)).isEqualTo("40BIT|128BIT|56BIT|FIPS");
        assertThat(EncryptionMethod.describe(0x22)).isEqualTo("128BIT|0x20");
    }
}
