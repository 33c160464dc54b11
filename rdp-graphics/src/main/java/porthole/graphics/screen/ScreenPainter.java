package porthole.graphics.screen;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import porthole.graphics.codec.BitmapDecoder;
import porthole.graphics.codec.TileRunner;
import porthole.graphics.picture.PixelRect;
import porthole.protocol.graphics.BitmapHeader;
import porthole.protocol.graphics.BitmapUpdate;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.graphics.SurfaceBits;
import porthole.protocol.graphics.SurfaceCommand;
import porthole.protocol.wire.WireReader;

/** Paints graphics updates into a framebuffer; remembers the palette. Not thread-safe. */
public final class ScreenPainter {
    private final Framebuffer screen;
    private final BitmapDecoder decoder = new BitmapDecoder();
    private final SurfacePainter surfaces;
    private final int[] palette = new int[PaletteUpdate.MAXIMUM_COLORS];

    public ScreenPainter(Framebuffer screen) {
        this(screen, TileRunner.SEQUENTIAL);
    }

    /** @param tiles decodes the tiles of RemoteFX */
    public ScreenPainter(Framebuffer screen, TileRunner tiles) {
        this.screen = screen;
        this.surfaces = new SurfacePainter(screen, decoder, tiles);
        for (int i = 0; i < palette.length; i++) {
            palette[i] = Framebuffer.BLACK;
        }
    }

    /** Paints a bitmap update as one frame; {@code in} stands at its {@code updateType}. */
    public void bitmapUpdate(WireReader in) {
        screen.frame(() -> BitmapUpdate.forEach(in, this::bitmap));
    }

    private void bitmap(BitmapHeader header, ByteBuf data) {
        int[] pixels = decoder.decode(
                header.width(),
                header.height(),
                header.bitsPerPixel(),
                header.isCompressed(),
                data,
                palette,
                screen.bitmapBudget());
        PixelRect target =
                PixelRect.ofEdges(header.destLeft(), header.destTop(), header.destRight() + 1, header.destBottom() + 1);
        screen.paintBottomUp(target, pixels, header.width(), header.height());
    }

    /** Takes over a palette for the bitmaps to come; what is painted already stays as it is. */
    public void palette(PaletteUpdate update) {
        for (int i = 0; i < update.numberColors(); i++) {
            palette[i] = update.argb(i);
        }
    }

    /** The colours of bitmaps and pointers with 8 bits per pixel, as 0xFFRRGGBB; a copy. */
    public int[] palette() {
        return palette.clone();
    }

    /**
     * Paints a surface commands update as one frame.
     *
     * @param markers is told each frame marker
     */
    public void surfaceCommands(WireReader in, Consumer<SurfaceCommand.FrameMarker> markers) {
        screen.frame(() -> SurfaceCommand.forEach(in, new SurfaceCommand.Visitor() {
            @Override
            public void bits(SurfaceBits header, ByteBuf data) {
                surfaces.paint(in, header, data, palette);
            }

            @Override
            public void frameMarker(SurfaceCommand.FrameMarker marker) {
                markers.accept(marker);
            }

            @Override
            public void unknown(int cmdType, ByteBuf data) {
                throw in.error("cmdType", String.valueOf(cmdType), "1 (set bits), 4 (frame marker) or 6 (stream bits)");
            }
        }));
    }
}
