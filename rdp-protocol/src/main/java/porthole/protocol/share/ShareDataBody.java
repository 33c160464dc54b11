package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** What follows a {@link ShareDataHeader}, after decompression. */
public sealed interface ShareDataBody extends Pdu
        permits SynchronizePdu,
                ControlPdu,
                FontListPdu,
                FontMapPdu,
                ShutdownRequestPdu,
                ShutdownDeniedPdu,
                SetErrorInfoPdu,
                SetKeyboardIndicatorsPdu,
                SetKeyboardImeStatusPdu,
                AutoReconnectStatusPdu,
                FrameAcknowledgePdu,
                PlaySoundPdu,
                StatusInfoPdu,
                UpdatePdu,
                PointerPdu,
                InputEventPdu,
                PersistentKeyListPdu,
                SuppressOutputPdu,
                RefreshRectPdu,
                SaveSessionInfoPdu,
                MonitorLayoutPdu,
                ShareDataBody.Compressed,
                ShareDataBody.Unknown {
    /** The {@code PDUTYPE2_*} that the data header has to have. */
    int pduType2();

    /** A body of a type that this version does not know. */
    record Unknown(int pduType2, Bytes data) implements ShareDataBody {
        @Override
        public void encode(WireWriter out) {
            out.bytes(data);
        }
    }

    /** A body that is still compressed, as the data header says it. */
    record Compressed(int pduType2, Bytes data) implements ShareDataBody {
        @Override
        public void encode(WireWriter out) {
            out.bytes(data);
        }
    }

    /** Reads a body that is not compressed and fills {@code in}. */
    static ShareDataBody decode(int pduType2, WireReader in) {
        return switch (pduType2) {
            case ShareDataHeader.PDUTYPE2_SYNCHRONIZE ->
                in.within("SynchronizePdu", "MS-RDPBCGR 2.2.1.14.1", SynchronizePdu::decode);
            case ShareDataHeader.PDUTYPE2_CONTROL ->
                in.within("ControlPdu", "MS-RDPBCGR 2.2.1.15.1", ControlPdu::decode);
            case ShareDataHeader.PDUTYPE2_FONTLIST ->
                in.within("FontListPdu", "MS-RDPBCGR 2.2.1.18.1", FontListPdu::decode);
            case ShareDataHeader.PDUTYPE2_FONTMAP ->
                in.within("FontMapPdu", "MS-RDPBCGR 2.2.1.22.1", FontMapPdu::decode);
            case ShareDataHeader.PDUTYPE2_SHUTDOWN_REQUEST ->
                in.within("ShutdownRequestPdu", "MS-RDPBCGR 2.2.2.1.1", ShutdownRequestPdu::decode);
            case ShareDataHeader.PDUTYPE2_SHUTDOWN_DENIED ->
                in.within("ShutdownDeniedPdu", "MS-RDPBCGR 2.2.2.2.1", ShutdownDeniedPdu::decode);
            case ShareDataHeader.PDUTYPE2_SET_ERROR_INFO_PDU ->
                in.within("SetErrorInfoPdu", "MS-RDPBCGR 2.2.5.1.1", SetErrorInfoPdu::decode);
            case ShareDataHeader.PDUTYPE2_SET_KEYBOARD_INDICATORS ->
                in.within("SetKeyboardIndicatorsPdu", "MS-RDPBCGR 2.2.8.2.1.1", SetKeyboardIndicatorsPdu::decode);
            case ShareDataHeader.PDUTYPE2_SET_KEYBOARD_IME_STATUS ->
                in.within("SetKeyboardImeStatusPdu", "MS-RDPBCGR 2.2.8.2.2.1", SetKeyboardImeStatusPdu::decode);
            case ShareDataHeader.PDUTYPE2_ARC_STATUS_PDU ->
                in.within("AutoReconnectStatusPdu", "MS-RDPBCGR 2.2.4.1.1", AutoReconnectStatusPdu::decode);
            case ShareDataHeader.PDUTYPE2_FRAME_ACKNOWLEDGE ->
                in.within("FrameAcknowledgePdu", "MS-RDPRFX 2.2.3.1", FrameAcknowledgePdu::decode);
            case ShareDataHeader.PDUTYPE2_PLAY_SOUND ->
                in.within("PlaySoundPdu", "MS-RDPBCGR 2.2.9.1.1.5.1", PlaySoundPdu::decode);
            case ShareDataHeader.PDUTYPE2_STATUS_INFO_PDU ->
                in.within("StatusInfoPdu", "MS-RDPBCGR 2.2.5.2", StatusInfoPdu::decode);
            case ShareDataHeader.PDUTYPE2_UPDATE -> in.within("UpdatePdu", "MS-RDPBCGR 2.2.9.1.1.3", UpdatePdu::decode);
            case ShareDataHeader.PDUTYPE2_POINTER ->
                in.within("PointerPdu", "MS-RDPBCGR 2.2.9.1.1.4", PointerPdu::decode);
            case ShareDataHeader.PDUTYPE2_INPUT ->
                in.within("InputEventPdu", "MS-RDPBCGR 2.2.8.1.1.3", InputEventPdu::decode);
            case ShareDataHeader.PDUTYPE2_BITMAPCACHE_PERSISTENT_LIST ->
                in.within("PersistentKeyListPdu", "MS-RDPBCGR 2.2.1.17.1", PersistentKeyListPdu::decode);
            case ShareDataHeader.PDUTYPE2_SUPPRESS_OUTPUT ->
                in.within("SuppressOutputPdu", "MS-RDPBCGR 2.2.11.3.1", SuppressOutputPdu::decode);
            case ShareDataHeader.PDUTYPE2_REFRESH_RECT ->
                in.within("RefreshRectPdu", "MS-RDPBCGR 2.2.11.2.1", RefreshRectPdu::decode);
            case ShareDataHeader.PDUTYPE2_SAVE_SESSION_INFO ->
                in.within("SaveSessionInfoPdu", "MS-RDPBCGR 2.2.10.1.1", SaveSessionInfoPdu::decode);
            case ShareDataHeader.PDUTYPE2_MONITOR_LAYOUT_PDU ->
                in.within("MonitorLayoutPdu", "MS-RDPBCGR 2.2.12.1", MonitorLayoutPdu::decode);
            default -> new Unknown(pduType2, in.rest("data"));
        };
    }
}
