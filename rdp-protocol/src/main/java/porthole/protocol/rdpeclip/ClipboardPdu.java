package porthole.protocol.rdpeclip;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPECLIP 2.2.1 Clipboard PDU Header (CLIPRDR_HEADER) and what it announces.
 *
 * @param msgType CB_*; others are kept as they are
 * @param msgFlags CB_RESPONSE_OK, CB_RESPONSE_FAIL, CB_ASCII_NAMES
 * @param data of the message, as its type says
 * @param trailing octets behind the announced ones, with which some hosts pad
 */
public record ClipboardPdu(int msgType, int msgFlags, Bytes data, Bytes trailing) implements Pdu {
    public static final String CHANNEL_NAME = "cliprdr";
    public static final String SECTION = "MS-RDPECLIP 2.2.1";

    public static final int CB_MONITOR_READY = 1;
    public static final int CB_FORMAT_LIST = 2;
    public static final int CB_FORMAT_LIST_RESPONSE = 3;
    public static final int CB_FORMAT_DATA_REQUEST = 4;
    public static final int CB_FORMAT_DATA_RESPONSE = 5;
    public static final int CB_CLIP_CAPS = 7;
    public static final int CB_FILECONTENTS_REQUEST = 8;
    public static final int CB_FILECONTENTS_RESPONSE = 9;

    public static final int CB_RESPONSE_OK = 1;
    public static final int CB_RESPONSE_FAIL = 2;

    private static final int CB_CAPSTYPE_GENERAL = 1;
    private static final int GENERAL_LENGTH = 12;
    private static final int CB_CAPS_VERSION_2 = 2;

    /** A message without padding. */
    public static ClipboardPdu of(int msgType, int msgFlags, Bytes data) {
        return new ClipboardPdu(msgType, msgFlags, data, Bytes.EMPTY);
    }

    /** MS-RDPECLIP 2.2.2.1 with one general set of version 2: what {@code generalFlags} says, and no more. */
    public static ClipboardPdu capabilities(int generalFlags) {
        byte[] data = WireWriter.toByteArray(out -> out.u16le(1)
                .u16le(0)
                .u16le(CB_CAPSTYPE_GENERAL)
                .u16le(GENERAL_LENGTH)
                .u32le(CB_CAPS_VERSION_2)
                .u32le(generalFlags));
        return of(CB_CLIP_CAPS, 0, Bytes.of(data));
    }

    /** MS-RDPECLIP 2.2.3.1: the clipboard has nothing that could be fetched. */
    public static ClipboardPdu emptyFormatList() {
        return of(CB_FORMAT_LIST, 0, Bytes.EMPTY);
    }

    /** The whole message, which is all that {@code in} has. */
    public static ClipboardPdu decode(WireReader in) {
        int msgType = in.u16le("msgType");
        int msgFlags = in.u16le("msgFlags");
        int dataLen = in.count(in.u32le("dataLen"), 1, "dataLen");
        return new ClipboardPdu(msgType, msgFlags, in.bytes(dataLen, "data"), in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(msgType).u16le(msgFlags).u32le(data.size()).bytes(data).bytes(trailing);
    }

    /** Without what is on the clipboard. */
    @Override
    public String toString() {
        return "ClipboardPdu[msgType=" + msgType + ", msgFlags=" + msgFlags + ", data=" + data.size() + " octets]";
    }
}
