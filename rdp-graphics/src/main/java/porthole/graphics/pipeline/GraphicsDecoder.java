package porthole.graphics.pipeline;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;
import porthole.graphics.codec.TileRunner;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.picture.CachedBitmap;
import porthole.graphics.picture.PixelRect;
import porthole.graphics.screen.Framebuffer;
import porthole.protocol.bulk.Rdp8Decompressor;
import porthole.protocol.rdpgfx.BitmapCommand;
import porthole.protocol.rdpgfx.CacheCommand;
import porthole.protocol.rdpgfx.DrawingCommand;
import porthole.protocol.rdpgfx.FrameCommand;
import porthole.protocol.rdpgfx.RdpgfxCommand;
import porthole.protocol.rdpgfx.RdpgfxPdu;
import porthole.protocol.rdpgfx.Rect16;
import porthole.protocol.rdpgfx.SessionCommand;
import porthole.protocol.rdpgfx.SurfaceCommand;
import porthole.protocol.wire.WireReader;

/** Messages of the graphics channel, decompressed and drawn. MS-RDPEGFX 3.3.5. One thread at a time. */
public final class GraphicsDecoder implements AutoCloseable {
    /** Octets of one message after decompression: an uncompressed screen of 7680 x 4320 and what belongs to it. */
    private static final int MOST_OCTETS = 160 << 20;

    private final Rdp8Decompressor decompressor = Rdp8Decompressor.rdp8(MOST_OCTETS);
    private final GraphicsPipeline pipeline;
    private final Listener listener;
    private final Drawing drawing = new Drawing();
    private byte[] octets = new byte[0];

    /** What the client has to do or to know; called while a message is drawn. */
    public interface Listener {
        /** The host has chosen. */
        void confirmed(SessionCommand.CapsConfirm confirm);

        /** The first message of a frame is read. */
        default void frameStarted() {}

        /** All messages of a frame are drawn into their surfaces. */
        default void frameDrawn() {}

        /** A frame is drawn and visible, and waits to be acknowledged. */
        void frameEnded(long frameId);

        /** The host takes the first bitmaps of the client's offer into these slots. */
        default void imported(List<Integer> cacheSlots) {}

        /** The output has another size. */
        void reset(int width, int height);

        /** A message that means nothing here. */
        void skipped(RdpgfxCommand command);
    }

    public GraphicsDecoder(
            Framebuffer screen, GraphicsLimits limits, Optional<H264Decoder.Provider> h264, Listener listener) {
        this(screen, limits, h264, TileRunner.SEQUENTIAL, listener);
    }

    /** @param tiles decodes the tiles of RemoteFX and RemoteFX Progressive */
    public GraphicsDecoder(
            Framebuffer screen,
            GraphicsLimits limits,
            Optional<H264Decoder.Provider> h264,
            TileRunner tiles,
            Listener listener) {
        this.pipeline = new GraphicsPipeline(screen, limits, h264, tiles);
        this.listener = listener;
    }

    /** Draws one message of the channel, an RDP_SEGMENTED_DATA. */
    public void message(WireReader message) {
        ByteBuf plain = decompressor.decompress(message);
        RdpgfxPdu.forEach(WireReader.of(plain, "RDPGFX", RdpgfxPdu.SECTION), drawing);
    }

    /** Puts a bitmap of an earlier session into a slot of the cache. */
    public void importCacheEntry(int cacheSlot, CachedBitmap bitmap) {
        pipeline.importCacheEntry(cacheSlot, bitmap);
    }

    /** What is in the cache, the bitmap that was used last first. */
    public List<CachedBitmap> cachedBitmaps() {
        return pipeline.cachedBitmaps();
    }

    @Override
    public void close() {
        pipeline.close();
    }

    private final class Drawing implements RdpgfxPdu.Visitor {
        @Override
        public void wireToSurface1(BitmapCommand.WireToSurface1.Target target, ByteBuf bitmapData) {
            pipeline.wireToSurface1(
                    target.surfaceId(),
                    target.codecId(),
                    target.pixelFormat(),
                    rect(target.destRect()),
                    copy(bitmapData),
                    0,
                    bitmapData.readableBytes());
        }

        @Override
        public void wireToSurface2(BitmapCommand.WireToSurface2.Target target, ByteBuf bitmapData) {
            pipeline.wireToSurface2(
                    target.surfaceId(),
                    target.codecId(),
                    target.codecContextId(),
                    copy(bitmapData),
                    0,
                    bitmapData.readableBytes());
        }

