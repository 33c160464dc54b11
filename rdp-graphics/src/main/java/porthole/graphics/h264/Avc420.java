package porthole.graphics.h264;

import porthole.graphics.codec.PixelSink;

/** AVC420: an ordinary H.264 picture of which some rectangles are shown. MS-RDPEGFX 3.3.8.3.1. Not thread-safe. */
public final class Avc420 implements AutoCloseable {
    private final H264Decoder decoder;
    private final YuvPicture picture = new YuvPicture();
    private final Avc420Bitmap bitmap = new Avc420Bitmap();
    private final Avc420Bitmap.Rectangle showing = this::show;
    private final Yuv yuv = new Yuv();
    private PixelSink sink;

    /** @param decoder closed with this */
    public Avc420(H264Decoder decoder) {
        this.decoder = decoder;
    }

    /**
     * Decodes one bitmap stream; its new rectangles go to {@code sink}.
     *
     * @param width and height of the bitmap, in pixels, to which the rectangles are cut
     */
    public void decode(byte[] octets, int from, int to, int width, int height, PixelSink sink) {
        bitmap.read(octets, from, to);
        if (decoder.decode(octets, bitmap.from(), bitmap.to(), picture)) {
            this.sink = sink;
            bitmap.forEach(Math.min(width, picture.width()), Math.min(height, picture.height()), showing);
        }
    }

    private void show(int left, int top, int right, int bottom) {
        int even = left & ~1; // where the first pair of pixels begins
        int count = right - even;
        for (int y = top; y < bottom; y++) {
            int luma = picture.row(y) + even;
            int chroma = picture.chromaRow(y >> 1) + (even >> 1);
            int[] row = yuv.row420(picture.y(), luma, picture.u(), picture.v(), chroma, count);
            sink.pixels(left, y, right - left, 1, row, left - even, right - left);
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
