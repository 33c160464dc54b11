package porthole.graphics.h264.ffmpeg;

import java.nio.ByteBuffer;
import porthole.graphics.h264.YuvPicture;

/** All samples of a picture, luma first. */
final class Planes {
    private Planes() {}

    static ByteBuffer of(YuvPicture picture) {
        int chroma = picture.chromaWidth() * picture.chromaHeight();
        ByteBuffer samples = ByteBuffer.allocate(picture.width() * picture.height() + 2 * chroma);
        for (int row = 0; row < picture.height(); row++) {
            samples.put(picture.y(), picture.row(row), picture.width());
        }
        for (byte[] plane : new byte[][] {picture.u(), picture.v()}) {
            for (int row = 0; row < picture.chromaHeight(); row++) {
                samples.put(plane, picture.chromaRow(row), picture.chromaWidth());
            }
        }
        return samples.flip();
    }
}
