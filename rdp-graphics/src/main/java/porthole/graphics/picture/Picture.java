package porthole.graphics.picture;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A finished picture that never changes. */
public final class Picture {
    private final int width;
    private final int height;
    private final int[] argb;

    private Picture(int width, int height, int[] argb) {
        this.width = width;
        this.height = height;
        this.argb = argb;
    }

    /** Copies {@code width * height} pixels of 0xAARRGGBB, the top row first. */
    public static Picture copyOf(int width, int height, int[] argb) {
        if (width < 0 || height < 0 || (long) width * height > argb.length) {
            throw new IllegalArgumentException(argb.length + " pixels do not make " + width + " x " + height);
        }
        return new Picture(width, height, Arrays.copyOf(argb, width * height));
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** The pixel as 0xAARRGGBB. */
    public int argb(int x, int y) {
        if (x < 0 || x >= width || y < 0 || y >= height) {
            throw new IndexOutOfBoundsException("(" + x + ", " + y + ") in " + width + " x " + height);
        }
        return argb[y * width + x];
    }

    /** A fresh copy of all pixels, the top row first. */
    public int[] toArray() {
        return argb.clone();
    }

    /** Writes the picture as a PNG file; the stream is not closed. */
    public void writePng(OutputStream out) throws IOException {
        PngWriter.write(width, height, argb, out);
    }

    /** Compresses a rectangle that lies within the picture. */
    void rows(PixelRect rect, PngWriter.Parts out) throws IOException {
        PngWriter.rows(rect.width(), rect.height(), argb, rect.y() * width + rect.x(), width, out);
    }

    /** The part of this picture that fits into another size, on black where it is smaller. */
    public Picture on(int newWidth, int newHeight) {
        int[] pixels = new int[newWidth * newHeight];
        Arrays.fill(pixels, 0xFF000000);
        for (int y = 0; y < Math.min(height, newHeight); y++) {
            System.arraycopy(argb, y * width, pixels, y * newWidth, Math.min(width, newWidth));
        }
        return new Picture(newWidth, newHeight, pixels);
    }

    /** How many pixels differ in colour, alpha aside; pictures of different size differ in all of the larger one's. */
    public long differingPixels(Picture other) {
        if (width != other.width || height != other.height) {
            return Math.max((long) width * height, (long) other.width * other.height);
        }
        long differing = 0;
        for (int i = 0; i < argb.length; i++) {
            if (((argb[i] ^ other.argb[i]) & 0xFFFFFF) != 0) {
                differing++;
            }
        }
        return differing;
    }

    /** The smallest rectangle around all pixels that differ; empty when none do, all when the sizes differ. */
    public PixelRect differenceBounds(Picture other) {
        if (width != other.width || height != other.height) {
            return new PixelRect(0, 0, Math.max(width, other.width), Math.max(height, other.height));
        }
        int left = width;
        int top = height;
        int right = 0;
        int bottom = 0;
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++, i++) {
                if (((argb[i] ^ other.argb[i]) & 0xFFFFFF) != 0) {
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                    top = Math.min(top, y);
                    bottom = y + 1;
                }
            }
        }
        return right == 0 ? new PixelRect(0, 0, 0, 0) : PixelRect.ofEdges(left, top, right, bottom);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Picture that
                && width == that.width
                && height == that.height
                && Arrays.equals(argb, that.argb);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(argb) * 31 + width;
    }

    @Override
    public String toString() {
        return "Picture[" + width + " x " + height + "]";
    }
}
