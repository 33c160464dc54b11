package porthole.protocol.orders;

import java.util.Optional;
import porthole.protocol.graphics.BitmapHeader.CompressedDataHeader;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** bitmapLength of the Cache Bitmap orders, which covers the pixels and the optional header in front of them. */
final class BitmapLength {
    private static final int HEADER = 8;

    private BitmapLength() {}

    static CompressedDataHeader comprHdr(WireReader in, int bitmapLength) {
        in.check(bitmapLength >= HEADER, "bitmapLength", bitmapLength, "at least the 8 octets of bitmapComprHdr");
        return in.within("bitmapComprHdr", "MS-RDPBCGR 2.2.9.1.1.3.1.2.3", CompressedDataHeader::decode);
    }

    static int pixels(int bitmapLength, Optional<CompressedDataHeader> header) {
        return bitmapLength - (header.isPresent() ? HEADER : 0);
    }

    static int of(Optional<CompressedDataHeader> header, Bytes pixels) {
        return pixels.size() + (header.isPresent() ? HEADER : 0);
    }
}
