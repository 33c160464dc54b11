package porthole.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import porthole.fixtures.Fixtures;
import porthole.graphics.codec.BitmapDecoder;
import porthole.graphics.codec.ClearCodec;
import porthole.graphics.codec.NsCodec;
import porthole.graphics.codec.PixelSink;
import porthole.graphics.codec.Planar;
import porthole.graphics.codec.Progressive;
import porthole.graphics.codec.ProgressiveSurface;
import porthole.graphics.codec.RemoteFx;
import porthole.graphics.h264.Avc420;
import porthole.graphics.h264.Avc444;
import porthole.graphics.h264.H264Decoder;
import porthole.protocol.rdpgfx.BitmapCommand;

/** The bitmap codecs, each with the octets that it is measured on. */
final class Codecs {
    private static final String SHADOW = "freerdp-gfx-shadow/";
    private static final String XRDP = "freerdp-tls-xrdp/";
    private static final int NSCODEC = 1;
    private static final int REMOTEFX = 3;
    private static final long BUDGET = 1 << 24;
    private static final PixelSink NOWHERE = (x, y, width, height, argb, offset, stride) -> {};

    private static final Map<String, Supplier<Workload>> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("planar", () -> updates(new RecordedBitmaps(XRDP + "bpp32-photo").updates(32, true), true)),
            Map.entry("planar-gfx", () -> planar(surfaces("gfx-planar", BitmapCommand.CODECID_PLANAR))),
            Map.entry("clearcodec", () -> clearCodec(XRDP + "bpp32-plain", XRDP + "login-screen")),
            Map.entry("remotefx-rlgr1", () -> remoteFx(RemoteFxTiles.rlgr1(progressiveTiles()))),
            Map.entry("remotefx-rlgr3", () -> remoteFx(surfaces("gfx-rfx", BitmapCommand.CODECID_CAVIDEO))),
            Map.entry(
                    "remotefx-surface-commands",
                    () -> remoteFx(new RecordedBitmaps(SHADOW + "rfx-video").surfaceBits(REMOTEFX))),
            Map.entry("progressive", () -> progressive(progressiveTiles())),
            Map.entry(
                    "progressive-upgrades",
                    () -> progressive(ProgressiveEncoder.samples(picture(XRDP + "bpp32-photo")))),
            Map.entry("nscodec", () -> nsCodec(new RecordedBitmaps(SHADOW + "nsc").surfaceBits(NSCODEC))),
            Map.entry("interleaved-8", () -> updates(InterleavedEncoder.samples(picture(XRDP + "bpp32-photo")), true)),
            Map.entry(
                    "interleaved-15", () -> updates(new RecordedBitmaps(SHADOW + "bitmap-15").updates(15, true), true)),
            Map.entry(
                    "interleaved-16", () -> updates(new RecordedBitmaps(SHADOW + "bitmap-16").updates(16, true), true)),
            Map.entry(
                    "interleaved-24", () -> updates(new RecordedBitmaps(XRDP + "bpp24-plain").updates(24, true), true)),
            Map.entry(
                    "uncompressed",
                    () -> updates(surfaces("gfx-uncompressed", BitmapCommand.CODECID_UNCOMPRESSED), false)),
            Map.entry(
                    "avc420-colors",
                    () -> avc420(
                            first(surfaces("gfx-avc420", BitmapCommand.CODECID_AVC420)), new DecodedPicture(h264()))),
            Map.entry(
                    "avc444-colors",
                    () -> avc444(
                            first(surfaces("gfx-avc444", BitmapCommand.CODECID_AVC444V2)), new DecodedPicture(h264()))),
            Map.entry("avc420", () -> avc420(first(surfaces("gfx-avc420", BitmapCommand.CODECID_AVC420)), h264())),
            Map.entry("avc444", () -> avc444(first(surfaces("gfx-avc444", BitmapCommand.CODECID_AVC444V2)), h264()))));

    private Codecs() {}

    static List<String> names() {
        return List.copyOf(ALL.keySet());
    }

    static Workload of(String name) {
        return ALL.get(name).get();
    }

    private static List<Sample> surfaces(String recording, int codecId) {
        return new RecordedBitmaps(SHADOW + recording).surfaces(codecId);
    }

    /** The first second or so, as its first picture is whole. */
    private static List<Sample> first(List<Sample> pictures) {
        return pictures.subList(0, Math.min(12, pictures.size()));
    }

    private static List<Sample> progressiveTiles() {
        return surfaces("gfx-progressive", BitmapCommand.CODECID_CAPROGRESSIVE);
    }

    /** Decodes samples one after the other. */
    private abstract static class OnSamples implements Workload {
        private final List<Sample> samples;
        private final long pixels;
        private final long octets;

        OnSamples(List<Sample> samples) {
            if (samples.isEmpty()) {
                throw new IllegalStateException("the recording has no bitmap of this codec");
            }
            this.samples = List.copyOf(samples);
            pixels = samples.stream().mapToLong(Sample::pixels).sum();
            octets =
                    samples.stream().mapToLong(sample -> sample.octets().length).sum();
        }

        @Override
        public void run() {
            for (int i = 0; i < samples.size(); i++) {
                decode(i, samples.get(i));
            }
        }

        abstract void decode(int index, Sample sample);

        @Override
        public int frames() {
            return samples.size();
        }

        @Override
        public long pixels() {
            return pixels;
        }

        @Override
        public long octets() {
            return octets;
        }

        int largest() {
            return (int) samples.stream().mapToLong(Sample::pixels).max().orElse(0);
        }
    }

    private static Workload updates(List<Sample> samples, boolean compressed) {
        BitmapDecoder decoder = new BitmapDecoder();
        int[] palette = new int[256];
        List<ByteBuf> views =
                samples.stream().map(s -> Unpooled.wrappedBuffer(s.octets())).toList();
        return new OnSamples(samples) {
            @Override
            void decode(int index, Sample s) {
                decoder.decode(s.width(), s.height(), s.bitsPerPixel(), compressed, views.get(index), palette, BUDGET);
            }
        };
    }

    private static Workload planar(List<Sample> samples) {
        Planar planar = new Planar();
        return new OnSamples(samples) {
            private final int[] out = new int[largest()];

            @Override
            void decode(int index, Sample s) {
                planar.decode(s.octets(), 0, s.octets().length, s.width(), s.height(), out);
            }
        };
    }

    private static Workload nsCodec(List<Sample> samples) {
        NsCodec codec = new NsCodec();
        return new OnSamples(samples) {
            private final int[] out = new int[largest()];

            @Override
            void decode(int index, Sample s) {
                codec.decode(s.octets(), 0, s.octets().length, s.width(), s.height(), out);
            }
        };
    }

    private static Workload clearCodec(String... recordings) {
        List<Sample> samples = new ArrayList<>();
        for (String recording : recordings) {
            Pixels picture = picture(recording);
            samples.add(new Sample(
                    picture.width(),
                    picture.height(),
                    32,
                    ClearCodecEncoder.encode(picture.argb(), picture.width(), picture.height())));
        }
        ClearCodec codec = new ClearCodec();
        return new OnSamples(samples) {
            private final int[] target = new int[largest()];

            @Override
            void decode(int index, Sample s) {
                codec.decode(s.octets(), 0, s.octets().length, s.width(), s.height(), target, 0, s.width());
            }
        };
    }

    private static Workload remoteFx(List<Sample> samples) {
        RemoteFx codec = new RemoteFx();
        return new OnSamples(samples) {
            @Override
            void decode(int index, Sample s) {
                codec.decode(s.octets(), 0, s.octets().length, s.width(), s.height(), NOWHERE);
            }
        };
    }

    private static Workload progressive(List<Sample> samples) {
        Progressive codec = new Progressive();
        ProgressiveSurface surface =
                new ProgressiveSurface(samples.get(0).width(), samples.get(0).height());
        return new OnSamples(samples) {
            @Override
            void decode(int index, Sample s) {
                codec.decode(s.octets(), 0, s.octets().length, surface, NOWHERE);
            }
        };
    }

    private static Workload avc420(List<Sample> samples, H264Decoder h264) {
        Avc420 codec = new Avc420(h264);
        return new OnSamples(samples) {
            @Override
            void decode(int index, Sample s) {
                codec.decode(s.octets(), 0, s.octets().length, s.width(), s.height(), NOWHERE);
            }

            @Override
            public void close() {
                codec.close();
            }
        };
    }

    private static Workload avc444(List<Sample> samples, H264Decoder h264) {
        Avc444 codec = new Avc444(true, h264);
        return new OnSamples(samples) {
            @Override
            void decode(int index, Sample s) {
                codec.decode(s.octets(), 0, s.octets().length, s.width(), s.height(), NOWHERE);
            }

            @Override
            public void close() {
                codec.close();
            }
        };
    }

    /** The fastest decoder on the class path: FFmpeg's where it was added, otherwise the one in Java. */
    private static H264Decoder h264() {
        return ServiceLoader.load(H264Decoder.Provider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(H264Decoder.Provider::isAvailable)
                .max(Comparator.comparingInt(H264Decoder.Provider::preference))
                .orElseThrow()
                .open(BUDGET);
    }

    /** A picture of 0xFFRRGGBB pixels. */
    record Pixels(int width, int height, int[] argb) {}

    /** What the recorded client showed at the end. */
    private static Pixels picture(String recording) {
        try {
            var image = ImageIO.read(Fixtures.recording(recording)
                    .clientViewPicture()
                    .orElseThrow()
                    .toFile());
            int width = image.getWidth();
            int height = image.getHeight();
            return new Pixels(width, height, image.getRGB(0, 0, width, height, null, 0, width));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
