package porthole.protocol.orders;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Cache Glyph, revision 1: glyphs for a glyph cache. MS-RDPEGDI 2.2.2.2.1.2.5.
 *
 * @param cacheId 0 to 9, as the specification has it
 * @param unicodeCharacters two octets for each glyph with {@link #CG_GLYPH_UNICODE_PRESENT}, else none
 * @param trailing octets that the order's length covers and nothing accounts for
 */
public record CacheGlyph(
        int controlFlags,
        int extraFlags,
        int cacheId,
        List<GlyphData> glyphData,
        Bytes unicodeCharacters,
        Bytes trailing)
        implements SecondaryOrder {
    /** As the examples and hosts have it; the text of the specification says 0x0100. */
    public static final int CG_GLYPH_UNICODE_PRESENT = 0x0010;

    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.5";

    /** Octets of a glyph without its rows. */
    private static final int LEAST = 10;

    public CacheGlyph {
        glyphData = List.copyOf(glyphData);
    }

    /** Glyphs without their characters. */
    public static CacheGlyph of(int cacheId, List<GlyphData> glyphs) {
        return new CacheGlyph(TS_STANDARD | TS_SECONDARY, 0, cacheId, glyphs, Bytes.EMPTY, Bytes.EMPTY);
    }

    @Override
    public int orderType() {
        return TS_CACHE_GLYPH;
    }

    static CacheGlyph decode(WireReader in, Header header) {
        int cacheId = in.u8("cacheId");
        int count = in.count(in.u8("cGlyphs"), LEAST, "cGlyphs");
        List<GlyphData> glyphs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            glyphs.add(in.within("glyphData[" + i + "]", GlyphData.SECTION, GlyphData::decode));
        }
        boolean unicode = (header.extraFlags() & CG_GLYPH_UNICODE_PRESENT) != 0;
        return new CacheGlyph(
                header.controlFlags(),
                header.extraFlags(),
                cacheId,
                glyphs,
                in.bytes(unicode ? 2 * count : 0, "unicodeCharacters"),
                in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u8(cacheId).u8(glyphData.size());
        glyphData.forEach(glyph -> glyph.encode(out));
        out.bytes(unicodeCharacters).bytes(trailing);
    }
}
