package porthole.graphics.orders;

import porthole.graphics.cache.BrushCaches;
import porthole.graphics.cache.OrderErrors;
import porthole.graphics.rop.Brush;
import porthole.protocol.orders.OrderBrush;
import porthole.protocol.orders.TsColor;

/** Makes the brush that an order asks for. MS-RDPEGDI 2.2.2.2.1.1.2.3. Not thread-safe. */
final class Brushes {
    private static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.1.2.3";
    /** The colour depth of a cached brush that has two colours. */
    private static final int BMF_1BPP = 0x01;

    private static final int DEPTH = 0x0F;

    private final OrderColors colors;
    private final BrushCaches cache;
    private final Brush brush = new Brush();

    Brushes(OrderColors colors, BrushCaches cache) {
        this.colors = colors;
        this.cache = cache;
    }

    Brush solid(TsColor color) {
        return brush.solid(colors.argb(color));
    }

    /**
     * The brush of an order, valid until the next one is asked for.
     *
     * @param order names the place of an error
     * @param transparent leaves the background of a pattern as it is
     * @return null where nothing is to be drawn: a hollow brush, or one that the host never put into the cache
     */
    Brush of(String order, OrderBrush wanted, TsColor foreColor, TsColor backColor, boolean transparent) {
        if (wanted.isCached()) {
            return cached(order, wanted, foreColor, backColor, transparent);
        }
        return switch (wanted.brushStyle()) {
            case OrderBrush.BS_SOLID -> solid(foreColor);
            case OrderBrush.BS_NULL -> null;
            case OrderBrush.BS_HATCHED -> {
                OrderErrors.index(wanted.brushHatch(), Brush.hatches(), order, "brushHatch", SECTION);
                yield mono(Brush.hatch(wanted.brushHatch()), wanted, foreColor, backColor, transparent);
            }
            case OrderBrush.BS_PATTERN -> mono(bits(wanted), wanted, foreColor, backColor, transparent);
            default ->
                throw OrderErrors.error(
                        order, "brushStyle", String.valueOf(wanted.brushStyle()), "0 to 3, or a cached brush", SECTION);
        };
    }

    private Brush cached(String order, OrderBrush wanted, TsColor foreColor, TsColor backColor, boolean transparent) {
        int index = wanted.brushHatch();
        if ((wanted.brushStyle() & DEPTH) == BMF_1BPP) {
            return cache.hasMono(order, index)
                    ? mono(cache.mono(index), wanted, foreColor, backColor, transparent)
                    : null;
        }
        int[] pixels = cache.colors(order, index);
        return pixels == null ? null : brush.colors(pixels, wanted.brushOrgX(), wanted.brushOrgY());
    }

    private Brush mono(long bits, OrderBrush wanted, TsColor foreColor, TsColor backColor, boolean transparent) {
        return brush.mono(
                bits,
                colors.argb(foreColor),
                colors.argb(backColor),
                transparent,
                wanted.brushOrgX(),
                wanted.brushOrgY());
    }

    /** The bottom row is in its own field, and the others come from the bottom up. */
    private static long bits(OrderBrush wanted) {
        long bits = 0;
        for (int row = OrderBrush.EXTRA_SIZE - 1; row >= 0; row--) {
            bits = bits << 8 | wanted.brushExtra().at(row);
        }
        return bits << 8 | wanted.brushHatch();
    }
}
