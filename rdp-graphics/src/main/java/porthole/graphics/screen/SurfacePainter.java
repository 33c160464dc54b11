package porthole.graphics.screen;

import io.netty.buffer.ByteBuf;
import porthole.graphics.codec.BitmapDecoder;
import porthole.graphics.codec.NsCodec;
import porthole.graphics.codec.RemoteFx;
import porthole.graphics.codec.TileRunner;
import porthole.graphics.picture.PixelRect;
import porthole.protocol.graphics.SurfaceBits;
import porthole.protocol.graphics.SurfaceBits.BitmapDataEx;
import porthole.protocol.wire.WireReader;

/** Paints the bitmaps of surface commands with the codecs that a client may have offered. Not thread-safe. */
final class SurfacePainter {
    private static final int CODEC_NONE = 0;
    /** The ids that the client gives in its Bitmap Codecs Capability Set (MS-RDPBCGR 2.2.7.2.10). */
    private static final int CODEC_NSCODEC = 1;

    private static final int CODEC_REMOTEFX = 3;

    private final Framebuffer screen;
    private final BitmapDecoder decoder;
    private final NsCodec nsCodec = new NsCodec();
    private final RemoteFx remoteFx;
    private byte[] octets = new byte[0];
    private int[] pixels = new int[0];

    SurfacePainter(Framebuffer screen, BitmapDecoder decoder, TileRunner tiles) {
        this.screen = screen;
        this.decoder = decoder;
        this.remoteFx = new RemoteFx(tiles);
    }

    /** @param in names the place of an error */
    void paint(WireReader in, SurfaceBits header, ByteBuf data, int[] palette) {
        BitmapDataEx bitmap = header.bitmapData();
        int width = bitmap.width();
        int height = bitmap.height();
        in.check(
                (long) width * height <= screen.bitmapBudget(),
                "surfaceBits.bitmapData.width",
                width + " x " + height,
                "at most " + screen.bitmapBudget() + " pixels");
        // The host's rectangle is only where to begin: its right and bottom edge are unreliable in practice.
        PixelRect target = new PixelRect(header.destLeft(), header.destTop(), width, height);
        switch (bitmap.codecID()) {
            case CODEC_NONE ->
                screen.paintBottomUp(
                        target,
                        decoder.decode(width, height, bitmap.bpp(), false, data, palette, screen.bitmapBudget()),
                        width,
                        height);
            case CODEC_NSCODEC -> {
                if (pixels.length < width * height) {
                    pixels = new int[width * height];
                }
                nsCodec.decode(copy(data), 0, data.readableBytes(), width, height, pixels);
                for (int i = 0; i < width * height; i++) {
                    pixels[i] |= Framebuffer.BLACK;
                }
                screen.paintBottomUp(target, pixels, width, height);
            }
            case CODEC_REMOTEFX ->
                remoteFx.decode(
                        copy(data),
                        0,
                        data.readableBytes(),
                        width,
                        height,
                        (x, y, w, h, argb, offset, stride) -> screen.paint(
                                new PixelRect(target.x() + x, target.y() + y, w, h), argb, offset, stride));
            default ->
                throw in.error(
                        "surfaceBits.bitmapData.codecID",
                        String.valueOf(bitmap.codecID()),
                        "0 (none), 1 (NSCodec) or 3 (RemoteFX), the ids that a client gives");
        }
    }

    private byte[] copy(ByteBuf data) {
        int length = data.readableBytes();
        if (octets.length < length) {
            octets = new byte[length];
        }
        data.getBytes(data.readerIndex(), octets, 0, length);
        return octets;
    }
}
