package porthole.cli.conformance;

import java.util.List;
import java.util.stream.IntStream;
import porthole.protocol.gcc.MonitorDef;
import porthole.protocol.rdpgfx.BitmapCommand;
import porthole.protocol.rdpgfx.CacheCommand;
import porthole.protocol.rdpgfx.Color32;
import porthole.protocol.rdpgfx.DrawingCommand;
import porthole.protocol.rdpgfx.Point16;
import porthole.protocol.rdpgfx.Rect16;
import porthole.protocol.rdpgfx.SessionCommand;
import porthole.protocol.rdpgfx.SurfaceCommand;
import porthole.protocol.wire.Bytes;

/** Messages of the graphics channel. */
final class Gfx {
    static final int GREEN = 0x00FF00;
    static final int BLUE = 0x0000FF;
    static final int RED = 0xFF0000;
    static final int YELLOW = 0xFFFF00;
    private static final int XRGB = 0x20;

    private Gfx() {}

    static byte[] reset(int width, int height) {
        return GraphicsHost.pdu(SessionCommand.ResetGraphics.of(width, height, List.of()));
    }

    static byte[] reset(int width, int height, int monitors) {
        List<MonitorDef> all = IntStream.range(0, monitors)
                .mapToObj(i -> new MonitorDef(i * 8, 0, i * 8 + 7, height - 1, i == 0 ? 1 : 0))
                .toList();
        return GraphicsHost.pdu(SessionCommand.ResetGraphics.of(width, height, all));
    }

    static byte[] create(int id, int width, int height) {
        return GraphicsHost.pdu(new SurfaceCommand.CreateSurface(id, width, height, XRGB));
    }

    static byte[] map(int id, int x, int y) {
        return GraphicsHost.pdu(new SurfaceCommand.MapSurfaceToOutput(id, 0, x, y));
    }

    static byte[] mapScaled(int id, int x, int y, int width, int height) {
        return GraphicsHost.pdu(new SurfaceCommand.MapSurfaceToScaledOutput(id, 0, x, y, width, height));
    }

    /** A surface that is mapped to the origin. */
    static byte[] surface(int id, int width, int height) {
        return new Octets().raw(create(id, width, height), map(id, 0, 0)).done();
    }

    static byte[] delete(int id) {
        return GraphicsHost.pdu(new SurfaceCommand.DeleteSurface(id));
    }

    static Rect16 rect(int x, int y, int width, int height) {
        return new Rect16(x, y, x + width, y + height);
    }

    static byte[] fill(int id, int rgb, Rect16... rects) {
        Color32 color = new Color32(rgb & 0xFF, rgb >> 8 & 0xFF, rgb >> 16, 0xFF);
        return GraphicsHost.pdu(new DrawingCommand.SolidFill(id, color, List.of(rects)));
    }

    static Point16 at(int x, int y) {
        return new Point16(x, y);
    }

    static byte[] copy(int from, int to, Rect16 source, Point16... points) {
        return GraphicsHost.pdu(new DrawingCommand.SurfaceToSurface(from, to, source, List.of(points)));
    }

    static byte[] toCache(int id, int slot, Rect16 source) {
        return GraphicsHost.pdu(new CacheCommand.SurfaceToCache(id, slot, slot, source));
    }

    static byte[] fromCache(int slot, int id, Point16... points) {
        return GraphicsHost.pdu(new CacheCommand.CacheToSurface(slot, id, List.of(points)));
    }

    static byte[] evict(int slot) {
        return GraphicsHost.pdu(new CacheCommand.EvictCacheEntry(slot));
    }

    static byte[] bitmap(int id, int codec, Rect16 target, byte[] data) {
        return GraphicsHost.pdu(new BitmapCommand.WireToSurface1(
                new BitmapCommand.WireToSurface1.Target(id, codec, XRGB, target), Bytes.of(data)));
    }

    /** An uncompressed bitmap of one colour. */
    static byte[] uncompressed(int id, int rgb, Rect16 target) {
        Octets pixels = new Octets();
        int count = (target.right() - target.left()) * (target.bottom() - target.top());
        for (int i = 0; i < count; i++) {
            pixels.bgr(rgb).u8(0xFF);
        }
        return bitmap(id, BitmapCommand.CODECID_UNCOMPRESSED, target, pixels.done());
    }

    static byte[] progressive(int id, byte[] stream) {
        return progressive(id, 1, stream);
    }

    static byte[] progressive(int id, int context, byte[] stream) {
        return GraphicsHost.pdu(new BitmapCommand.WireToSurface2(
                new BitmapCommand.WireToSurface2.Target(id, BitmapCommand.CODECID_CAPROGRESSIVE, context, XRGB),
                Bytes.of(stream)));
    }

    static byte[] deleteContext(int id, int context) {
        return GraphicsHost.pdu(new BitmapCommand.DeleteEncodingContext(id, context));
    }
}
