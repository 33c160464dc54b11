package porthole.graphics.cache;

/**
 * The picture of one character.
 *
 * @param x from the origin of the character to the left edge
 * @param y from the origin to the top edge
 * @param bits one bit per pixel, rows of whole octets, the top row first; at least {@code (width + 7) / 8 * height} octets
 */
public record Glyph(int x, int y, int width, int height, byte[] bits) {}
