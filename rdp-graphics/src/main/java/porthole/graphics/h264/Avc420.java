package porthole.graphics.h264;

import porthole.graphics.codec.PixelSink;
import porthole.graphics.picture.PixelRect;

/** AVC420: an ordinary H.264 picture of which some rectangles are shown. MS-RDPEGFX 3.3.8.3.1. Not thread-safe. */
public final class Avc420 implements AutoCloseable {
    private final H264Decoder decoder;
    private final YuvPicture picture = new YuvPicture();
    private int[] row = new int[0];

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
        Avc420Bitmap bitmap = Avc420Bitmap.read(octets, from, to);
        if (!decoder.decode(octets, bitmap.from(), bitmap.to(), picture)) {
            return;
        }
        PixelRect all = new PixelRect(0, 0, Math.min(width, picture.width()), Math.min(height, picture.height()));
        for (PixelRect rect : bitmap.regionRects()) {
            show(rect.intersection(all), sink);
        }
    }

    private void show(PixelRect rect, PixelSink sink) {
        if (row.length < rect.width()) {
            row = new int[rect.width()];
        }
        for (int y = rect.y(); y < rect.bottom(); y++) {
            Yuv.row420(
                    picture.y(),
                    picture.row(y),
                    picture.u(),
                    picture.v(),
                    picture.chromaRow(y >> 1),
                    rect.x(),
                    rect.width(),
                    row,
                    0);
            sink.pixels(rect.x(), y, rect.width(), 1, row, 0, rect.width());
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
