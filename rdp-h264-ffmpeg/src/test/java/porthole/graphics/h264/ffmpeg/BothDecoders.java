package porthole.graphics.h264.ffmpeg;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.YuvPicture;
import porthole.graphics.h264.jcodec.JcodecProvider;

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
        return FAST + 1;
    }

    @Override
    public boolean isAvailable() {
        return new FfmpegProvider().isAvailable();
    }

    @Override
    public H264Decoder open(long maximumPixels) {
        H264Decoder ffmpeg = new FfmpegProvider().open(maximumPixels);
        H264Decoder jcodec = new JcodecProvider().open(maximumPixels);
        YuvPicture other = new YuvPicture();
        return new H264Decoder() {
            @Override
            public boolean decode(byte[] octets, int from, int to, YuvPicture into) {
                boolean came = ffmpeg.decode(octets, from, to, into);
                same(came, jcodec.decode(octets, from, to, other), "a picture came");
                if (came) {
                    COMPARED.incrementAndGet();
                    same(into.width(), other.width(), "width");
                    same(into.height(), other.height(), "height");
                    int luma = into.width() * into.height();
                    int chroma = into.chromaWidth() * ((into.height() + 1) / 2);
                    same(-1, Arrays.mismatch(into.y(), 0, luma, other.y(), 0, luma), "luma");
                    same(-1, Arrays.mismatch(into.u(), 0, chroma, other.u(), 0, chroma), "blue difference");
                    same(-1, Arrays.mismatch(into.v(), 0, chroma, other.v(), 0, chroma), "red difference");
                }
                return came;
            }

            @Override
            public void close() {
                ffmpeg.close();
                jcodec.close();
            }
        };
    }

    private static void same(Object one, Object two, String what) {
        if (!one.equals(two)) {
            throw new IllegalStateException(what + ": " + one + " and " + two);
        }
    }
}
