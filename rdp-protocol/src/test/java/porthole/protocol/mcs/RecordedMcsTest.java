package porthole.protocol.mcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import porthole.fixtures.Direction;
import porthole.protocol.DecoderLaws;
import porthole.protocol.Recorded;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.X224Data;

/** Every MCS PDU of every recording. */
class RecordedMcsTest {
    private static final DecoderLaws DOMAIN = new DecoderLaws("DomainPdu", body -> DomainPdu.decode(reader(body)));
    private static final DecoderLaws INITIAL =
            new DecoderLaws("ConnectInitial", body -> ConnectInitial.decode(reader(body)));
    private static final DecoderLaws RESPONSE =
            new DecoderLaws("ConnectResponse", body -> ConnectResponse.decode(reader(body)));

    private static WireReader reader(ByteBuf body) {
        return WireReader.of(body, "body", "T.125 7");
    }

    @Test
    void keepsEveryDomainPdu() {
        Map<String, Integer> seen = new TreeMap<>();
        for (Recorded recorded : Recorded.all(row -> row.frame().equals("tpkt"))) {
            byte[] frame = recorded.octets();
            if ((frame[5] & 0xFF) != 0xF0 || frame[7] == 0x7F) {
                continue;
            }
            Pdu pdu = DOMAIN.keeps(body(frame));
            seen.merge(pdu.getClass().getSimpleName(), 1, Integer::sum);
            if (recorded.detail().has("channel")) {
                int channel = recorded.detail().path("channel").asInt();
                int actual = pdu instanceof SendDataRequest request
                        ? request.channelId()
                        : ((SendDataIndication) pdu).channelId();
                assertThat(actual).as(recorded.toString()).isEqualTo(channel);
                assertThat(pdu instanceof SendDataRequest)
                        .as(recorded.toString())
                        .isEqualTo(recorded.row().dir() == Direction.C2S);
            }
        }
        assertThat(seen)
                .containsOnlyKeys(
                        "AttachUserConfirm",
                        "AttachUserRequest",
                        "ChannelJoinConfirm",
                        "ChannelJoinRequest",
                        "DisconnectProviderUltimatum",
                        "ErectDomainRequest",
                        "SendDataIndication",
                        "SendDataRequest");
        assertThat(seen.get("SendDataIndication")).isGreaterThan(9_000);
        assertThat(seen.get("SendDataRequest")).isGreaterThan(1_400);
    }

    @Test
    void writesSendDataFramesAsTheRecordedPeersDid() {
        int compared = 0;
        for (Recorded recorded : Recorded.ofKind("client-info")) {
            ByteBuf frame = Unpooled.wrappedBuffer(recorded.octets());
            SendData data = SendData.read(X224Data.unwrap(frame, null));
            assertThat(data.isIndication()).isFalse();
            assertThat(data.flags()).isEqualTo(SendData.FLAGS);
            Bytes userData = data.userData().rest("octets");
            ByteBuf again = SendData.request(
                    UnpooledByteBufAllocator.DEFAULT, data.initiator(), data.channelId(), out -> out.bytes(userData));
            assertThat(again).isEqualTo(frame);
            again.release();
            compared++;
        }
        for (Recorded recorded : Recorded.ofKind("demand-active")) {
            ByteBuf frame = Unpooled.wrappedBuffer(recorded.octets());
            SendData data = SendData.read(X224Data.unwrap(frame, null));
            assertThat(data.isIndication()).isTrue();
            Bytes userData = data.userData().rest("octets");
            ByteBuf again = SendData.indication(
                    UnpooledByteBufAllocator.DEFAULT, data.initiator(), data.channelId(), out -> out.bytes(userData));
            assertThat(again).isEqualTo(frame);
            again.release();
            compared++;
        }
        assertThat(compared).isGreaterThan(140);
    }

