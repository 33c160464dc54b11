package porthole.protocol.share;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.8.1.1.1.2 Share Data Header (TS_SHAREDATAHEADER) without the share control header before it.
 *
 * @param uncompressedLength octets of the body before compression; peers disagree whether headers count, so it is a hint
 * @param pduType2 one of {@code PDUTYPE2_*}
 * @param compressedType the compressor in the lower four bits, {@code PACKET_*} flags above
 * @param compressedLength octets with both headers, or zero for a body that is not compressed
 */
public record ShareDataHeader(
        long shareId,
        int pad1,
        int streamId,
        int uncompressedLength,
        int pduType2,
        int compressedType,
        int compressedLength)
        implements Pdu {
    public static final int STREAM_UNDEFINED = 0;
    public static final int STREAM_LOW = 1;
    public static final int STREAM_MED = 2;
    public static final int STREAM_HI = 4;

    public static final int PDUTYPE2_UPDATE = 0x02;
    public static final int PDUTYPE2_CONTROL = 0x14;
    public static final int PDUTYPE2_POINTER = 0x1B;
    public static final int PDUTYPE2_INPUT = 0x1C;
    public static final int PDUTYPE2_SYNCHRONIZE = 0x1F;
    public static final int PDUTYPE2_REFRESH_RECT = 0x21;
    public static final int PDUTYPE2_PLAY_SOUND = 0x22;
    public static final int PDUTYPE2_SUPPRESS_OUTPUT = 0x23;
    public static final int PDUTYPE2_SHUTDOWN_REQUEST = 0x24;
    public static final int PDUTYPE2_SHUTDOWN_DENIED = 0x25;
    public static final int PDUTYPE2_SAVE_SESSION_INFO = 0x26;
    public static final int PDUTYPE2_FONTLIST = 0x27;
    public static final int PDUTYPE2_FONTMAP = 0x28;
    public static final int PDUTYPE2_SET_KEYBOARD_INDICATORS = 0x29;
    public static final int PDUTYPE2_BITMAPCACHE_PERSISTENT_LIST = 0x2B;
    public static final int PDUTYPE2_BITMAPCACHE_ERROR_PDU = 0x2C;
    public static final int PDUTYPE2_SET_KEYBOARD_IME_STATUS = 0x2D;
    public static final int PDUTYPE2_OFFSCRCACHE_ERROR_PDU = 0x2E;
    public static final int PDUTYPE2_SET_ERROR_INFO_PDU = 0x2F;
    public static final int PDUTYPE2_DRAWNINEGRID_ERROR_PDU = 0x30;
    public static final int PDUTYPE2_DRAWGDIPLUS_ERROR_PDU = 0x31;
    public static final int PDUTYPE2_ARC_STATUS_PDU = 0x32;
    public static final int PDUTYPE2_STATUS_INFO_PDU = 0x36;
    public static final int PDUTYPE2_MONITOR_LAYOUT_PDU = 0x37;
    public static final int PDUTYPE2_FRAME_ACKNOWLEDGE = 0x38;

    /** The compressor's number within {@code compressedType}. */
    public static final int COMPRESSION_TYPE_MASK = 0x0F;

    public static final int PACKET_COMPRESSED = 0x20;
    public static final int PACKET_AT_FRONT = 0x40;
    public static final int PACKET_FLUSHED = 0x80;
    /** Octets on the wire. */
    public static final int SIZE = 12;

    public static ShareDataHeader decode(WireReader in) {
        return new ShareDataHeader(
                in.u32le("shareId"),
                in.u8("pad1"),
                in.u8("streamId"),
                in.u16le("uncompressedLength"),
                in.u8("pduType2"),
                in.u8("compressedType"),
                in.u16le("compressedLength"));
    }

    /** Whether the body has to be decompressed before it means anything. */
    public boolean isCompressed() {
        return (compressedType & PACKET_COMPRESSED) != 0;
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(shareId).u8(pad1).u8(streamId).u16le(uncompressedLength);
        out.u8(pduType2).u8(compressedType).u16le(compressedLength);
    }
}
