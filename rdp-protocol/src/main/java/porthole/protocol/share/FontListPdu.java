package porthole.protocol.share;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.1.18.1 Font List PDU Data (TS_FONT_LIST_PDU). */
public record FontListPdu(int numberFonts, int totalNumFonts, int listFlags, int entrySize, Bytes trailing)
        implements ShareDataBody {
    public static final int FONTLIST_FIRST = 0x0001;
    public static final int FONTLIST_LAST = 0x0002;

    /** The one list that clients send. */
    public static FontListPdu of() {
        return new FontListPdu(0, 0, FONTLIST_FIRST | FONTLIST_LAST, 50, Bytes.EMPTY);
    }

    static FontListPdu decode(WireReader in) {
        return new FontListPdu(
                in.u16le("numberFonts"),
                in.u16le("totalNumFonts"),
                in.u16le("listFlags"),
                in.u16le("entrySize"),
                in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_FONTLIST;
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(numberFonts);
        out.u16le(totalNumFonts);
        out.u16le(listFlags);
        out.u16le(entrySize);
        out.bytes(trailing);
    }
}
