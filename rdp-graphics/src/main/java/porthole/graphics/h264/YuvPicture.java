package porthole.graphics.h264;

/**
 * A picture in three planes of unsigned octets: luma, and blue and red difference at half its width and height.
 *
 * <p>A view of planes that belong to the decoder, which leaves them alone until its next call. Not thread-safe.
 */
public final class YuvPicture {
    private byte[] y = new byte[0];
    private byte[] u = new byte[0];
    private byte[] v = new byte[0];
    private int width;
    private int height;
    private int offset;
    private int stride;
    private int chromaOffset;
    private int chromaStride;

    /**
     * Shows other planes.
     *
     * @param width and height in pixels
     * @param offset of the first sample of luma
     * @param stride from a row of luma to the next one
     * @param chromaOffset and chromaStride likewise, of both planes of chroma
     */
    public void view(
            byte[] y,
            byte[] u,
            byte[] v,
            int width,
            int height,
            int offset,
            int stride,
            int chromaOffset,
            int chromaStride) {
        this.y = y;
        this.u = u;
        this.v = v;
        this.width = width;
        this.height = height;
        this.offset = offset;
        this.stride = stride;
        this.chromaOffset = chromaOffset;
        this.chromaStride = chromaStride;
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

    public int chromaHeight() {
        return (height + 1) / 2;
    }

    /** Luma. */
    public byte[] y() {
        return y;
    }

    /** Blue difference. */
    public byte[] u() {
        return u;
    }

    /** Red difference. */
    public byte[] v() {
        return v;
    }

    /** Where a row of luma begins in its plane. */
    public int row(int line) {
        return offset + line * stride;
    }

    /** Where a row of chroma begins in its planes. */
    public int chromaRow(int line) {
        return chromaOffset + line * chromaStride;
    }
}
