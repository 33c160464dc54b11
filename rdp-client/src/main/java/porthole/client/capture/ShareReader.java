package porthole.client.capture;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import porthole.protocol.graphics.PointerUpdate;
import porthole.protocol.graphics.SlowPathPointer;
import porthole.protocol.graphics.SlowPathUpdate;
import porthole.protocol.input.SlowPathInput;
import porthole.protocol.input.SlowPathInputEvent;
import porthole.protocol.share.FlowPdu;
import porthole.protocol.share.ShareControlHeader;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.share.ShareDataHeader;
import porthole.protocol.wire.WireReader;

/** Reads the share PDUs of one MCS message (MS-RDPBCGR 2.2.8.1.1.1), decompressed where they have to be. */
final class ShareReader {
    private static final String SECTION = "MS-RDPBCGR 2.2.8.1.1.1.1";
    private static final int LEAST = 4;
    private static final int TYPE2_OFFSET = ShareControlHeader.SIZE + 8;
    private static final Map<Integer, String> CONTROL_NAMES = Map.of(
            ShareControlHeader.PDUTYPE_DEMANDACTIVEPDU, "DemandActivePdu",
            ShareControlHeader.PDUTYPE_CONFIRMACTIVEPDU, "ConfirmActivePdu",
            ShareControlHeader.PDUTYPE_DEACTIVATEALLPDU, "DeactivateAllPdu",
            ShareControlHeader.PDUTYPE_SERVER_REDIR_PKT, "ServerRedirectionPdu");

    private final SessionFacts facts;

    ShareReader(SessionFacts facts) {
        this.facts = facts;
    }

    /** Whether a share control header follows rather than a security header, which its own length and version tell. */
    static boolean follows(WireReader in, ByteBuf frame) {
        if (!in.has(LEAST)) {
            return false;
        }
        int totalLength = in.peekU16le("totalLength");
        if (totalLength == FlowPdu.FLOW_MARKER) {
            return true;
        }
        int type = frame.getUnsignedShortLE(frame.readerIndex() + in.offset() + 2);
        return totalLength >= LEAST && totalLength <= in.remaining() && type >>> 4 == 1 && known(type & 0xF);
    }

    private static boolean known(int type) {
        return type == ShareControlHeader.PDUTYPE_DATAPDU || CONTROL_NAMES.containsKey(type);
    }

    void read(Direction direction, WireReader message, ByteBuf frame, PduReader.Notes notes) {
        WireReader in = message;
        while (in.has(LEAST)) {
            if (in.peekU16le("totalLength") == FlowPdu.FLOW_MARKER) {
                in = in.renamed("FlowPdu", SECTION);
                notes.named("FlowPdu");
                ShareControlPdu.decode(in);
                continue;
            }
            String name = name(in, frame);
            in = in.renamed(name, SECTION);
            ShareControlHeader header = in.within("shareControlHeader", SECTION, ShareControlHeader::decode);
            WireReader body = header.body(in);
            if (header.isData()) {
                data(direction, name, body, notes);
            } else {
                notes.named(name);
                if (header.pduType() == ShareControlHeader.PDUTYPE_DEMANDACTIVEPDU) {
                    facts.orders.reset();
                }
                ShareControlPdu.decodeBody(header, body);
            }
        }
        if (in.hasRemaining()) {
            in.rest("pad");
        }
    }

    private static String name(WireReader in, ByteBuf frame) {
        int at = frame.readerIndex() + in.offset();
        int type = frame.getUnsignedShortLE(at + 2) & 0xF;
        if (type != ShareControlHeader.PDUTYPE_DATAPDU) {
            return CONTROL_NAMES.getOrDefault(type, "ShareControlPdu");
        }
        return in.has(TYPE2_OFFSET + 1) ? dataName(frame.getUnsignedByte(at + TYPE2_OFFSET)) : "DataPdu";
    }

    private void data(Direction direction, String name, WireReader in, PduReader.Notes notes) {
        ShareDataHeader header = in.within("shareDataHeader", "MS-RDPBCGR 2.2.8.1.1.1.2", ShareDataHeader::decode);
        int compression = header.compressedType();
        if (!SessionFacts.isBulk(compression)) {
            body(header.pduType2(), name, in, notes);
            return;
        }
        if (!SessionFacts.isReadable(compression)) {
            notes.named(name + " (compression type " + (compression & ShareDataHeader.COMPRESSION_TYPE_MASK) + ")");
            in.rest("compressedData");
            return;
        }
        notes.provisional(name);
        WireReader compressed = in.sub(in.remaining(), "compressedData");
        ByteBuf plain = facts.bulk(direction).decompress(compression, compressed);
        body(header.pduType2(), name, WireReader.of(plain, name, SECTION, notes.fields.overDerived()), notes);
    }

