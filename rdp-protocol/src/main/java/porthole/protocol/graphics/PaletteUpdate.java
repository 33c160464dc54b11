package porthole.protocol.graphics;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TS_UPDATE_PALETTE_DATA, the same on the slow and the fast path. MS-RDPBCGR 2.2.9.1.1.3.1.1.1.
 *
 * @param paletteEntries up to 256 times red, green, blue
 */
public record PaletteUpdate(int pad2Octets, Bytes paletteEntries, Bytes trailing) implements Pdu {
    public static final int UPDATETYPE_PALETTE = 0x0002;
    public static final int MAXIMUM_COLORS = 256;

    public static final String SECTION = "MS-RDPBCGR 2.2.9.1.1.3.1.1.1";

    private static final int ENTRY = 3;

    public PaletteUpdate {
        if (paletteEntries.size() % ENTRY != 0 || paletteEntries.size() > MAXIMUM_COLORS * ENTRY) {
            throw new IllegalArgumentException(paletteEntries.size() + " octets are no palette");
        }
    }

    public static PaletteUpdate decode(WireReader in) {
        in.expect(in.u16le("updateType"), UPDATETYPE_PALETTE, 2, "updateType");
        int pad = in.u16le("pad2Octets");
        long numberColors = in.u32le("numberColors");
        in.check(numberColors <= MAXIMUM_COLORS, "numberColors", numberColors, "at most 256");
        return new PaletteUpdate(pad, in.bytes((int) numberColors * ENTRY, "paletteEntries"), in.rest("trailing"));
    }

    public int numberColors() {
        return paletteEntries.size() / ENTRY;
    }

    /** The colour at {@code index} as 0xFFRRGGBB. */
    public int argb(int index) {
        int at = index * ENTRY;
        return 0xFF000000 | paletteEntries.at(at) << 16 | paletteEntries.at(at + 1) << 8 | paletteEntries.at(at + 2);
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(UPDATETYPE_PALETTE).u16le(pad2Octets).u32le(numberColors());
        out.bytes(paletteEntries).bytes(trailing);
    }
}
