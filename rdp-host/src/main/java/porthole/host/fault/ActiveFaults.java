package porthole.host.fault;

import static porthole.host.fault.FaultBuilder.before;
import static porthole.host.fault.FaultBuilder.fault;
import static porthole.host.fault.FaultBuilder.instead;
import static porthole.host.fault.FaultBuilder.rewrite;
import static porthole.host.fault.ServerMessage.AUTO_RECONNECT_COOKIE;
import static porthole.host.fault.ServerMessage.BITMAP;
import static porthole.host.fault.ServerMessage.HEARTBEAT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import porthole.protocol.errorinfo.ErrorInfo;
import porthole.protocol.failure.Stage;
import porthole.protocol.fastpath.FastPathOutput;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.mcs.DisconnectReason;
import porthole.protocol.share.DemandActivePdu;
import porthole.protocol.wire.Bytes;

/** What can be wrong once the session is active; most of it is done to the first bitmap update. */
final class ActiveFaults {
    private static final int UPDATE_AT = 3;
    private static final int BITMAPS_AT = UPDATE_AT + 3 + 2;
    private static final int BITMAP_LENGTH_AT = BITMAPS_AT + 2 + 16;
    /** Behind TPKT, X.224, MCS, the share headers, infoType, length, fieldsPresent and cbFieldData. */
    private static final int COOKIE_LENGTH_AT = 15 + 6 + 12 + 4 + 2 + 4 + 4;

    private static final int UNKNOWN_UPDATE = 0xE;