        @Override
        public void command(RdpgfxCommand command) {
            if (command instanceof FrameCommand frame) {
                frame(frame);
            } else if (command instanceof SurfaceCommand surface) {
                surface(surface);
            } else if (command instanceof CacheCommand cache) {
                cache(cache);
            } else if (command instanceof DrawingCommand.SolidFill fill) {
                pipeline.solidFill(fill.surfaceId(), fill.fillPixel().argb(), rects(fill.fillRects()));
            } else if (command instanceof DrawingCommand.SurfaceToSurface copy) {
                pipeline.surfaceToSurface(
                        copy.surfaceIdSrc(), copy.surfaceIdDest(), rect(copy.rectSrc()), copy.destPts());
            } else if (command instanceof BitmapCommand.DeleteEncodingContext delete) {
                pipeline.deleteEncodingContext(delete.surfaceId(), delete.codecContextId());
            } else if (command instanceof SessionCommand.ResetGraphics reset) {
                pipeline.resetGraphics((int) reset.width(), (int) reset.height());
                listener.reset((int) reset.width(), (int) reset.height());
            } else if (command instanceof SessionCommand.CapsConfirm confirm) {
                listener.confirmed(confirm);
            } else {
                listener.skipped(command);
            }
        }
    }

    private void frame(FrameCommand command) {
        if (command instanceof FrameCommand.StartFrame) {
            listener.frameStarted();
            pipeline.startFrame();
        } else if (command instanceof FrameCommand.EndFrame end) {
            listener.frameDrawn();
            pipeline.endFrame();
            listener.frameEnded(end.frameId());
        } else {
            listener.skipped(command);
        }
    }

    private void surface(SurfaceCommand command) {
        if (command instanceof SurfaceCommand.CreateSurface create) {
            pipeline.createSurface(create.surfaceId(), create.width(), create.height());
        } else if (command instanceof SurfaceCommand.DeleteSurface delete) {
            pipeline.deleteSurface(delete.surfaceId());
        } else if (command instanceof SurfaceCommand.MapSurfaceToOutput map) {
            pipeline.mapSurfaceToOutput(
                    map.surfaceId(), coordinate(map.outputOriginX()), coordinate(map.outputOriginY()));
        } else if (command instanceof SurfaceCommand.MapSurfaceToScaledOutput map) {
            pipeline.mapSurfaceToScaledOutput(
                    map.surfaceId(),
                    coordinate(map.outputOriginX()),
                    coordinate(map.outputOriginY()),
                    coordinate(map.targetWidth()),
                    coordinate(map.targetHeight()));
        } else if (command instanceof SurfaceCommand.MapSurfaceToWindow map) {
            pipeline.mapSurfaceToWindow(map.surfaceId());
        } else if (command instanceof SurfaceCommand.MapSurfaceToScaledWindow map) {
            pipeline.mapSurfaceToWindow(map.surfaceId());
        }
    }

    private void cache(CacheCommand command) {
        if (command instanceof CacheCommand.SurfaceToCache put) {
            pipeline.surfaceToCache(put.surfaceId(), put.cacheKey(), put.cacheSlot(), rect(put.rectSrc()));
        } else if (command instanceof CacheCommand.CacheToSurface get) {
            pipeline.cacheToSurface(get.cacheSlot(), get.surfaceId(), get.destPts());
        } else if (command instanceof CacheCommand.EvictCacheEntry evict) {
            pipeline.evictCacheEntry(evict.cacheSlot());
        } else if (command instanceof CacheCommand.CacheImportReply reply) {
            listener.imported(reply.cacheSlots());
        } else {
            listener.skipped(command);
        }
    }

    /** What lies beyond all pixels stays there. */
    private static int coordinate(long value) {
        return (int) Math.min(Integer.MAX_VALUE, value);
    }

    private static PixelRect rect(Rect16 rect) {
        return PixelRect.ofEdges(rect.left(), rect.top(), rect.right(), rect.bottom());
    }

    private static List<PixelRect> rects(List<Rect16> rects) {
        return rects.stream().map(GraphicsDecoder::rect).toList();
    }

    /** The octets of a bitmap from 0 on, in an array that serves the next one too. */
    private byte[] copy(ByteBuf bitmapData) {
        int length = bitmapData.readableBytes();
        if (octets.length < length) {
            octets = new byte[length];
        }
        bitmapData.getBytes(bitmapData.readerIndex(), octets, 0, length);
        return octets;
    }
}
