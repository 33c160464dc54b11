package porthole.host.fault;

import static porthole.host.fault.FaultBuilder.before;
import static porthole.host.fault.FaultBuilder.instead;
import static porthole.host.fault.FaultBuilder.rewrite;
import static porthole.host.fault.ServerMessage.ATTACH_USER_CONFIRM;
import static porthole.host.fault.ServerMessage.CHANNEL_JOIN_CONFIRM;
import static porthole.host.fault.ServerMessage.CONNECT_RESPONSE;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import porthole.protocol.gcc.ConferenceCreateResponse;
import porthole.protocol.gcc.ServerCoreData;
import porthole.protocol.gcc.ServerDataBlock;
import porthole.protocol.gcc.ServerNetworkData;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.mcs.AttachUserConfirm;
import porthole.protocol.mcs.ChannelJoinConfirm;
import porthole.protocol.mcs.ConnectResponse;
import porthole.protocol.mcs.DisconnectReason;
import porthole.protocol.mcs.McsResult;
import porthole.protocol.wire.Bytes;
import porthole.protocol.x224.SecurityProtocols;
import porthole.protocol.x224.X224Data;

/** What can be wrong with the MCS connect, its GCC blocks, and the channels. */
final class McsFaults {
    private static final int UNKNOWN_BLOCK = 0x0CFF;
    private static final Bytes GCC_KEY = Bytes.ascii("McDn");