    private void body(int pduType2, String name, WireReader in, PduReader.Notes notes) {
        switch (pduType2) {
            case ShareDataHeader.PDUTYPE2_UPDATE -> {
                if (in.has(2) && SlowPathUpdate.peekType(in) == SlowPathUpdate.UPDATETYPE_ORDERS) {
                    notes.provisional(name);
                    orders(name, in.renamed(name, SlowPathUpdate.SECTION), notes);
                } else {
                    String kind = in.has(2) ? updateName(SlowPathUpdate.peekType(in)) : "empty";
                    notes.named(name + "(" + kind + ")");
                    SlowPathUpdate.decode(in.renamed(name, SlowPathUpdate.SECTION));
                }
            }
            case ShareDataHeader.PDUTYPE2_POINTER -> {
                notes.provisional(name);
                PointerUpdate update = SlowPathPointer.decode(in.renamed(name, SlowPathPointer.SECTION))
                        .update();
                notes.named(name + "(" + update.getClass().getSimpleName() + ")");
            }
            case ShareDataHeader.PDUTYPE2_INPUT -> {
                notes.provisional(name);
                SlowPathInput input = SlowPathInput.decode(in.renamed(name, SlowPathInput.SECTION));
                StringBuilder kinds = new StringBuilder();
                for (SlowPathInputEvent event : input.slowPathInputEvents()) {
                    kinds.append(kinds.isEmpty() ? "" : ",")
                            .append(event.event().getClass().getSimpleName());
                }
                notes.named(name + "(" + kinds + ")");
            }
            default -> {
                notes.named(name);
                ShareDataBody.decode(pduType2, in.renamed(name, SECTION));
            }
        }
    }

    private void orders(String name, WireReader in, PduReader.Notes notes) {
        in.u16le("updateType");
        in.u16le("pad2OctetsA");
        int numberOrders = in.u16le("numberOrders");
        in.u16le("pad2OctetsB");
        facts.orders.read(
                in, in.count(numberOrders, 1, "numberOrders"), names -> notes.named(name + "(" + names + ")"));
    }

    private static String updateName(int updateType) {
        return switch (updateType) {
            case SlowPathUpdate.UPDATETYPE_BITMAP -> "BITMAP";
            case SlowPathUpdate.UPDATETYPE_PALETTE -> "PALETTE";
            case SlowPathUpdate.UPDATETYPE_SYNCHRONIZE -> "SYNCHRONIZE";
            default -> "updateType " + updateType;
        };
    }

    private static String dataName(int pduType2) {
        return switch (pduType2) {
            case ShareDataHeader.PDUTYPE2_UPDATE -> "UpdatePdu";
            case ShareDataHeader.PDUTYPE2_CONTROL -> "ControlPdu";
            case ShareDataHeader.PDUTYPE2_POINTER -> "PointerPdu";
            case ShareDataHeader.PDUTYPE2_INPUT -> "InputEventPdu";
            case ShareDataHeader.PDUTYPE2_SYNCHRONIZE -> "SynchronizePdu";
            case ShareDataHeader.PDUTYPE2_REFRESH_RECT -> "RefreshRectPdu";
            case ShareDataHeader.PDUTYPE2_PLAY_SOUND -> "PlaySoundPdu";
            case ShareDataHeader.PDUTYPE2_SUPPRESS_OUTPUT -> "SuppressOutputPdu";
            case ShareDataHeader.PDUTYPE2_SHUTDOWN_REQUEST -> "ShutdownRequestPdu";
            case ShareDataHeader.PDUTYPE2_SHUTDOWN_DENIED -> "ShutdownDeniedPdu";
            case ShareDataHeader.PDUTYPE2_SAVE_SESSION_INFO -> "SaveSessionInfoPdu";
            case ShareDataHeader.PDUTYPE2_FONTLIST -> "FontListPdu";
            case ShareDataHeader.PDUTYPE2_FONTMAP -> "FontMapPdu";
            case ShareDataHeader.PDUTYPE2_SET_KEYBOARD_INDICATORS -> "SetKeyboardIndicatorsPdu";
            case ShareDataHeader.PDUTYPE2_BITMAPCACHE_PERSISTENT_LIST -> "PersistentKeyListPdu";
            case ShareDataHeader.PDUTYPE2_BITMAPCACHE_ERROR_PDU -> "BitmapCacheErrorPdu";
            case ShareDataHeader.PDUTYPE2_SET_KEYBOARD_IME_STATUS -> "SetKeyboardImeStatusPdu";
            case ShareDataHeader.PDUTYPE2_OFFSCRCACHE_ERROR_PDU -> "OffscreenCacheErrorPdu";
            case ShareDataHeader.PDUTYPE2_SET_ERROR_INFO_PDU -> "SetErrorInfoPdu";
            case ShareDataHeader.PDUTYPE2_DRAWNINEGRID_ERROR_PDU -> "DrawNineGridErrorPdu";
            case ShareDataHeader.PDUTYPE2_DRAWGDIPLUS_ERROR_PDU -> "DrawGdiPlusErrorPdu";
            case ShareDataHeader.PDUTYPE2_ARC_STATUS_PDU -> "AutoReconnectStatusPdu";
            case ShareDataHeader.PDUTYPE2_STATUS_INFO_PDU -> "StatusInfoPdu";
            case ShareDataHeader.PDUTYPE2_MONITOR_LAYOUT_PDU -> "MonitorLayoutPdu";
            case ShareDataHeader.PDUTYPE2_FRAME_ACKNOWLEDGE -> "FrameAcknowledgePdu";
            default -> "DataPdu";
        };
    }
}
