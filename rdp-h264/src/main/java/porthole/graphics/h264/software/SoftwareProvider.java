package porthole.graphics.h264.software;

import porthole.graphics.h264.H264Decoder;

/** Pure Java: works everywhere. */
public final class SoftwareProvider implements H264Decoder.Provider {
    @Override
    public String name() {
        return "java";
    }

    @Override
    public int preference() {
        return FAST - 1;
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public H264Decoder open(long maximumPixels) {
        return new SoftwareDecoder(maximumPixels);
    }
}