    private ActiveFaults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>(updates());
        all.addAll(messages());
        all.addAll(endings());
        return all;
    }

    private static List<Fault> updates() {
        return List.of(
                rewrite(
                                "bitmap-length-lie",
                                BITMAP,
                                "says that a bitmap has 65535 octets",
                                frame -> Frames.octet(
                                        Frames.octet(frame, BITMAP_LENGTH_AT, 0xFF), BITMAP_LENGTH_AT + 1, 0xFF))
                        .fails("malformed-pdu"),
                rewrite(
                                "bitmap-count-lie",
                                BITMAP,
                                "says that an update has 65535 bitmaps",
                                frame -> Frames.octet(Frames.octet(frame, BITMAPS_AT, 0xFF), BITMAPS_AT + 1, 0xFF))
                        .fails("malformed-pdu"),
                rewrite(
                                "bitmap-wrong-type",
                                BITMAP,
                                "says another update type within a bitmap update",
                                frame -> Frames.octet(frame, BITMAPS_AT - 2, 0x63))
                        .fails("malformed-pdu"),
                rewrite(
                                "bitmap-update-size-lie",
                                BITMAP,
                                "says that a fast-path update is larger than its frame",
                                frame -> Frames.octet(Frames.octet(frame, UPDATE_AT + 1, 0xFF), UPDATE_AT + 2, 0x7F))
                        .fails("malformed-pdu"),
                rewrite(
                                "bitmap-frame-length-lie",
                                BITMAP,
                                "says a fast-path length below its header",
                                frame -> Frames.octet(Frames.octet(frame, 1, 0x80), 2, 1))
                        .fails("malformed-pdu"),
                rewrite(
                                "bitmap-compression-unknown",
                                BITMAP,
                                "says an update is compressed in a way that nobody offered",
                                frame -> compressed(frame, 0x2F))
                        .fails("malformed-pdu"),
                rewrite(
                                "bitmap-compression-garbage",
                                BITMAP,
                                "says a plain update is compressed",
                                frame -> compressed(frame, 0x61))
                        .fails("malformed-pdu"),
                before(
                                "bitmap-behind-lost-fragment",
                                BITMAP,
                                "sends the middle of an update that never began",
                                update(FastPathUpdate.BITMAP, FastPathUpdate.NEXT, new byte[16]))
                        .fails("malformed-pdu"),
                before(
                                "bitmap-behind-last-fragment",
                                BITMAP,
                                "sends the end of an update that never began",
                                update(FastPathUpdate.BITMAP, FastPathUpdate.LAST, new byte[16]))
                        .fails("malformed-pdu"),
                before(
                                "bitmap-behind-unknown-update",
                                BITMAP,
                                "sends a fast-path update of an unknown type",
                                update(UNKNOWN_UPDATE, FastPathUpdate.SINGLE, new byte[16]))
                        .survived(),
                before(
                                "bitmap-behind-empty-frame",
                                BITMAP,
                                "sends a fast-path frame without any update",
                                Frames.hex("0002"))
                        .survived(),
                before(
                                "bitmap-behind-synchronize",
                                BITMAP,
                                "sends a synchronize update",
                                update(FastPathUpdate.SYNCHRONIZE, FastPathUpdate.SINGLE, new byte[0]))
                        .survived());
    }

    private static List<Fault> messages() {
        return List.of(
                before(
                                "active-unknown-data-pdu",
                                BITMAP,
                                "sends a share data PDU of an unknown type",
                                ShareFaults.unknownData())
                        .survived(),
                before(
                                "active-unknown-control-pdu",
                                BITMAP,
                                "sends a share control PDU of an unknown type",
                                ShareFaults.unknownControl())
                        .survived(),
                before(
                                "active-unknown-channel",
                                BITMAP,
                                "sends data on a channel that nobody joined",
                                Frames.onChannel(4711, out -> out.u32le(0)))
                        .survived(),
                before(
                                "active-mcs-unknown-pdu",
                                BITMAP,
                                "sends an MCS PDU that RDP does not use",
                                Frames.hex("0300000b02f08008000000"))
                        .fails("unexpected-message"),
                before(
                                "active-demand-active",
                                BITMAP,
                                "activates without a deactivation",
                                Frames.onIo(DemandActivePdu.of(
                                        Frames.SERVER_USER, Frames.FIRST_SHARE, Bytes.ascii("RDP\0"), List.of())))
                        .fails("unexpected-message"),
                before("active-deactivate", BITMAP, "deactivates, and never activates again", Frames.deactivate())
                        .fails(Stage.CAPABILITIES_EXCHANGE, "deadline"),
                before(
                                "active-deactivate-short",
                                BITMAP,
                                "deactivates with a header alone, and never activates again",
                                Frames.onIo(out -> out.u16le(4).u16le(0x16)))
                        .fails(Stage.CAPABILITIES_EXCHANGE, "deadline"),
                before(
                                "active-total-length-lie",
                                BITMAP,
                                "sends a share PDU whose totalLength lies beyond the message",
                                Frames.onIo(out -> out.u16le(0x7FFF).u16le(0x17).u16le(1002)))
                        .fails("malformed-pdu"),
                before("active-set-error-none", BITMAP, "says that there is no error", Frames.errorInfo(0))
                        .survived(),
                instead("active-garbage", BITMAP, "sends octets that are no message", filled(0xEE, 64))
                        .fails("malformed-pdu"),
                instead("active-http", BITMAP, "goes on in HTTP", Frames.ascii("HTTP/1.1 502 Bad Gateway\r\n\r\n"))
                        .fails("malformed-pdu"));
    }

    private static List<Fault> endings() {
        List<Fault> all = new ArrayList<>();
        all.add(fault("active-early-close", BITMAP, "closes without a word", new Effect.EndBefore(false))
                .fails("early-close"));
        all.add(fault("active-reset", BITMAP, "resets the connection", new Effect.EndBefore(true))
                .fails("io"));
        all.add(fault("heartbeat-stops", HEARTBEAT, "sends a heartbeat and nothing more", new Effect.SilenceAfter())
                .quirk(Quirk.HEARTBEATS)
                .fails("heartbeat-lost"));
        all.add(fault("heartbeat-missing", HEARTBEAT, "leaves the first heartbeat out", new Effect.Drop())
                .quirk(Quirk.HEARTBEATS)
                .survived());
        all.add(fault(
                        "auto-reconnect-cookie-cut-off",
                        AUTO_RECONNECT_COOKIE,
                        "sends an auto-reconnect cookie with a wrong length",
                        new Effect.Rewrite(frame -> Frames.octet(frame, COOKIE_LENGTH_AT, 0x1D)))
                .fails("malformed-pdu"));
        all.add(fault(
                        "active-close-within-frame",
                        BITMAP,
                        "closes in the middle of an update",
                        new Effect.Rewrite(frame -> Arrays.copyOf(frame, frame.length / 2)),
                        new Effect.EndAfter(false))
                .fails("early-close"));
        for (long code : new long[] {0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x9, 0xB, 0x17, 0x19, 0x10C9}) {
            all.add(instead(
                            String.format("active-error-info-%04x", code),
                            BITMAP,
                            "says " + ErrorInfo.of(code).name() + " and disconnects",
                            Frames.join(
                                    Frames.errorInfo(code),
                                    Frames.disconnect(DisconnectReason.PROVIDER_INITIATED.code())))
                    .fails("error-info"));
        }
        all.add(fault(
                        "active-error-info-close",
                        BITMAP,
                        "says ERRINFO_OUT_OF_MEMORY and closes without a disconnect",
                        new Effect.Rewrite(frame -> Frames.errorInfo(0x6)),
                        new Effect.EndAfter(false))
                .fails("error-info"));
        return all;
    }

    private static byte[] update(int code, int fragmentation, byte[] data) {
        return FastPathOutput.of(
                        new FastPathUpdate(code, fragmentation, 0, FastPathUpdate.NO_COMPRESSION_FLAGS, Bytes.of(data)))
                .toByteArray();
    }

    /** The frame's one update with compression flags, which it has not got so far. */
    private static byte[] compressed(byte[] frame, int flags) {
        byte[] data = Arrays.copyOfRange(frame, UPDATE_AT + 3, frame.length);
        return FastPathOutput.of(new FastPathUpdate(
                        FastPathUpdate.BITMAP,
                        FastPathUpdate.SINGLE,
                        FastPathUpdate.COMPRESSION_USED,
                        flags,
                        Bytes.of(data)))
                .toByteArray();
    }

    static byte[] filled(int value, int length) {
        byte[] octets = new byte[length];
        Arrays.fill(octets, (byte) value);
        return octets;
    }
}
