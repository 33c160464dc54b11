package porthole.graphics.pointer;

import java.util.BitSet;
import porthole.graphics.codec.PixelFormat;
import porthole.protocol.failure.WireException;
import porthole.protocol.graphics.PointerUpdate;
import porthole.protocol.wire.Bytes;

/**
 * Makes pointer shapes of the XOR and AND masks that a host sends. MS-RDPBCGR 2.2.9.1.1.4.4, 2.2.9.1.1.4.5 and
 * 2.2.9.1.2.1.11.
 *
 * <p>Where the AND bit is 0 a pixel shows its colour; where it is 1, black is transparent and white inverts.
 */
final class PointerDecoder {
    /** With the large pointer capability; 32 without it. */
    private static final int MAXIMUM_SIDE = 96;

    private static final int MAXIMUM_LARGE_SIDE = 384;
    private static final int OPAQUE = 0xFF000000;
    private static final int WHITE = 0xFFFFFF;

    private PointerDecoder() {}

    static PointerImage decode(PointerUpdate.Color pointer, int xorBpp, int[] palette) {
        return decode(
                new Shape("ColorPointerAttribute", "MS-RDPBCGR 2.2.9.1.1.4.4", MAXIMUM_SIDE, xorBpp),
                pointer.width(),
                pointer.height(),
                pointer.xPos(),
                pointer.yPos(),
                pointer.xorMaskData(),
                pointer.andMaskData(),
                palette);
    }

    static PointerImage decode(PointerUpdate.Large pointer, int[] palette) {
        return decode(
                new Shape("LargePointerAttribute", "MS-RDPBCGR 2.2.9.1.2.1.11", MAXIMUM_LARGE_SIDE, pointer.xorBpp()),
                pointer.width(),
                pointer.height(),
                pointer.hotSpotX(),
                pointer.hotSpotY(),
                pointer.xorMaskData(),
                pointer.andMaskData(),
                palette);
    }

    /** Which structure it is, for errors, and how its pixels lie. */
    private record Shape(String pdu, String section, int maximumSide, int xorBpp) {
        void check(boolean ok, String field, Object seen, String rule) {
            if (!ok) {
                throw new WireException(pdu, field, 0, String.valueOf(seen), rule, section);
            }
        }
    }

    private static PointerImage decode(
            Shape shape, int width, int height, int hotX, int hotY, Bytes xorMask, Bytes andMask, int[] palette) {
        int bpp = shape.xorBpp();
        String sides = "1 to " + shape.maximumSide();
        shape.check(width >= 1 && width <= shape.maximumSide(), "width", width, sides);
        shape.check(height >= 1 && height <= shape.maximumSide(), "height", height, sides);
        shape.check(
                bpp == 1 || bpp == 4 || PixelFormat.bytesPerPixel(bpp) > 0, "xorBpp", bpp, "1, 4, 8, 15, 16, 24 or 32");
        int xorStride = stride(bpp == 15 ? 16 : bpp, width);
        int andStride = stride(1, width);
        shape.check(
                xorMask.size() >= xorStride * height,
                "lengthXorMask",
                xorMask.size(),
                "at least " + xorStride * height);
        boolean hasAnd = !andMask.isEmpty();
        shape.check(
                !hasAnd || andMask.size() >= andStride * height,
                "lengthAndMask",
                andMask.size(),
                "none, or at least " + andStride * height);
        int[] argb = new int[width * height];
        BitSet inverted = new BitSet();
        boolean alpha = bpp == 32 && usesAlpha(xorMask, width * height);
        for (int y = 0; y < height; y++) {
            // Masks of one bit per pixel begin with the top row, all others with the bottom row.
            int row = bpp == 1 ? y : height - 1 - y;
            for (int x = 0; x < width; x++) {
                int color = color(xorMask, row * xorStride, x, bpp, palette);
                int to = y * width + x;
                boolean and = hasAnd && (andMask.at(row * andStride + x / 8) >> 7 - x % 8 & 1) != 0;
                if (!and) {
                    argb[to] = alpha ? color : OPAQUE | color;
                } else if ((color & WHITE) == WHITE) {
                    inverted.set(to);
                } else if ((color & WHITE) != 0) {
                    argb[to] = alpha ? color : OPAQUE | color;
                }
            }
        }
        return new PointerImage(width, height, hotX, hotY, argb, inverted);
    }

    /** Rows are padded to two octets. */
    private static int stride(int bpp, int width) {
        return (bpp * width + 15) / 16 * 2;
    }

    /** Some hosts leave the alpha of 32-bit pointers at zero and mean the AND mask alone. */
    private static boolean usesAlpha(Bytes xorMask, int pixels) {
        for (int i = 0; i < pixels; i++) {
            if (xorMask.at(i * 4 + 3) != 0) {
                return true;
            }
        }
        return false;
    }

    private static int color(Bytes mask, int row, int x, int bpp, int[] palette) {
        return switch (bpp) {
            case 1 -> (mask.at(row + x / 8) >> 7 - x % 8 & 1) != 0 ? WHITE : 0;
            case 4 -> palette[mask.at(row + x / 2) >> (x % 2 == 0 ? 4 : 0) & 0xF];
            case 8 -> palette[mask.at(row + x)];
            case 15 -> PixelFormat.rgb555(mask.at(row + x * 2) | mask.at(row + x * 2 + 1) << 8);
            case 16 -> PixelFormat.rgb565(mask.at(row + x * 2) | mask.at(row + x * 2 + 1) << 8);
            case 24 -> bgr(mask, row + x * 3);
            default -> bgr(mask, row + x * 4) | mask.at(row + x * 4 + 3) << 24;
        };
    }

    private static int bgr(Bytes mask, int at) {
        return mask.at(at) | mask.at(at + 1) << 8 | mask.at(at + 2) << 16;
    }
}
