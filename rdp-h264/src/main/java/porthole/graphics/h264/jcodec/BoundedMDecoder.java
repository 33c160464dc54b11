package porthole.graphics.h264.jcodec;

import java.nio.ByteBuffer;
import org.jcodec.codecs.common.biari.MDecoder;

/**
 * Arithmetic decoding that ends where the slice ends: JCodec's own reads on behind the last octet, for some elements without
 * end. ITU-T H.264 9.3.1.2.
 */
final class BoundedMDecoder extends MDecoder {
    /** What the decoder holds beyond the bits that a slice has used, generously. */
    private static final int MOST_MISSING_BITS = 64;

    private final ByteBuffer slice;
    private int missingBits;

    /** @param slice of which the decoder uses up what remains */
    BoundedMDecoder(ByteBuffer slice, int[][] models) {
        super(slice, models);
        this.slice = slice;
    }

    @Override
    protected void readOneByte() {
        // called by the constructor of the superclass, too, when the slice is not yet known
        if (slice != null && !slice.hasRemaining() && ++missingBits > MOST_MISSING_BITS) {
            throw JcodecDecoder.error("slice_data", "its end", "more macroblocks");
        }
        super.readOneByte();
    }
}
