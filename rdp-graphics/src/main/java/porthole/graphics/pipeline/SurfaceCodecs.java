package porthole.graphics.pipeline;

import java.util.Optional;
import porthole.graphics.codec.AlphaCodec;
import porthole.graphics.codec.ClearCodec;
import porthole.graphics.codec.PixelSink;
import porthole.graphics.codec.Planar;
import porthole.graphics.codec.Progressive;
import porthole.graphics.codec.RemoteFx;
import porthole.graphics.codec.TileRunner;
import porthole.graphics.h264.Avc420;
import porthole.graphics.h264.Avc444;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.picture.PixelRect;

/** The codecs of the wire-to-surface messages, by id (MS-RDPEGFX 2.2.2.1 and 2.2.2.2). Not thread-safe. */
final class SurfaceCodecs {
    private static final int UNCOMPRESSED = 0x0000;
    private static final int CAVIDEO = 0x0003;
    private static final int CLEARCODEC = 0x0008;
    private static final int CAPROGRESSIVE = 0x0009;
    private static final int PLANAR = 0x000A;
    private static final int AVC420 = 0x000B;
    private static final int ALPHA = 0x000C;
    private static final int AVC444 = 0x000E;
    private static final int AVC444V2 = 0x000F;
    private static final int XRGB_8888 = 0x20;
    private static final int OPAQUE = 0xFF000000;

    private final Optional<H264Decoder.Provider> h264;
    private final long h264Pixels;
    private final RemoteFx remoteFx;
    private final ClearCodec clearCodec = new ClearCodec();
    private final Progressive progressive;
    private final Planar planar = new Planar();
    private final AlphaCodec alpha = new AlphaCodec();
    private int[] scratch = new int[0];

    /** @param tiles decodes the tiles of RemoteFX and RemoteFX Progressive */
    SurfaceCodecs(Optional<H264Decoder.Provider> h264, long h264Pixels, TileRunner tiles) {
        this.h264 = h264;
        this.h264Pixels = h264Pixels;
        remoteFx = new RemoteFx(tiles);
        progressive = new Progressive(tiles);
    }

    /** @param target lies within the surface */
    void draw(Surface surface, int codecId, int pixelFormat, PixelRect target, byte[] octets, int from, int to) {
        int width = target.width();
        int height = target.height();
        int offset = target.y() * surface.width() + target.x();
        PixelSink sink = (x, y, w, h, argb, at, stride) ->
                surface.put(new PixelRect(target.x() + x, target.y() + y, w, h).intersection(target), argb, at, stride);
        switch (codecId) {
            case UNCOMPRESSED -> {
                uncompressed(surface, pixelFormat, target, octets, from, to);
                surface.changed(target);
            }
            case CAVIDEO -> remoteFx.decode(octets, from, to, width, height, sink);
            case CLEARCODEC -> {
                clearCodec.decode(octets, from, to, width, height, surface.pixels, offset, surface.width());
                surface.changed(target);
            }
            case PLANAR -> {
                if (scratch.length < width * height) {
                    scratch = new int[width * height];
                }
                planar.decode(octets, from, to, width, height, scratch);
                surface.put(target, scratch, 0, width);
            }
            case ALPHA -> {
                alpha.decode(octets, from, to, width, height, surface.pixels, offset, surface.width());
                surface.changed(target);
            }
            case AVC420 -> avc420(surface).decode(octets, from, to, width, height, sink);
            case AVC444, AVC444V2 -> avc444(surface, codecId == AVC444V2).decode(octets, from, to, width, height, sink);
            default ->
                throw GraphicsPipeline.error(
                        "codecId",
                        String.format("0x%04X", codecId),
                        "a codec of MS-RDPEGFX that the client offered",
                        "MS-RDPEGFX 2.2.2.1");
        }
    }

    void drawProgressive(Surface surface, int codecId, byte[] octets, int from, int to) {
        if (codecId != CAPROGRESSIVE) {
            throw GraphicsPipeline.error(
                    "codecId", String.format("0x%04X", codecId), "0x0009 (RemoteFX Progressive)", "MS-RDPEGFX 2.2.2.2");
        }
        progressive.decode(
                octets,
                from,
                to,
                surface.coefficients(),
                (x, y, w, h, argb, at, stride) -> surface.put(new PixelRect(x, y, w, h), argb, at, stride));
    }

    private static void uncompressed(
            Surface surface, int pixelFormat, PixelRect target, byte[] octets, int from, int to) {
        if (to - from != 4L * target.area()) {
            throw GraphicsPipeline.error(
                    "bitmapDataLength",
                    String.valueOf(to - from),
                    "the " + 4L * target.area() + " octets of the pixels",
                    "MS-RDPEGFX 2.2.2.1");
        }
        int opaque = pixelFormat == XRGB_8888 ? OPAQUE : 0;
        int at = from;
        for (int y = target.y(); y < target.bottom(); y++) {
            int row = y * surface.width();
            for (int x = target.x(); x < target.right(); x++, at += 4) {
                surface.pixels[row + x] = octets[at] & 0xFF
                        | (octets[at + 1] & 0xFF) << 8
                        | (octets[at + 2] & 0xFF) << 16
                        | octets[at + 3] << 24
                        | opaque;
            }
        }
    }

    private Avc420 avc420(Surface surface) {
        if (surface.avc420 == null) {
            surface.avc420 = new Avc420(decoder());
        }
        return surface.avc420;
    }

    private Avc444 avc444(Surface surface, boolean version2) {
        if (surface.avc444 != null && surface.avc444Version2 != version2) {
            surface.avc444.close();
            surface.avc444 = null;
        }
        if (surface.avc444 == null) {
            surface.avc444 = new Avc444(version2, decoder());
            surface.avc444Version2 = version2;
        }
        return surface.avc444;
    }

    private H264Decoder decoder() {
        return h264.orElseThrow(() -> GraphicsPipeline.error(
                        "codecId",
                        "an AVC codec",
                        "a codec that the client offered: it has no H.264",
                        "MS-RDPEGFX 2.2.2.1"))
                .open(h264Pixels);
    }
}
