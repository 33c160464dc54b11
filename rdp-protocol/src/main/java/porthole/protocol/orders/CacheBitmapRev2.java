package porthole.protocol.orders;

import java.util.Optional;
import java.util.OptionalLong;
import porthole.protocol.graphics.BitmapHeader.CompressedDataHeader;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Cache Bitmap, revision 2: a bitmap for a cache that may outlive the session. MS-RDPEGDI 2.2.2.2.1.2.3.
 *
 * @param extraFlags cacheId in three bits, bitsPerPixelId in four, and flags CBR2_* in nine
 * @param key key1 in the low and key2 in the high half; absent unless the bitmap is to be kept
 * @param bitmapWidth in pixels, 0 to 32767; so is the height
 * @param cacheIndex as sent, see {@link #slot}
 * @param bitmapDataStream the pixels from the bottom row on, compressed as the type says
 * @param otherForm the body as it was sent, where its numbers are not as short as they can be; it wins when written
 * @param trailing octets that the order's length covers and nothing accounts for
 */
public record CacheBitmapRev2(
        int controlFlags,
        int extraFlags,
        int orderType,
        OptionalLong key,
        int bitmapWidth,
        int bitmapHeight,
        int cacheIndex,
        Optional<CompressedDataHeader> bitmapComprHdr,
        Bytes bitmapDataStream,
        Bytes otherForm,
        Bytes trailing)
        implements SecondaryOrder {
    public static final int CBR2_HEIGHT_SAME_AS_WIDTH = 0x01;
    public static final int CBR2_PERSISTENT_KEY_PRESENT = 0x02;
    public static final int CBR2_NO_BITMAP_COMPRESSION_HDR = 0x08;
    public static final int CBR2_DO_NOT_CACHE = 0x10;

    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.2.3";

    /** A bitmap without a header in front of its pixels, which is kept beyond the session if it has a key. */
    public static CacheBitmapRev2 of(
            boolean compressed,
            int cacheId,
            int cacheIndex,
            int width,
            int height,
            int bitsPerPixel,
            OptionalLong key,
            Bytes data) {
        int flags = (width == height ? CBR2_HEIGHT_SAME_AS_WIDTH : 0)
                | (key.isPresent() ? CBR2_PERSISTENT_KEY_PRESENT : 0)
                | (compressed ? CBR2_NO_BITMAP_COMPRESSION_HDR : 0);
        return new CacheBitmapRev2(
                TS_STANDARD | TS_SECONDARY,
                BitmapCacheFlags.of(cacheId, bitsPerPixel, flags),
                compressed ? TS_CACHE_BITMAP_COMPRESSED_REV2 : TS_CACHE_BITMAP_UNCOMPRESSED_REV2,
                key,
                width,
                height,
                cacheIndex,
                Optional.empty(),
                data,
                Bytes.EMPTY,
                Bytes.EMPTY);
    }

    public boolean isCompressed() {
        return orderType == TS_CACHE_BITMAP_COMPRESSED_REV2;
    }

    /** The bitmap cache, 0 to 7. */
    public int cacheId() {
        return BitmapCacheFlags.cacheId(extraFlags);
    }

    /** 8, 16, 24 or 32; zero where the order names another depth. */
    public int bitsPerPixel() {
        return BitmapCacheFlags.bitsPerPixel(extraFlags);
    }

    /** CBR2_*. */
    public int flags() {
        return BitmapCacheFlags.flags(extraFlags);
    }

    /** Where the bitmap goes in its cache; {@link PrimaryOrder#WAITING_LIST_INDEX} is the last entry. */
    public int slot() {
        return (flags() & CBR2_DO_NOT_CACHE) != 0 ? PrimaryOrder.WAITING_LIST_INDEX : cacheIndex;
    }

    static CacheBitmapRev2 decode(WireReader in, Header header) {
        int start = in.offset();
        int flags = BitmapCacheFlags.flags(header.extraFlags());
        OptionalLong key =
                (flags & CBR2_PERSISTENT_KEY_PRESENT) != 0 ? OptionalLong.of(in.s64le("key")) : OptionalLong.empty();
        int width = PackedNumber.unsigned2(in, "bitmapWidth");
        int height = (flags & CBR2_HEIGHT_SAME_AS_WIDTH) != 0 ? width : PackedNumber.unsigned2(in, "bitmapHeight");
        int length = PackedNumber.unsigned4(in, "bitmapLength");
        int cacheIndex = PackedNumber.unsigned2(in, "cacheIndex");
        Optional<CompressedDataHeader> comprHdr = Optional.empty();
        if (header.orderType() == TS_CACHE_BITMAP_COMPRESSED_REV2 && (flags & CBR2_NO_BITMAP_COMPRESSION_HDR) == 0) {
            comprHdr = Optional.of(BitmapLength.comprHdr(in, length));
        }
        CacheBitmapRev2 plain = new CacheBitmapRev2(
                header.controlFlags(),
                header.extraFlags(),
                header.orderType(),
                key,
                width,
                height,
                cacheIndex,
                comprHdr,
                in.bytes(BitmapLength.pixels(length, comprHdr), "bitmapDataStream"),
                Bytes.EMPTY,
                Bytes.EMPTY);
        Bytes otherForm = in.otherForm(start, plain::encodeBody);
        return plain.with(otherForm, in.rest("trailing"));
    }

    private CacheBitmapRev2 with(Bytes form, Bytes rest) {
        return new CacheBitmapRev2(
                controlFlags,
                extraFlags,
                orderType,
                key,
                bitmapWidth,
                bitmapHeight,
                cacheIndex,
                bitmapComprHdr,
                bitmapDataStream,
                form,
                rest);
    }

    @Override
    public void encodeBody(WireWriter out) {
        if (otherForm.isEmpty()) {
            key.ifPresent(out::s64le);
            PackedNumber.unsigned2(out, bitmapWidth);
            if ((flags() & CBR2_HEIGHT_SAME_AS_WIDTH) == 0) {
                PackedNumber.unsigned2(out, bitmapHeight);
            }
            PackedNumber.unsigned4(out, BitmapLength.of(bitmapComprHdr, bitmapDataStream));
            PackedNumber.unsigned2(out, cacheIndex);
            bitmapComprHdr.ifPresent(out::pdu);
            out.bytes(bitmapDataStream);
        }
        out.bytes(otherForm).bytes(trailing);
    }
}
