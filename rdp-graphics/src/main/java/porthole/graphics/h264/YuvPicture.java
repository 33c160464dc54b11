package porthole.graphics.h264;

/**
 * A picture in three planes of unsigned octets: luma, and blue and red difference at half its width and height.
 *
 * <p>Its arrays are used again from picture to picture. Not thread-safe.
 */
public final class YuvPicture {
    private byte[] y = new byte[0];
    private byte[] u = new byte[0];
    private byte[] v = new byte[0];
    private int width;
    private int height;

    /** Makes room for a picture of that size, in pixels; what the planes hold is then undefined. */
    public void size(int width, int height) {
        this.width = width;
        this.height = height;
        int luma = width * height;
        int chroma = chromaWidth() * ((height + 1) / 2);
        if (y.length < luma) {
            y = new byte[luma];
        }
        if (u.length < chroma) {
            u = new byte[chroma];
            v = new byte[chroma];
        }
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public int chromaWidth() {
        return (width + 1) / 2;
    }

    /** Luma, {@link #width()} octets a row. */
    public byte[] y() {
        return y;
    }

    /** Blue difference, {@link #chromaWidth()} octets a row. */
    public byte[] u() {
        return u;
    }

    /** Red difference, {@link #chromaWidth()} octets a row. */
    public byte[] v() {
        return v;
    }
}
