package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.1.8 Glyph Cache Capability Set: ten glyph caches, each with 16 bits of entries and 16 bits of octets of the largest cell. */
public record GlyphCacheCapabilitySet(
        Bytes glyphCache, long fragCache, int glyphSupportLevel, int pad2octets, Bytes trailing)
        implements CapabilitySet {
    public static final int GLYPH_SUPPORT_NONE = 0;
    public static final int GLYPH_SUPPORT_PARTIAL = 1;
    public static final int GLYPH_SUPPORT_FULL = 0x02;
    public static final int GLYPH_SUPPORT_ENCODE = 0x03;

    public GlyphCacheCapabilitySet {
        CapabilitySet.requireSize(glyphCache, 40, "glyphCache");
    }

    static GlyphCacheCapabilitySet decodeBody(WireReader in) {
        return new GlyphCacheCapabilitySet(
                in.bytes(40, "glyphCache"),
                in.u32le("fragCache"),
                in.u16le("glyphSupportLevel"),
                in.u16le("pad2octets"),
                in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return GLYPH_CACHE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.bytes(glyphCache);
        out.u32le(fragCache);
        out.u16le(glyphSupportLevel);
        out.u16le(pad2octets);
        out.bytes(trailing);
    }
}
