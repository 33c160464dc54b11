package porthole.host.fault;

import static porthole.host.fault.FaultBuilder.before;
import static porthole.host.fault.FaultBuilder.instead;
import static porthole.host.fault.FaultBuilder.rewrite;
import static porthole.host.fault.ServerMessage.CONTROL_COOPERATE;
import static porthole.host.fault.ServerMessage.DEMAND_ACTIVE;
import static porthole.host.fault.ServerMessage.FONT_MAP;
import static porthole.host.fault.ServerMessage.SYNCHRONIZE;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.errorinfo.ErrorInfo;
import porthole.protocol.failure.Stage;
import porthole.protocol.mcs.DisconnectReason;
import porthole.protocol.mcs.SendData;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.share.DemandActivePdu;
import porthole.protocol.share.FontMapPdu;
import porthole.protocol.share.ServerRedirectionPdu;
import porthole.protocol.share.ShareControlHeader;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.share.SynchronizePdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.x224.X224Data;

/**
 * What can be wrong with capabilities and finalization. A client that looks out for multitransport first notices some of
 * it there, as the demand active is the first message that says that there will be none.
 */
final class ShareFaults {
    private static final int SHARE_AT = 15;
    private static final int FIRST_SET_AT = SHARE_AT + 22;
    private static final int UNKNOWN_SET = 0x7F;
    private static final int UNKNOWN_PDU_TYPE = 0xD;
    private static final int UNKNOWN_DATA_TYPE = 0x7E;

