package porthole.graphics.orders;

import java.util.Arrays;
import porthole.graphics.cache.ColorTables;
import porthole.graphics.codec.PixelFormat;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.orders.TsColor;

/** What the colours of orders are on the screen, at the colour depth of the session. Not thread-safe. */
final class OrderColors {
    private static final int BLACK = 0xFF000000;

    private final int[] palette = new int[ColorTables.COLORS];
    private int bitsPerPixel;

    OrderColors(int bitsPerPixel) {
        this.bitsPerPixel = bitsPerPixel;
        Arrays.fill(palette, BLACK);
    }

    void depth(int depth) {
        bitsPerPixel = depth;
    }

    int depth() {
        return bitsPerPixel;
    }

    void palette(PaletteUpdate update) {
        for (int i = 0; i < update.numberColors(); i++) {
            palette[i] = update.argb(i);
        }
    }

    /** 256 colours; borrowed. */
    int[] palette() {
        return palette;
    }

    /** A colour as 0xFFRRGGBB; below 24 bits per pixel its octets are an index or a pixel. */
    int argb(TsColor color) {
        return switch (bitsPerPixel) {
            case 8 -> palette[color.redOrPaletteIndex()];
            case 15 -> PixelFormat.rgb555(color.wire());
            case 16 -> PixelFormat.rgb565(color.wire());
            default -> BLACK | color.rgb();
        };
    }
}
