package porthole.fuzz;

import static java.util.stream.Stream.concat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.graphics.codec.AlphaCodec;
import porthole.graphics.codec.NsCodec;
import porthole.graphics.codec.PixelSink;
import porthole.graphics.codec.Planar;
import porthole.graphics.codec.RemoteFx;
import porthole.graphics.h264.Avc420;
import porthole.graphics.h264.Avc444;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.software.SoftwareProvider;
import porthole.graphics.picture.PixelRect;

/** One codec each, without what surrounds it on the wire: bounded memory and time, and no pixel outside the bitmap. */
class CodecFuzzTest {
    private static final int SIDE = 128;
    private static final int LARGEST_H264 = 256 * 256;
    private static final int[] PIXELS = new int[256 * 256];

    static Stream<byte[]> planarSeeds() {
        return RecordedBitmaps.surfaceBitmaps("freerdp-gfx-shadow/gfx-planar").stream()
                .map(bitmap -> RecordedBitmaps.behind(bitmap, 64, 64));
    }

    /** Width and height in an octet each, then the bitmap. */
    @MethodSource("planarSeeds")
    @FuzzTest(maxDuration = "30s")
    void planar(byte[] input) {
        Cursor cursor = new Cursor(input);
        int width = cursor.u8();
        int height = cursor.u8();
        byte[] octets = cursor.rest();
        Oracle.refusesOrEnds(input.length, () -> new Planar().decode(octets, 0, octets.length, width, height, PIXELS));
    }

    static Stream<byte[]> nsCodecSeeds() {
        return concat(
                        RecordedBitmaps.commandBitmaps("freerdp-gfx-shadow/nsc").stream(),
                        RecordedBitmaps.commandBitmaps("weston-rdp/tls-nsc").stream())
                .map(bitmap -> RecordedBitmaps.behind(bitmap, 64, 64));
    }

    /** Width and height in an octet each, then the bitmap. */
    @MethodSource("nsCodecSeeds")
    @FuzzTest(maxDuration = "30s")
    void nsCodec(byte[] input) {
        Cursor cursor = new Cursor(input);
        int width = cursor.u8();
        int height = cursor.u8();
        byte[] octets = cursor.rest();
        Oracle.refusesOrEnds(input.length, () -> new NsCodec().decode(octets, 0, octets.length, width, height, PIXELS));
    }

    static Stream<byte[]> remoteFxSeeds() {
        return Stream.of(
                        "freerdp-gfx-shadow/rfx-image",
                        "freerdp-gfx-shadow/rfx-video",
                        "freerdp-tls-xrdp/rfx",
                        "weston-rdp/tls-rfx")
                .map(RecordedBitmaps::commandBitmaps)
                .map(RecordedBitmaps::behindLengths);
    }

    /** Messages of one context, each behind its length in two octets. */
    @MethodSource("remoteFxSeeds")
    @FuzzTest(maxDuration = "30s")
    void remoteFx(byte[] input) {
        Oracle.refusesOrEnds(input.length, () -> {
            RemoteFx codec = new RemoteFx();
            Cursor cursor = new Cursor(input);
            while (cursor.hasMore()) {
                byte[] octets = cursor.part(cursor.u16());
                codec.decode(octets, 0, octets.length, SIDE, SIDE, within(SIDE, SIDE));
            }
        });
    }

    static Stream<byte[]> alphaSeeds() {
        return Stream.of(
                new byte[] {8, 2, 0x4C, 0x41, 1, 0, (byte) 0x80, 9, 0x40, (byte) 0xFF, 7, 0},
                new byte[] {2, 2, 0x4C, 0x41, 0, 0, 1, 2, 3, 4});
    }

    /** Width and height in an octet each, then the bitmap. */
    @MethodSource("alphaSeeds")
    @FuzzTest(maxDuration = "30s")
    void alpha(byte[] input) {
        Cursor cursor = new Cursor(input);
        int width = cursor.u8();
        int height = cursor.u8();
        byte[] octets = cursor.rest();
        Oracle.refusesOrEnds(
                input.length, () -> new AlphaCodec().decode(octets, 0, octets.length, width, height, PIXELS, 0, width));
    }

    static Stream<byte[]> avc420Seeds() {
        return Stream.of(
                RecordedBitmaps.behindLengths(RecordedBitmaps.surfaceBitmaps("freerdp-gfx-shadow/gfx-avc420")));
    }

    /** Bitmaps of one stream, each behind its length in two octets. */
    @MethodSource("avc420Seeds")
    @FuzzTest(maxDuration = "30s")
    void avc420(byte[] input) {
        Oracle.refusesOrEnds(input.length, () -> {
            try (Avc420 codec = new Avc420(h264())) {
                Cursor cursor = new Cursor(input);
                while (cursor.hasMore()) {
                    byte[] octets = cursor.part(cursor.u16());
                    codec.decode(octets, 0, octets.length, SIDE, SIDE, within(SIDE, SIDE));
                }
            }
        });
    }

    static Stream<byte[]> avc444Seeds() {
        List<byte[]> bitmaps = RecordedBitmaps.surfaceBitmaps("freerdp-gfx-shadow/gfx-avc444");
        return Stream.of(RecordedBitmaps.behindLengths(bitmaps, 0), RecordedBitmaps.behindLengths(bitmaps, 1));
    }

    /** The version, then bitmaps of one stream, each behind its length in two octets. */
    @MethodSource("avc444Seeds")
    @FuzzTest(maxDuration = "30s")
    void avc444(byte[] input) {
        Oracle.refusesOrEnds(input.length, () -> {
            Cursor cursor = new Cursor(input);
            int how = cursor.u8();
            int width = 1 + (how >> 1);
            try (Avc444 codec = new Avc444((how & 1) != 0, h264())) {
                while (cursor.hasMore()) {
                    byte[] octets = cursor.part(cursor.u16());
                    codec.decode(octets, 0, octets.length, width, SIDE - 1, within(width, SIDE - 1));
                }
            }
        });
    }

    private static H264Decoder h264() {
        return new SoftwareProvider().open(LARGEST_H264);
    }

    private static PixelSink within(int width, int height) {
        PixelRect all = new PixelRect(0, 0, width, height);
        return (x, y, w, h, argb, offset, stride) -> {
            PixelRect part = new PixelRect(x, y, w, h);
            Oracle.require(all.contains(part) && !part.isEmpty(), () -> "pixels " + part);
            Oracle.require(offset + (h - 1) * stride + w <= argb.length, () -> "pixels that are not there");
        };
    }
}
