package porthole.graphics.h264.ffmpeg;

import porthole.graphics.h264.H264Decoder;

/** FFmpeg's decoder: some hundreds of pictures of 1280 x 720 a second. */
public final class FfmpegProvider implements H264Decoder.Provider {
    @Override
    public String name() {
        return "ffmpeg";
    }

    @Override
    public int preference() {
        return 2 * FAST;
    }

    @Override
    public boolean isAvailable() {
        return Libraries.work();
    }

    @Override
    public H264Decoder open(long maximumPixels) {
        return new FfmpegDecoder(maximumPixels);
    }
}