    private McsFaults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (int code : new int[] {1, 8, 14, 15}) {
            all.add(response(
                            "connect-response-result-" + code,
                            "refuses the MCS connect with result " + code,
                            r -> new ConnectResponse(code, r.calledConnectId(), r.domainParameters(), r.userData()))
                    .fails("mcs-connect"));
        }
        all.addAll(gcc());
        all.addAll(channels());
        return all;
    }

    private static List<Fault> gcc() {
        return List.of(
                blocks(
                                "connect-response-no-network-data",
                                "leaves the network data out",
                                blocks -> blocks.stream()
                                        .filter(b -> !(b instanceof ServerNetworkData))
                                        .toList())
                        .fails("unexpected-message"),
                blocks(
                                "connect-response-too-many-channels",
                                "gives ids to 40 channels that nobody asked for",
                                blocks -> changed(blocks, new ServerNetworkData(Frames.IO_CHANNEL, manyIds())))
                        .fails("unexpected-message"),
                blocks(
                                "connect-response-other-requested-protocols",
                                "repeats other requested protocols than were sent",
                                blocks ->
                                        changed(blocks, new ServerCoreData(0x00080004, new SecurityProtocols(0x0B), 0)))
                        .fails("unexpected-message"),
                blocks(
                                "connect-response-encryption",
                                "asks for standard encryption inside of TLS",
                                blocks -> changed(
                                        blocks,
                                        new ServerSecurityData(2, 2, Bytes.of(new byte[32]), Bytes.of(new byte[64]))))
                        .fails("unexpected-message"),
                blocks("connect-response-unknown-block", "sends a block of an unknown type", blocks -> {
                            List<ServerDataBlock> more = new ArrayList<>(blocks);
                            more.add(1, new ServerDataBlock.Unknown(UNKNOWN_BLOCK, Bytes.of(new byte[12])));
                            return more;
                        })
                        .survived(),
                rewrite(
                                "connect-response-block-length-lie",
                                CONNECT_RESPONSE,
                                "says that a block has 65535 octets",
                                frame -> {
                                    int core = Frames.find(frame, GCC_KEY.toArray()) + GCC_KEY.size() + 1;
                                    return Frames.octet(Frames.octet(frame, core + 2, 0xFF), core + 3, 0xFF);
                                })
                        .fails("malformed-pdu"),
                rewrite(
                                "connect-response-block-length-zero",
                                CONNECT_RESPONSE,
                                "says that a block has no octets",
                                frame -> {
                                    int core = Frames.find(frame, GCC_KEY.toArray()) + GCC_KEY.size() + 1;
                                    return Frames.octet(Frames.octet(frame, core + 2, 0), core + 3, 0);
                                })
                        .fails("malformed-pdu"),
                rewrite(
                                "connect-response-ber-length-lie",
                                CONNECT_RESPONSE,
                                "says a wrong BER length",
                                frame -> Frames.octet(frame, X224Data.HEADER_SIZE + 2, 0x7F))
                        .fails("malformed-pdu"),
                instead(
                                "connect-response-is-disconnect",
                                CONNECT_RESPONSE,
                                "disconnects instead of a connect response",
                                Frames.disconnect(DisconnectReason.PROVIDER_INITIATED.code()))
                        .fails("malformed-pdu"));
    }

    private static List<Fault> channels() {
        int failed = McsResult.UNSPECIFIED_FAILURE.code();
        return List.of(
                instead(
                                "attach-user-confirm-result-14",
                                ATTACH_USER_CONFIRM,
                                "does not attach the user",
                                Frames.mcs(new AttachUserConfirm(failed, OptionalInt.empty())))
                        .fails("mcs-result"),
                instead(
                                "attach-user-confirm-without-initiator",
                                ATTACH_USER_CONFIRM,
                                "attaches the user without an id",
                                Frames.mcs(new AttachUserConfirm(0, OptionalInt.empty())))
                        .fails("unexpected-message"),
                instead(
                                "attach-user-confirm-is-disconnect",
                                ATTACH_USER_CONFIRM,
                                "disconnects instead of attaching",
                                Frames.disconnect(DisconnectReason.DOMAIN_DISCONNECTED.code()))
                        .fails("mcs-disconnect"),
                instead(
                                "attach-user-confirm-is-join",
                                ATTACH_USER_CONFIRM,
                                "confirms a join that was not asked for",
                                Frames.mcs(new ChannelJoinConfirm(1007, Frames.IO_CHANNEL)))
                        .fails("unexpected-message"),
                instead(
                                "attach-user-confirm-unknown-pdu",
                                ATTACH_USER_CONFIRM,
                                "sends an MCS PDU that RDP does not use",
                                Frames.hex("0300000b02f08008000000"))
                        .fails("unexpected-message"),
                instead(
                                "channel-join-confirm-result-14",
                                CHANNEL_JOIN_CONFIRM,
                                "refuses a join",
                                Frames.mcs(
                                        new ChannelJoinConfirm(failed, 1007, Frames.IO_CHANNEL, OptionalInt.empty())))
                        .fails("mcs-result"),
                instead(
                                "channel-join-confirm-without-id",
                                CHANNEL_JOIN_CONFIRM,
                                "confirms a join without a channel id",
                                Frames.mcs(new ChannelJoinConfirm(0, 1007, Frames.IO_CHANNEL, OptionalInt.empty())))
                        .fails("unexpected-message"),
                instead(
                                "channel-join-confirm-other-channel",
                                CHANNEL_JOIN_CONFIRM,
                                "confirms the join of another channel",
                                Frames.mcs(new ChannelJoinConfirm(1007, 4711)))
                        .fails("unexpected-message"),
                instead(
                                "channel-join-confirm-is-disconnect",
                                CHANNEL_JOIN_CONFIRM,
                                "disconnects instead of confirming a join",
                                Frames.disconnect(DisconnectReason.PROVIDER_INITIATED.code()))
                        .fails("mcs-disconnect"),
                before(
                                "channel-join-confirm-behind-send-request",
                                CHANNEL_JOIN_CONFIRM,
                                "sends what only a client may send",
                                Frames.hex("0300000f02f08064000003eb700100"))
                        .fails("unexpected-message"));
    }

    private static List<Integer> manyIds() {
        List<Integer> ids = new ArrayList<>();
        for (int id = 2000; id < 2040; id++) {
            ids.add(id);
        }
        return ids;
    }

    private static List<ServerDataBlock> changed(List<ServerDataBlock> blocks, ServerDataBlock other) {
        return blocks.stream().map(b -> b.type() == other.type() ? other : b).toList();
    }

    private static FaultBuilder blocks(String name, String description, UnaryOperator<List<ServerDataBlock>> change) {
        return response(
                name,
                description,
                r -> ConnectResponse.of(new ConferenceCreateResponse(change.apply(
                                ConferenceCreateResponse.decode(r.userData()).blocks()))
                        .toUserData()));
    }

    private static FaultBuilder response(String name, String description, UnaryOperator<ConnectResponse> change) {
        return rewrite(
                name,
                CONNECT_RESPONSE,
                description,
                frame -> Frames.mcs(
                        change.apply(ConnectResponse.decode(X224Data.unwrap(Unpooled.wrappedBuffer(frame), null)))));
    }
}
