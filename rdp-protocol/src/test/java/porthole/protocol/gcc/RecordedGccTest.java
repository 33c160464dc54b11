package porthole.protocol.gcc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.protocol.DecoderLaws;
import porthole.protocol.Recorded;
import porthole.protocol.mcs.ConnectInitial;
import porthole.protocol.mcs.ConnectResponse;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.SecurityProtocols;
import porthole.protocol.x224.X224Data;

/** Every GCC conference create of every recording. */
class RecordedGccTest {
    static final DecoderLaws REQUEST = new DecoderLaws(
            "ConferenceCreateRequest",
            data -> ConferenceCreateRequest.decode(WireReader.of(data, "ConferenceCreateRequest", "T.124")));
    static final DecoderLaws RESPONSE = new DecoderLaws(
            "ConferenceCreateResponse",
            data -> ConferenceCreateResponse.decode(WireReader.of(data, "ConferenceCreateResponse", "T.124")));

    @Test
    void keepsEveryRequestAndReadsItAsTheRecorderDid() {
        for (Recorded recorded : Recorded.ofKind("mcs-connect-initial")) {
            ConferenceCreateRequest request = (ConferenceCreateRequest)
                    REQUEST.keeps(requestData(recorded).toArray());
            assertThat(request.otherHeader()).as(recorded.toString()).isEqualTo(Bytes.EMPTY);
            assertThat(request.blocks()).noneMatch(block -> block instanceof ClientDataBlock.Unknown);
            JsonNode detail = recorded.detail();
            ClientCoreData core = request.find(ClientCoreData.class).orElseThrow();
            assertThat(core.desktopWidth() + "x" + core.desktopHeight())
                    .isEqualTo(detail.path("desktop").asText());
            assertThat(core.serverSelectedProtocol().orElseThrow().bits())
                    .isEqualTo(detail.path("serverSelectedProtocol").asInt());
            assertThat(core.clientName()).isEqualTo("LABCLIENT");
            assertThat(core.trailing()).isEqualTo(Bytes.EMPTY);
            assertThat(request.find(ClientSecurityData.class).orElseThrow().encryptionMethods())
                    .isEqualTo(detail.path("encryptionMethods").asInt());
            assertThat(
                            request
                                    .find(ClientNetworkData.class)
                                    .map(ClientNetworkData::channelDefArray)
                                    .orElse(List.of())
                                    .stream()
                                    .map(ChannelDef::name))
                    .containsExactlyElementsOf(texts(detail.path("channels")));
        }
    }

    @Test
    void keepsEveryResponseAndReadsItAsTheRecorderDid() {
        for (Recorded recorded : Recorded.ofKind("mcs-connect-response")) {
            ConferenceCreateResponse response = (ConferenceCreateResponse)
                    RESPONSE.keeps(responseData(recorded).toArray());
            assertThat(response.blocks()).noneMatch(block -> block instanceof ServerDataBlock.Unknown);
            assertThat(response.nodeId()).isEqualTo(31219);
            assertThat(response.tag()).isEqualTo(1);
            assertThat(response.result()).isZero();
            JsonNode detail = recorded.detail();
            assertThat(response.find(ServerCoreData.class)
                            .flatMap(ServerCoreData::clientRequestedProtocols)
                            .map(SecurityProtocols::bits)
                            .orElse(0))
                    .as(recorded.toString())
                    .isEqualTo(detail.path("clientRequestedProtocols").asInt());
            ServerSecurityData security =
                    response.find(ServerSecurityData.class).orElseThrow();
            assertThat(security.encryptionMethod())
                    .isEqualTo(detail.path("encryptionMethod").asInt());
            assertThat(security.encryptionLevel())
                    .isEqualTo(detail.path("encryptionLevel").asInt());
            assertThat(security.serverRandom().isPresent()).isEqualTo(security.encryptionMethod() != 0);
            JsonNode channels = detail.path("channels");
            ServerNetworkData network = response.find(ServerNetworkData.class).orElseThrow();
            assertThat(channels.path(Integer.toString(network.mcsChannelId())).asText())
                    .isEqualTo("io");
            assertThat(network.channelIdArray()).allMatch(id -> channels.has(Integer.toString(id)));
            response.find(ServerMessageChannelData.class)
                    .ifPresent(message -> assertThat(channels.path(Integer.toString(message.mcsChannelId()))
                                    .asText())
                            .isEqualTo("msg"));
        }
    }

