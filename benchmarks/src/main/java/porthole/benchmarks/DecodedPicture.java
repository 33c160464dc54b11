package porthole.benchmarks;

import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.YuvPicture;

/** Decodes the first picture only and gives it again for each further one, so that what is measured is all but H.264. */
final class DecodedPicture implements H264Decoder {
    private final H264Decoder decoder;
    private boolean decoded;

    DecodedPicture(H264Decoder decoder) {
        this.decoder = decoder;
    }

    @Override
    public boolean decode(byte[] octets, int from, int to, YuvPicture into) {
        decoded = decoded || decoder.decode(octets, from, to, into);
        return decoded;
    }

    @Override
    public void close() {
        decoder.close();
    }
}
