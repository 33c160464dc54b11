package porthole.protocol.mcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.ServerMessages;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.X224Data;

/** The rules of T.125 and of its encodings, on octets that no recording has. */
class McsRulesTest {
    @Test
    void confirmsMayLeaveOutTheirLastFieldAndSayWhy() {
        assertThat(decodeFrame(ServerMessages.attachUserConfirm(14, null)))
                .isEqualTo(new AttachUserConfirm(14, OptionalInt.empty()));
        assertThat(decodeFrame(ServerMessages.attachUserConfirm(14, 1007)))
                .isEqualTo(new AttachUserConfirm(14, OptionalInt.of(1007)));
        assertThat(decodeFrame(ServerMessages.joinConfirm(3, 1004, null)))
                .isEqualTo(new ChannelJoinConfirm(3, ServerMessages.USER_CHANNEL, 1004, OptionalInt.empty()));
        assertThat(decodeFrame(ServerMessages.joinConfirm(0, 1004, 0x7777)))
                .isEqualTo(new ChannelJoinConfirm(0, ServerMessages.USER_CHANNEL, 1004, OptionalInt.of(0x7777)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 14, 15})
    void packsEveryResultIntoFourBits(int result) {
        AttachUserConfirm attach = new AttachUserConfirm(result, OptionalInt.of(1009));
        ChannelJoinConfirm join = new ChannelJoinConfirm(result, 1009, 5, OptionalInt.empty());
        assertThat(decode(Bytes.of(attach.toByteArray()))).isEqualTo(attach);
        assertThat(decode(Bytes.of(join.toByteArray()))).isEqualTo(join);
        assertThat(Bytes.of(attach.toByteArray()))
                .isEqualTo(
                        Bytes.of(ServerMessages.attachUserConfirm(result, 1009)).slice(X224Data.HEADER_SIZE, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 7})
    void packsEveryReasonIntoThreeBits(int reason) {
        DisconnectProviderUltimatum ultimatum = new DisconnectProviderUltimatum(reason);
        assertThat(decode(Bytes.of(ultimatum.toByteArray()))).isEqualTo(ultimatum);
        assertThat(decodeFrame(ServerMessages.disconnectUltimatum(reason))).isEqualTo(ultimatum);
    }

    @ParameterizedTest
    @CsvSource({
        "2e0008, initiator", // the octets end
        "2e010008, result", // padding bits
        "2effffff, result",
        "2e00fffe, initiator", // a user id above 65535
        "2e00000800, ''", // octets behind the last field
        "2181, reason",
        "218000, ''",
        "04010001, subInterval",
        "0402000001 00, subHeight", // not the fewest octets
        "040001010000, subHeight.length",
        "04050000000001 0100, subHeight.length",
        "0404ffffffff 0100, subHeight",
        "64000703eb7004aabbcc, userData.length",
        "64000703eb7002aabbcc, userData.length",
        "64000703eb70c1aabbcc, userData.length",
        "64000703eb70, userData.length",
        "64ffff03eb7000, initiator",
        "2800, ''",
    })
    void refusesAtTheFieldThatIsWrong(String hex, String field) {
        assertThatThrownBy(() -> decode(Bytes.hex(hex)))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void keepsWhatItDoesNotKnow() {
        DomainPdu pdu = decode(Bytes.hex("6c0102"));
        assertThat(pdu).isEqualTo(new DomainPdu.Unknown(0x6C, Bytes.hex("0102")));
        assertThat(((DomainPdu.Unknown) pdu).number()).isEqualTo(27);
        assertThat(decode(Bytes.hex("65000703eb7000"))).isInstanceOf(DomainPdu.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({
        // the outer length one less, as Microsoft's client suite sends it, one more, indefinite, of five octets
        "7f6609 0a0100 020100 0000 00, domainParameters.tag",
        "7f6680 0a0100, body.length",
        "7f6685 0000000003 0a0100, body.length",
        "7f6604 0a0100, body.length",
        "7f6602 0a0100, ''",
        "7f6603 0a0200, body.result.length",
        "7f6603 020100, body.result.tag",
        "7f6605 0a03010000, body.result",
        "7f6602 0a00, body.result",
        "7f6503 0a0100, tag",
    })
    void refusesBadBer(String hex, String field) {
        assertThatThrownBy(() -> ConnectResponse.decode(WireReader.of(Bytes.hex(hex), "body", "T.125 7")))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).endsWith(field));
    }

    @Test
    void keepsLongerFormsThanItsOwn() {
        ConnectResponse plain = ConnectResponse.of(Bytes.hex("0102"));
        Bytes wire =
                Bytes.hex("7f66 820027 0a0100 020100 301a 020122 020103 020100 020101 020100 020101 020300fff8 020102"
                        + "048102 0102");
        ConnectResponse other = ConnectResponse.decode(WireReader.of(wire, "body", "T.125 7"));
        assertThat(other.userData()).isEqualTo(plain.userData());
        assertThat(other.domainParameters()).isEqualTo(DomainParameters.HOST);
        assertThat(other.otherForm()).isEqualTo(wire);
        assertThat(Bytes.of(other.toByteArray())).isEqualTo(wire);
    }

    @Test
    void readsTheNumbersOfWindowsClientsAsUnsigned() {
        Bytes parameters = Bytes.hex("0202ffff 0202fc17 0202ffff 020101 020100 020101 0202ffff 020102");
        assertThat(DomainParameters.decode(WireReader.of(parameters, "DomainParameters", "T.125 7")))
                .isEqualTo(DomainParameters.MAXIMUM);
    }

    @Test
    void sendDataIsBorrowedAndBounded() {
        Bytes body = Bytes.of(new byte[200]);
        ByteBuf frame = SendData.indication(UnpooledByteBufAllocator.DEFAULT, 1002, 1004, out -> out.bytes(body));
        WireReader in = X224Data.unwrap(frame, null);
        assertThat(SendData.follows(in)).isTrue();
        SendData data = SendData.read(in);
        assertThat(data.isIndication()).isTrue();
        assertThat(data.initiator()).isEqualTo(1002);
        assertThat(data.channelId()).isEqualTo(1004);
        assertThat(data.userData().remaining()).isEqualTo(200);
        frame.setByte(frame.writerIndex() - 200, 0x5A); // a view sees what happens to the frame
        assertThat(data.userData().u8("octet")).isEqualTo(0x5A);
        frame.release();

        assertThat(SendData.follows(
                        X224Data.unwrap(Unpooled.wrappedBuffer(ServerMessages.disconnectUltimatum(3)), null)))
                .isFalse();
    }

    @Test
    void sendDataTakesAsMuchAsItsLengthCanSay() {
        Bytes most = Bytes.of(new byte[SendData.MAX_USER_DATA]);
        ByteBuf frame = SendData.request(UnpooledByteBufAllocator.DEFAULT, 1009, 1003, out -> out.bytes(most));
        assertThat(SendData.read(X224Data.unwrap(frame, null)).userData().remaining())
                .isEqualTo(16383);
        frame.release();
        assertThat(decode(Bytes.of(new SendDataRequest(1009, 1003, most).toByteArray())))
                .isEqualTo(new SendDataRequest(1009, 1003, most));

        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false);
        assertThatThrownBy(() -> SendData.request(allocator, 1009, 1003, out -> out.zeros(16384)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory())
                .isZero();
    }

    @Test
    void tellsEachOctetOfAFrameToAListenerOnce() {
        byte[] wire = ServerMessages.joinConfirm(0, 1004, 1004);
        List<String> fields = new ArrayList<>();
        int[] covered = {0};
        WireReader in = X224Data.unwrap(Unpooled.wrappedBuffer(wire), (path, offset, length, value) -> {
            assertThat(offset).isEqualTo(covered[0]);
            covered[0] += length;
            fields.add(path);
        });
        DomainPdu.decode(in);
        in.end();
        assertThat(covered[0]).isEqualTo(wire.length);
        assertThat(fields)
                .endsWith(
                        "ChannelJoinConfirm.initiator", "ChannelJoinConfirm.requested", "ChannelJoinConfirm.channelId");
    }

    @Test
    void namesResultsAndReasons() {
        assertThat(new McsResult(0).isSuccessful()).isTrue();
        assertThat(new McsResult(3)).hasToString("rt-no-such-channel (3)");
        assertThat(new McsResult(15).name()).isEqualTo("rt-user-rejected");
        assertThat(new McsResult(16).name()).isEqualTo("unknown");
        assertThat(new McsResult(-1).meaning()).isNotBlank();
        assertThat(new DisconnectReason(1)).hasToString("rn-provider-initiated (1)");
        assertThat(new DisconnectReason(4).name()).isEqualTo("rn-channel-purged");
        assertThat(new DisconnectReason(5).name()).isEqualTo("unknown");
    }

    private static DomainPdu decodeFrame(byte[] frame) {
        return DomainPdu.decode(X224Data.unwrap(Unpooled.wrappedBuffer(frame), null));
    }

    private static DomainPdu decode(Bytes body) {
        return DomainPdu.decode(WireReader.of(body, "body", "T.125 7"));
    }
}