    @Test
    void readsTheCommandLineOfTheClientFromItsCoreData() {
        Recording recording = Fixtures.recording("freerdp-aad/default-authority");
        ConnectInitial initial = ConnectInitial.decode(X224Data.unwrap(
                Unpooled.wrappedBuffer(recording.firstPdu(Direction.C2S, "mcs-connect-initial")), null));
        ConferenceCreateRequest request = ConferenceCreateRequest.decode(initial.userData());
        ClientCoreData core = request.find(ClientCoreData.class).orElseThrow();
        assertThat(recording.runOption("size")).contains(core.desktopWidth() + "x" + core.desktopHeight());
        assertThat(recording.runOption("client-hostname")).contains(core.clientName());
        assertThat(core.version()).isEqualTo(ClientCoreData.VERSION_10_12);
        assertThat(core.clientBuild()).isEqualTo(18363);
        assertThat(core.requestedColorDepth()).isEqualTo(32);
        assertThat(core.connectionType().getAsInt()).isEqualTo(ClientCoreData.CONNECTION_TYPE_AUTODETECT);
        assertThat(core.hasEarlyCapability(ClientCoreData.SUPPORT_SKIP_CHANNELJOIN))
                .isTrue();
        assertThat(core.desktopPhysicalWidth()).hasValue(1000);
        assertThat(core.desktopScaleFactor()).hasValue(100);
        assertThat(core.deviceScaleFactor()).hasValue(100);
        assertThat(core.clientDigProductId()).contains("");
        assertThat(request.find(ClientClusterData.class).orElseThrow().flags())
                .isEqualTo(ClientClusterData.REDIRECTION_SUPPORTED | ClientClusterData.redirectionVersion(6));
        assertThat(request.find(ClientMultitransportChannelData.class)
                        .orElseThrow()
                        .flags())
                .isEqualTo(MultitransportFlags.TRANSPORTTYPE_UDPFECR);
        assertThat(request.find(ClientMessageChannelData.class)).isPresent();
        assertThat(request.find(ClientMonitorData.class)).isEmpty();
        assertThat(request.find(ClientNetworkData.class)
                        .orElseThrow()
                        .channelDefArray()
                        .get(0))
                .isEqualTo(new ChannelDef(
                        "rdpdr",
                        ChannelDef.OPTION_INITIALIZED
                                | ChannelDef.OPTION_ENCRYPT_RDP
                                | ChannelDef.OPTION_COMPRESS_RDP));
    }

    @Test
    void readsTheKeyMaterialOfStandardSecurity() {
        List<ServerSecurityData> encrypted = new ArrayList<>();
        for (Recorded recorded : Recorded.ofKind("mcs-connect-response")) {
            ConferenceCreateResponse.decode(responseData(recorded))
                    .find(ServerSecurityData.class)
                    .filter(security -> security.encryptionMethod() != 0)
                    .ifPresent(encrypted::add);
        }
        assertThat(encrypted).isNotEmpty().allSatisfy(security -> {
            assertThat(security.serverRandom().orElseThrow().size()).isEqualTo(32);
            // dwVersion 1, RSA with MD5, a key blob that begins with RSA1 (MS-RDPBCGR 2.2.1.4.3.1.1)
            assertThat(security.serverCertificate().orElseThrow().slice(0, 14))
                    .isEqualTo(Bytes.hex("01000000 01000000 01000000 0600"));
            assertThat(security.serverCertificate().orElseThrow().slice(16, 4)).isEqualTo(Bytes.ascii("RSA1"));
        });
        assertThat(encrypted.stream().map(ServerSecurityData::encryptionMethod))
                .contains(EncryptionMethod.BITS_128, EncryptionMethod.FIPS);
    }

    @Test
    void survivesTruncationAndMutation() {
        long seed = 50;
        byte[] request =
                requestData(Recorded.ofKind("mcs-connect-initial").get(0)).toArray();
        REQUEST.refusesEveryTruncation(request);
        REQUEST.survivesMutations(request, 5000, seed++, same -> same);
        for (Recorded recorded : Recorded.ofKind("mcs-connect-response").subList(0, 40)) {
            byte[] response = responseData(recorded).toArray();
            RESPONSE.refusesEveryTruncation(response);
            RESPONSE.survivesMutations(response, 200, seed++, same -> same);
        }
    }

    private static Bytes requestData(Recorded recorded) {
        return ConnectInitial.decode(X224Data.unwrap(Unpooled.wrappedBuffer(recorded.octets()), null))
                .userData();
    }

    private static Bytes responseData(Recorded recorded) {
        return ConnectResponse.decode(X224Data.unwrap(Unpooled.wrappedBuffer(recorded.octets()), null))
                .userData();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
