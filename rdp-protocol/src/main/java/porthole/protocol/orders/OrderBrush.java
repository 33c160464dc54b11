package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;

/**
 * The five brush fields of a primary order. MS-RDPEGDI 2.2.2.2.1.1.2.3.
 *
 * @param brushOrgX of the pixel where the pattern begins, -128 to 127
 * @param brushOrgY of the pixel where the pattern begins, -128 to 127
 * @param brushStyle one of BS_*, or {@link #TS_CACHED_BRUSH} and a colour depth
 * @param brushHatch a hatch HS_*, the bottom row of a pattern, or an index of the brush cache
 * @param brushExtra seven rows of a pattern, the last but one first and the top one last
 */
public record OrderBrush(int brushOrgX, int brushOrgY, int brushStyle, int brushHatch, Bytes brushExtra) {
    public static final int TS_CACHED_BRUSH = 0x80;

    public static final int BS_SOLID = 0x00;
    public static final int BS_NULL = 0x01;
    public static final int BS_HATCHED = 0x02;
    public static final int BS_PATTERN = 0x03;

    public static final int HS_HORIZONTAL = 0x00;
    public static final int HS_VERTICAL = 0x01;
    public static final int HS_FDIAGONAL = 0x02;
    public static final int HS_BDIAGONAL = 0x03;
    public static final int HS_CROSS = 0x04;
    public static final int HS_DIAGCROSS = 0x05;

    /** Octets of {@code brushExtra}. */
    public static final int EXTRA_SIZE = 7;

    public static final OrderBrush ZERO = new OrderBrush(0, 0, 0, 0, Bytes.of(new byte[EXTRA_SIZE]));

    public OrderBrush {
        if (brushExtra.size() != EXTRA_SIZE) {
            throw new IllegalArgumentException("brushExtra has " + brushExtra.size() + " octets");
        }
    }

    /** Whether the pattern is in the brush cache, at {@code brushHatch}. */
    public boolean isCached() {
        return (brushStyle & TS_CACHED_BRUSH) != 0;
    }
}
