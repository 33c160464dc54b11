package porthole.graphics.h264.jcodec;

import porthole.graphics.h264.H264Decoder;

/** Pure Java: works everywhere, at some 30 pictures of 1280 x 720 a second. */
public final class JcodecProvider implements H264Decoder.Provider {
    @Override
    public String name() {
        return "jcodec";
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public H264Decoder open(long maximumPixels) {
        return new JcodecDecoder(maximumPixels);
    }
}
