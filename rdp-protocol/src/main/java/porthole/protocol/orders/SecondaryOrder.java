package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** A secondary drawing order: something for one of the client's caches. MS-RDPEGDI 2.2.2.2.1.2. */
public sealed interface SecondaryOrder extends DrawingOrder, Pdu
        permits CacheBitmap,
                CacheBitmapRev2,
                CacheBitmapRev3,
                CacheColorTable,
                CacheGlyph,
                CacheGlyphRev2,
                CacheBrush,
                SecondaryOrder.Unknown {
    int TS_CACHE_BITMAP_UNCOMPRESSED = 0x00;
    int TS_CACHE_COLOR_TABLE = 0x01;
    int TS_CACHE_BITMAP_COMPRESSED = 0x02;
    int TS_CACHE_GLYPH = 0x03;
    int TS_CACHE_BITMAP_UNCOMPRESSED_REV2 = 0x04;
    int TS_CACHE_BITMAP_COMPRESSED_REV2 = 0x05;
    int TS_CACHE_BRUSH = 0x07;
    int TS_CACHE_BITMAP_COMPRESSED_REV3 = 0x08;

    String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.1.1";

    /** Octets of the header, and what orderLength is short of all octets, for reasons of the past. */
    int HEADER_SIZE = 6;

    int LENGTH_BIAS = 13;

    /** An order whose type nobody has named yet; its length is known all the same. */
    record Unknown(int controlFlags, int extraFlags, int orderType, Bytes body) implements SecondaryOrder {
        @Override
        public void encodeBody(WireWriter out) {
            out.bytes(body);
        }
    }

    /** The octet that begins the order; bits beyond its class have no meaning. */
    int controlFlags();

    int extraFlags();

    /** The number of the order on the wire, one of TS_CACHE_*. */
    int orderType();

    /** Appends what follows the header. */
    void encodeBody(WireWriter out);

    @Override
    default void encode(WireWriter out) {
        int start = out.position();
        out.u8(controlFlags()).u16le(0).u16le(extraFlags()).u8(orderType());
        encodeBody(out);
        out.patchU16le(start + 1, out.position() - start - LENGTH_BIAS);
    }

    @Override
    default void encode(WireWriter out, PrimaryOrderHistory history) {
        encode(out);
    }

    static SecondaryOrder decode(WireReader in) {
        int controlFlags = in.u8("controlFlags");
        int orderLength = in.s16le("orderLength");
        int extraFlags = in.u16le("extraFlags");
        int orderType = in.u8("orderType");
        int rest = orderLength + LENGTH_BIAS - HEADER_SIZE;
        in.check(
                rest >= 0 && rest <= in.remaining(),
                "orderLength",
                orderLength,
                "-7 to " + (in.remaining() + HEADER_SIZE - LENGTH_BIAS));
        Header header = new Header(controlFlags, extraFlags, orderType);
        return switch (orderType) {
            case TS_CACHE_BITMAP_UNCOMPRESSED, TS_CACHE_BITMAP_COMPRESSED ->
                CacheBitmap.decode(in.sub(rest, "CacheBitmap", CacheBitmap.SECTION), header);
            case TS_CACHE_COLOR_TABLE ->
                CacheColorTable.decode(in.sub(rest, "CacheColorTable", CacheColorTable.SECTION), header);
            case TS_CACHE_GLYPH ->
                (extraFlags & CacheGlyphRev2.GLYPH_ORDER_REV2) != 0
                        ? CacheGlyphRev2.decode(in.sub(rest, "CacheGlyphRev2", CacheGlyphRev2.SECTION), header)
                        : CacheGlyph.decode(in.sub(rest, "CacheGlyph", CacheGlyph.SECTION), header);
            case TS_CACHE_BITMAP_UNCOMPRESSED_REV2, TS_CACHE_BITMAP_COMPRESSED_REV2 ->
                CacheBitmapRev2.decode(in.sub(rest, "CacheBitmapRev2", CacheBitmapRev2.SECTION), header);
            case TS_CACHE_BRUSH -> CacheBrush.decode(in.sub(rest, "CacheBrush", CacheBrush.SECTION), header);
            case TS_CACHE_BITMAP_COMPRESSED_REV3 ->
                CacheBitmapRev3.decode(in.sub(rest, "CacheBitmapRev3", CacheBitmapRev3.SECTION), header);
            default -> new Unknown(controlFlags, extraFlags, orderType, in.bytes(rest, "body"));
        };
    }

    /** What the body of an order is read with. */
    record Header(int controlFlags, int extraFlags, int orderType) {}
}
