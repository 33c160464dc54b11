package porthole.protocol.orders;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * A glyph for the glyph cache: TS_CACHE_GLYPH_DATA and its second revision. MS-RDPEGDI 2.2.2.2.1.2.5.1, 2.2.2.2.1.2.6.1.
 *
 * @param x of the bitmap's corner, in pixels from the origin of the character; so is y
 * @param cx width in pixels
 * @param cy height in pixels
 * @param aj rows of one bit per pixel from the top, each padded to an octet, all together to four
 */
public record GlyphData(int cacheIndex, int x, int y, int cx, int cy, Bytes aj) {
    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.5.1";
    static final String SECTION_REV2 = "MS-RDPEGDI 2.2.2.2.1.2.6.1";

    static GlyphData decode(WireReader in) {
        int cacheIndex = in.u16le("cacheIndex");
        int x = in.s16le("x");
        int y = in.s16le("y");
        int cx = in.u16le("cx");
        int cy = in.u16le("cy");
        return new GlyphData(cacheIndex, x, y, cx, cy, aj(in, cx, cy));
    }

    void encode(WireWriter out) {
        out.u16le(cacheIndex).u16le(x).u16le(y).u16le(cx).u16le(cy).bytes(aj);
    }

    static GlyphData decodeRev2(WireReader in) {
        int cacheIndex = in.u8("cacheIndex");
        int x = PackedNumber.signed2(in, "x");
        int y = PackedNumber.signed2(in, "y");
        int cx = PackedNumber.unsigned2(in, "cx");
        int cy = PackedNumber.unsigned2(in, "cy");
        return new GlyphData(cacheIndex, x, y, cx, cy, aj(in, cx, cy));
    }

    void encodeRev2(WireWriter out) {
        out.u8(cacheIndex);
        PackedNumber.signed2(out, x);
        PackedNumber.signed2(out, y);
        PackedNumber.unsigned2(out, cx);
        PackedNumber.unsigned2(out, cy);
        out.bytes(aj);
    }

    /** The octets of a FastGlyph order that puts this glyph into the cache. */
    public Bytes toFastGlyph() {
        return Bytes.of(WireWriter.toByteArray(this::encodeRev2));
    }

    /** The glyph in the octets of a FastGlyph order; absent where they are an index alone. */
    static Optional<GlyphData> ofFastGlyph(Bytes variableBytes) {
        return variableBytes.size() <= 1
                ? Optional.empty()
                : Optional.of(decodeRev2(WireReader.of(variableBytes, "VariableBytes", SECTION_REV2)));
    }

    /** The padding at the end may be missing: what is short of it is taken as it is. */
    private static Bytes aj(WireReader in, int cx, int cy) {
        long rows = (cx + 7L) / 8 * cy;
        in.check(
                rows <= in.remaining(),
                "aj",
                rows + " octets for " + cx + " by " + cy + " pixels",
                "no more than " + in.remaining() + " octets that follow");
        return in.bytes((int) Math.min((rows + 3) / 4 * 4, in.remaining()), "aj");
    }
}
