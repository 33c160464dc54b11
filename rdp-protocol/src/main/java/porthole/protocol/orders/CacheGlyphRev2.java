package porthole.protocol.orders;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Cache Glyph, revision 2: glyphs for a glyph cache in fewer octets. MS-RDPEGDI 2.2.2.2.1.2.6.
 *
 * @param extraFlags cacheId in four bits, flags in four, and cGlyphs in eight
 * @param unicodeCharacters two octets for each glyph with {@link #CG2_GLYPH_UNICODE_PRESENT}, else none
 * @param otherForm the glyphs as they were sent, where numbers are not as short as they can be; it wins when written
 * @param trailing octets that the order's length covers and nothing accounts for
 */
public record CacheGlyphRev2(
        int controlFlags,
        int extraFlags,
        List<GlyphData> glyphData,
        Bytes unicodeCharacters,
        Bytes otherForm,
        Bytes trailing)
        implements SecondaryOrder {
    /** extraFlags: characters follow. */
    public static final int CG2_GLYPH_UNICODE_PRESENT = 0x0010;

    /** extraFlags: this is revision 2. */
    public static final int GLYPH_ORDER_REV2 = 0x0020;

    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.6";

    /** Octets of a glyph without its rows. */
    private static final int LEAST = 5;

    public CacheGlyphRev2 {
        glyphData = List.copyOf(glyphData);
    }

    /** Glyphs without their characters; no more than 255. */
    public static CacheGlyphRev2 of(int cacheId, List<GlyphData> glyphs) {
        return new CacheGlyphRev2(
                TS_STANDARD | TS_SECONDARY,
                cacheId & 0xF | GLYPH_ORDER_REV2 | glyphs.size() << 8,
                glyphs,
                Bytes.EMPTY,
                Bytes.EMPTY,
                Bytes.EMPTY);
    }

    @Override
    public int orderType() {
        return TS_CACHE_GLYPH;
    }

    /** 0 to 9, as the specification has it. */
    public int cacheId() {
        return extraFlags & 0xF;
    }

    static CacheGlyphRev2 decode(WireReader in, Header header) {
        int start = in.offset();
        int count = in.count(header.extraFlags() >> 8, LEAST, "extraFlags.cGlyphs");
        List<GlyphData> glyphs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            glyphs.add(in.within("glyphDataRev2[" + i + "]", GlyphData.SECTION_REV2, GlyphData::decodeRev2));
        }
        Bytes otherForm = in.otherForm(start, out -> glyphs.forEach(glyph -> glyph.encodeRev2(out)));
        boolean unicode = (header.extraFlags() & CG2_GLYPH_UNICODE_PRESENT) != 0;
        return new CacheGlyphRev2(
                header.controlFlags(),
                header.extraFlags(),
                glyphs,
                in.bytes(unicode ? 2 * count : 0, "unicodeCharacters"),
                otherForm,
                in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        if (otherForm.isEmpty()) {
            glyphData.forEach(glyph -> glyph.encodeRev2(out));
        }
        out.bytes(otherForm).bytes(unicodeCharacters).bytes(trailing);
    }
}
