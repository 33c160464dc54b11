package porthole.client.video.ffmpeg;

import java.io.IOException;
import java.nio.file.Path;
import porthole.client.video.VideoWriter;
import porthole.graphics.h264.ffmpeg.Libraries;

/** MP4 files. */
public final class Mp4Provider implements VideoWriter.Provider {
    @Override
    public String ending() {
        return "mp4";
    }

    @Override
    public boolean isAvailable() {
        return Libraries.work();
    }

    @Override
    public VideoWriter create(Path file, int width, int height) throws IOException {
        return new Mp4Writer(file, width, height);
    }
}