    @Test
    void keepsEveryConnectInitial() {
        List<Recorded> all = Recorded.ofKind("mcs-connect-initial");
        assertThat(all).hasSizeGreaterThan(100);
        for (Recorded recorded : all) {
            ConnectInitial initial = (ConnectInitial) INITIAL.keeps(body(recorded.octets()));
            assertThat(initial.callingDomainSelector()).isEqualTo(Bytes.hex("01"));
            assertThat(initial.calledDomainSelector()).isEqualTo(Bytes.hex("01"));
            assertThat(initial.upwardFlag()).isTrue();
            assertThat(initial.targetParameters()).isEqualTo(DomainParameters.TARGET);
            assertThat(initial.minimumParameters()).isEqualTo(DomainParameters.MINIMUM);
            assertThat(initial.maximumParameters())
                    .isEqualTo(new DomainParameters(65535, 64535, 65535, 1, 0, 1, 65535, 2));
            assertThat(initial.otherForm()).isEqualTo(Bytes.EMPTY);
            assertThat(initial).isEqualTo(ConnectInitial.of(initial.userData()));
        }
    }

    @Test
    void keepsEveryConnectResponse() {
        List<Recorded> all = Recorded.ofKind("mcs-connect-response");
        assertThat(all).hasSizeGreaterThan(95);
        for (Recorded recorded : all) {
            ConnectResponse response = (ConnectResponse) RESPONSE.keeps(body(recorded.octets()));
            assertThat(response.result()).isZero();
            assertThat(response.calledConnectId()).isZero();
            assertThat(response.domainParameters().maxMCSPDUsize()).isEqualTo(65528);
            assertThat(response.otherForm()).isEqualTo(Bytes.EMPTY);
        }
    }

    @Test
    void readsTheFieldsOfOnePduOfEachKind() {
        assertThat(DOMAIN.keeps(octets("0401000100"))).isEqualTo(new ErectDomainRequest());
        assertThat(DOMAIN.keeps(octets("0400010001"))).isEqualTo(new ErectDomainRequest(0, 0, Bytes.hex("00010001")));
        assertThat(DOMAIN.keeps(octets("28"))).isEqualTo(new AttachUserRequest());
        assertThat(DOMAIN.keeps(octets("2e000008"))).isEqualTo(new AttachUserConfirm(1009));
        assertThat(DOMAIN.keeps(octets("38000703ef"))).isEqualTo(new ChannelJoinRequest(1008, 1007));
        assertThat(DOMAIN.keeps(octets("3e00000703eb03eb"))).isEqualTo(new ChannelJoinConfirm(1008, 1003));
        assertThat(DOMAIN.keeps(octets("2180")))
                .isEqualTo(new DisconnectProviderUltimatum(DisconnectReason.USER_REQUESTED.code()));
        assertThat(DOMAIN.keeps(octets("64000703eb7003aabbcc")))
                .isEqualTo(new SendDataRequest(1008, 1003, 0x70, false, Bytes.hex("aabbcc")));
        assertThat(DOMAIN.keeps(octets("68000103eb708003aabbcc")))
                .isEqualTo(new SendDataIndication(1002, 1003, Bytes.hex("aabbcc")));
        assertThat(DOMAIN.keeps(octets("2c00"))).isEqualTo(new AttachUserConfirm(0, OptionalInt.empty()));
    }

    @Test
    void survivesTruncationAndMutation() {
        long seed = 10;
        for (String pdu : List.of(
                "0401000100",
                "040200ff0300ffff",
                "28",
                "2e000008",
                "38000703ef",
                "3e00000703eb03eb",
                "2180",
                "64000703eb7003aabbcc",
                "68000103eb708003aabbcc")) {
            if (!pdu.equals("040200ff0300ffff")) {
                DOMAIN.refusesEveryTruncation(octets(pdu));
            }
            DOMAIN.survivesMutations(octets(pdu), 2000, seed++, same -> same);
        }
        byte[] initial = body(Recorded.ofKind("mcs-connect-initial").get(0).octets());
        INITIAL.refusesEveryTruncation(initial);
        INITIAL.survivesMutations(initial, 3000, seed++, same -> same);
        INITIAL.survivesMutations(Arrays.copyOf(initial, 110), 1000, seed++, same -> same);
        byte[] response = body(Recorded.ofKind("mcs-connect-response").get(0).octets());
        RESPONSE.refusesEveryTruncation(response);
        RESPONSE.survivesMutations(response, 3000, seed, same -> same);
    }

    private static byte[] body(byte[] frame) {
        return Arrays.copyOfRange(frame, X224Data.HEADER_SIZE, frame.length);
    }

    private static byte[] octets(String hex) {
        return Bytes.hex(hex).toArray();
    }
}