    private ShareFaults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>(demandActive());
        all.addAll(finalization());
        return all;
    }

    private static List<Fault> demandActive() {
        return List.of(
                sets("demand-active-unknown-capability", "adds a capability set of an unknown type", sets -> {
                            List<CapabilitySet> more = new ArrayList<>(sets);
                            more.add(0, new CapabilitySet.Unknown(UNKNOWN_SET, Bytes.of(new byte[20])));
                            return more;
                        })
                        .survived(),
                sets("demand-active-no-capabilities", "sends no capability set at all", sets -> List.of())
                        .survived(),
                rewrite(
                                "demand-active-count-lie",
                                DEMAND_ACTIVE,
                                "says that there are 65535 capability sets",
                                frame -> Frames.octet(
                                        Frames.octet(frame, FIRST_SET_AT - 4, 0xFF), FIRST_SET_AT - 3, 0xFF))
                        .fails("malformed-pdu"),
                rewrite(
                                "demand-active-set-length-lie",
                                DEMAND_ACTIVE,
                                "says that a capability set has 65535 octets",
                                frame -> Frames.octet(
                                        Frames.octet(frame, FIRST_SET_AT + 2, 0xFF), FIRST_SET_AT + 3, 0xFF))
                        .fails("malformed-pdu"),
                rewrite(
                                "demand-active-set-length-zero",
                                DEMAND_ACTIVE,
                                "says that a capability set has no octets",
                                frame -> Frames.octet(Frames.octet(frame, FIRST_SET_AT + 2, 0), FIRST_SET_AT + 3, 0))
                        .fails("malformed-pdu"),
                rewrite(
                                "demand-active-total-length-lie",
                                DEMAND_ACTIVE,
                                "says a totalLength beyond the message",
                                frame -> Frames.octet(Frames.octet(frame, SHARE_AT, 0xFF), SHARE_AT + 1, 0x7F))
                        .fails("malformed-pdu"),
                rewrite(
                                "demand-active-total-length-zero",
                                DEMAND_ACTIVE,
                                "says a totalLength of zero",
                                frame -> Frames.octet(Frames.octet(frame, SHARE_AT, 0), SHARE_AT + 1, 0))
                        .fails("malformed-pdu"),
                before(
                                "demand-active-behind-deactivate",
                                DEMAND_ACTIVE,
                                "deactivates what was never active",
                                Frames.deactivate())
                        .survived(),
                before(
                                "demand-active-behind-unknown-pdu",
                                DEMAND_ACTIVE,
                                "sends a share control PDU of an unknown type",
                                unknownControl())
                        .survived(),
                before(
                                "demand-active-behind-unknown-data",
                                DEMAND_ACTIVE,
                                "sends a share data PDU of an unknown type",
                                unknownData())
                        .survived(),
                before(
                                "demand-active-behind-flow-pdu",
                                DEMAND_ACTIVE,
                                "sends a flow PDU, as before RDP 5",
                                Frames.onIo(out -> out.u16le(0x8000)
                                        .u8(0)
                                        .u8(0x42)
                                        .u8(0)
                                        .u8(0)
                                        .u16le(1002)))
                        .survived(),
                instead(
                                "demand-active-is-disconnect",
                                DEMAND_ACTIVE,
                                "disconnects instead of activating",
                                Frames.disconnect(DisconnectReason.PROVIDER_INITIATED.code()))
                        .fails(Stage.MULTITRANSPORT_BOOTSTRAPPING, "mcs-disconnect"),
                instead(
                                "demand-active-is-font-map",
                                DEMAND_ACTIVE,
                                "sends a font map instead, and nothing more",
                                Frames.share(FontMapPdu.of()))
                        .fails("deadline"),
                instead(
                                "demand-active-is-redirection",
                                DEMAND_ACTIVE,
                                "redirects with a packet that does not say that it is one",
                                Frames.onIo(ServerRedirectionPdu.of(
                                        Frames.SERVER_USER,
                                        new ServerRedirectionPacket(0, 1, 0, Map.of(), Bytes.EMPTY))))
                        .fails("malformed-pdu"),
                before(
                                "demand-active-behind-error-info",
                                DEMAND_ACTIVE,
                                "says that the user may not log on, and disconnects",
                                Frames.join(
                                        Frames.errorInfo(0x00000007),
                                        Frames.disconnect(DisconnectReason.PROVIDER_INITIATED.code())))
                        .fails("error-info"));
    }

    private static List<Fault> finalization() {
        List<Fault> all = new ArrayList<>(List.of(
                before(
                                "synchronize-behind-unknown-data",
                                SYNCHRONIZE,
                                "sends a share data PDU of an unknown type",
                                unknownData())
                        .survived(),
                before(
                                "synchronize-behind-demand-active",
                                SYNCHRONIZE,
                                "activates a second time without a deactivation",
                                Frames.onIo(DemandActivePdu.of(
                                        Frames.SERVER_USER, Frames.FIRST_SHARE, Bytes.ascii("RDP\0"), List.of())))
                        .fails("unexpected-message"),
                before(
                                "cooperate-behind-granted",
                                CONTROL_COOPERATE,
                                "answers in another order",
                                Frames.share(SynchronizePdu.of(1007)))
                        .survived(),
                instead(
                                "font-map-empty",
                                FONT_MAP,
                                "sends a font map without its fields",
                                Frames.share(new FontMapPdu(
                                        OptionalInt.empty(),
                                        OptionalInt.empty(),
                                        OptionalInt.empty(),
                                        OptionalInt.empty(),
                                        Bytes.EMPTY)))
                        .survived(),
                before(
                                "font-map-behind-update",
                                FONT_MAP,
                                "paints before the session is active",
                                Frames.hex("0005030000"))
                        .survived(),
                before(
                                "font-map-behind-deactivate",
                                FONT_MAP,
                                "deactivates just before the session is active, and never activates again",
                                Frames.deactivate())
                        .fails(Stage.CAPABILITIES_EXCHANGE, "deadline"),
                before(
                                "font-map-behind-reactivation",
                                FONT_MAP,
                                "deactivates and activates again just before the session is active",
                                Frames.join(
                                        Frames.deactivate(),
                                        Frames.onIo(DemandActivePdu.of(
                                                Frames.SERVER_USER,
                                                Frames.FIRST_SHARE,
                                                Bytes.ascii("RDP\0"),
                                                List.of()))))
                        .survived(),
                instead(
                                "font-map-is-disconnect",
                                FONT_MAP,
                                "disconnects just before the session is active",
                                Frames.disconnect(DisconnectReason.PROVIDER_INITIATED.code()))
                        .fails("mcs-disconnect")));
        for (long code : new long[] {0x2, 0x5, 0x7, 0x9, 0x10, 0x100, 0x10F, 0x112F}) {
            all.add(before(
                            String.format("font-map-behind-error-info-%04x", code),
                            FONT_MAP,
                            "says " + ErrorInfo.of(code).name() + " and disconnects before the session is active",
                            Frames.join(
                                    Frames.errorInfo(code),
                                    Frames.disconnect(DisconnectReason.PROVIDER_INITIATED.code())))
                    .fails("error-info"));
        }
        return all;
    }

    /** A share control PDU that nobody has named. */
    static byte[] unknownControl() {
        return Frames.onIo(new ShareControlPdu.Unknown(
                new ShareControlHeader(
                        14, UNKNOWN_PDU_TYPE, ShareControlHeader.TS_PROTOCOL_VERSION, Frames.SERVER_USER),
                Bytes.of(new byte[8])));
    }

    /** A share data PDU that nobody has named. */
    static byte[] unknownData() {
        return Frames.share(new ShareDataBody.Unknown(UNKNOWN_DATA_TYPE, Bytes.of(new byte[8])));
    }

    private static FaultBuilder sets(String name, String description, UnaryOperator<List<CapabilitySet>> change) {
        return rewrite(name, DEMAND_ACTIVE, description, frame -> {
            SendData data = SendData.read(X224Data.unwrap(Unpooled.wrappedBuffer(frame), null));
            if (!(ShareControlPdu.decode(data.userData()) instanceof DemandActivePdu demand)) {
                return frame;
            }
            return Frames.onIo(DemandActivePdu.of(
                    demand.header().pduSource(),
                    demand.shareId(),
                    demand.sourceDescriptor(),
                    change.apply(demand.capabilitySets())));
        });
    }
}
