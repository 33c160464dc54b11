package porthole.protocol.orders;

/** extraFlags of the Cache Bitmap orders from revision 2 on. MS-RDPEGDI 2.2.2.2.1.2.3. */
final class BitmapCacheFlags {
    private static final int BPP_8 = 0x3;
    private static final int BPP_16 = 0x4;
    private static final int BPP_24 = 0x5;
    private static final int BPP_32 = 0x6;

    private BitmapCacheFlags() {}

    static int of(int cacheId, int bitsPerPixel, int flags) {
        int id = switch (bitsPerPixel) {
            case 8 -> BPP_8;
            case 15, 16 -> BPP_16;
            case 24 -> BPP_24;
            case 32 -> BPP_32;
            default -> throw new IllegalArgumentException(bitsPerPixel + " bits per pixel");
        };
        return cacheId & 0x7 | id << 3 | flags << 7;
    }

    static int cacheId(int extraFlags) {
        return extraFlags & 0x7;
    }

    static int bitsPerPixel(int extraFlags) {
        return switch (extraFlags >> 3 & 0xF) {
            case BPP_8 -> 8;
            case BPP_16 -> 16;
            case BPP_24 -> 24;
            case BPP_32 -> 32;
            default -> 0;
        };
    }

    static int flags(int extraFlags) {
        return extraFlags >> 7;
    }
}
