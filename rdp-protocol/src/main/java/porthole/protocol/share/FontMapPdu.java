package porthole.protocol.share;

import java.util.OptionalInt;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.1.22.1 Font Map PDU Data (TS_FONT_MAP_PDU); some servers leave fields out, from the end. */
public record FontMapPdu(
        OptionalInt numberEntries,
        OptionalInt totalNumEntries,
        OptionalInt mapFlags,
        OptionalInt entrySize,
        Bytes trailing)
        implements ShareDataBody {
    public static final int FONTMAP_FIRST = 0x0001;
    public static final int FONTMAP_LAST = 0x0002;

    public FontMapPdu {
        if (numberEntries.isEmpty() && totalNumEntries.isPresent()
                || totalNumEntries.isEmpty() && mapFlags.isPresent()
                || mapFlags.isEmpty() && entrySize.isPresent()
                || entrySize.isEmpty() && !trailing.isEmpty()) {
            throw new IllegalArgumentException("a field cannot follow a missing one");
        }
    }

    /** The one map that servers send. */
    public static FontMapPdu of() {
        return new FontMapPdu(
                OptionalInt.of(0),
                OptionalInt.of(0),
                OptionalInt.of(FONTMAP_FIRST | FONTMAP_LAST),
                OptionalInt.of(4),
                Bytes.EMPTY);
    }

    static FontMapPdu decode(WireReader in) {
        OptionalInt numberEntries = in.hasRemaining() ? OptionalInt.of(in.u16le("numberEntries")) : OptionalInt.empty();
        OptionalInt totalNumEntries =
                in.hasRemaining() ? OptionalInt.of(in.u16le("totalNumEntries")) : OptionalInt.empty();
        OptionalInt mapFlags = in.hasRemaining() ? OptionalInt.of(in.u16le("mapFlags")) : OptionalInt.empty();
        OptionalInt entrySize = in.hasRemaining() ? OptionalInt.of(in.u16le("entrySize")) : OptionalInt.empty();
        return new FontMapPdu(numberEntries, totalNumEntries, mapFlags, entrySize, in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_FONTMAP;
    }

    @Override
    public void encode(WireWriter out) {
        numberEntries.ifPresent(out::u16le);
        totalNumEntries.ifPresent(out::u16le);
        mapFlags.ifPresent(out::u16le);
        entrySize.ifPresent(out::u16le);
        out.bytes(trailing);
    }
}
