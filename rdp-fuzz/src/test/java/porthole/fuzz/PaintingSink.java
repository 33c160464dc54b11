package porthole.fuzz;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import porthole.graphics.pointer.PointerState;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.ScreenPainter;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.channel.ChannelReassembler;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.graphics.FastPathPointer;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.graphics.SlowPathPointer;
import porthole.protocol.graphics.SlowPathUpdate;
import porthole.protocol.wire.WireReader;
import porthole.transport.SessionSink;

/** Paints what comes and puts channel messages together, as a client does. */
final class PaintingSink implements SessionSink {
    private static final int SIDE = 64;
    private static final int LONGEST_MESSAGE = 64 * 1024;

    private final ScreenPainter painter = new ScreenPainter(new Framebuffer(SIDE, SIDE));
    private final PointerState pointer = new PointerState(8);
    private final BulkDecompressor bulk = new BulkDecompressor();
    private final Map<Integer, ChannelReassembler> channels = new HashMap<>();

    @Override
    public void desktop(int width, int height, int bitsPerPixel, List<CapabilitySet> serverCapabilities) {}

    @Override
    public void fastPathUpdate(int updateCode, WireReader data) {
        if (updateCode == FastPathUpdate.BITMAP) {
            painter.bitmapUpdate(data);
        } else if (updateCode == FastPathUpdate.PALETTE) {
            painter.palette(PaletteUpdate.decode(data));
        } else if (updateCode == FastPathUpdate.SURFCMDS) {
            painter.surfaceCommands(data, marker -> {});
        } else if (FastPathPointer.handles(updateCode)) {
            pointer.apply(FastPathPointer.decode(updateCode, data).update(), painter.palette());
        }
    }

    @Override
    public void slowPathUpdate(WireReader body) {
        if (SlowPathUpdate.peekType(body) == SlowPathUpdate.UPDATETYPE_BITMAP) {
            painter.bitmapUpdate(body);
        } else if (SlowPathUpdate.decode(body) instanceof SlowPathUpdate.Palette palette) {
            painter.palette(palette.update());
        }
    }

    @Override
    public void slowPathPointer(WireReader body) {
        pointer.apply(SlowPathPointer.decode(body).update(), painter.palette());
    }

    @Override
    public void channelChunk(int channelId, String name, WireReader chunk) {
        channels.computeIfAbsent(channelId, id -> new ChannelReassembler(LONGEST_MESSAGE, bulk))
                .accept(chunk);
    }
}
