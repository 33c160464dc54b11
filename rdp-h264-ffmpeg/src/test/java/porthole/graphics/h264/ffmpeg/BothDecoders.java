package porthole.graphics.h264.ffmpeg;

import java.util.concurrent.atomic.AtomicInteger;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.YuvPicture;
import porthole.graphics.h264.software.SoftwareProvider;

/** Decodes with both decoders and insists that they agree in every octet of every plane; found like any other. */
public final class BothDecoders implements H264Decoder.Provider {
    /** Pictures that were compared. */
    static final AtomicInteger COMPARED = new AtomicInteger();

    @Override
    public String name() {
        return "both";
    }

    @Override
    public int preference() {
        return 3 * FAST;
    }

    @Override
    public boolean isAvailable() {
        return new FfmpegProvider().isAvailable();
    }

    @Override
    public H264Decoder open(long maximumPixels) {
        H264Decoder ffmpeg = new FfmpegProvider().open(maximumPixels);
        H264Decoder java = new SoftwareProvider().open(maximumPixels);
        YuvPicture other = new YuvPicture();
        return new H264Decoder() {
            @Override
            public boolean decode(byte[] octets, int from, int to, YuvPicture into) {
                boolean came = ffmpeg.decode(octets, from, to, into);
                same(came, java.decode(octets, from, to, other), "a picture came");
                if (came) {
                    COMPARED.incrementAndGet();
                    same(into.width(), other.width(), "width");
                    same(into.height(), other.height(), "height");
                    same(Planes.of(into), Planes.of(other), "planes");
                }
                return came;
            }

            @Override
            public void close() {
                ffmpeg.close();
                java.close();
            }
        };
    }

    private static void same(Object one, Object two, String what) {
        if (!one.equals(two)) {
            throw new IllegalStateException(what + ": " + one + " and " + two);
        }
    }
}
