package porthole.graphics;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import porthole.fixtures.ChannelData;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.graphics.picture.Picture;
import porthole.graphics.pointer.PointerState;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.ScreenPainter;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.fastpath.FastPathOutput;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.fastpath.FastPathUpdates;
import porthole.protocol.graphics.FastPathPointer;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.graphics.PointerUpdate;
import porthole.protocol.graphics.SlowPathUpdate;
import porthole.protocol.wire.WireReader;

/** Paints everything that a recorded host sent, without any of the connection around it. */
final class RecordedScreen {
    private static final int UPDATE_MAXIMUM = 1 << 24;

    final Recording recording;
    final Framebuffer screen;
    final ScreenPainter painter;
    final List<PointerUpdate> pointers = new ArrayList<>();
    final PointerState pointer = new PointerState(128);
    private final BulkDecompressor bulk = new BulkDecompressor();
    private final FastPathUpdates fastPath = new FastPathUpdates(bulk, UPDATE_MAXIMUM);

    private RecordedScreen(Recording recording) {
        this.recording = recording;
        String[] size = recording.runOption("size").orElse("1024x768").split("x");
        screen = new Framebuffer(Integer.parseInt(size[0]), Integer.parseInt(size[1]));
        painter = new ScreenPainter(screen);
    }

    static RecordedScreen of(String name) {
        RecordedScreen screen = new RecordedScreen(Fixtures.recording(name));
        for (Row row : screen.recording.rows()) {
            if (row.dir() == Direction.S2C && row.frame().equals("fastpath")) {
                screen.fastPath(screen.recording.pdu(row));
            } else if (row.dir() == Direction.S2C && row.kind().startsWith("update")) {
                screen.slowPath(screen.recording.pdu(row));
            }
        }
        return screen;
    }

    private void fastPath(byte[] frame) {
        fastPath.read(WireReader.of(frame, "FastPathOutput", FastPathOutput.SECTION), (code, data) -> {
            if (code == FastPathUpdate.BITMAP) {
                painter.bitmapUpdate(data);
            } else if (code == FastPathUpdate.PALETTE) {
                painter.palette(PaletteUpdate.decode(data));
            } else if (code == FastPathUpdate.SURFCMDS) {
                painter.surfaceCommands(data, marker -> {});
            } else if (FastPathPointer.handles(code)) {
                PointerUpdate update = FastPathPointer.decode(code, data).update();
                pointers.add(update);
                pointer.apply(update, painter.palette());
            }
        });
    }

    private void slowPath(byte[] tpkt) {
        for (ChannelData.ShareData share : ChannelData.of(tpkt).shareData()) {
            if (share.pduType2() != ChannelData.ShareData.UPDATE) {
                continue;
            }
            ByteBuf plain = bulk.decompress(
                    share.compressedType(), WireReader.of(share.body(), "ShareData", "MS-RDPBCGR 2.2.8.1.1.1.2"));
            WireReader update = WireReader.of(plain, "SlowPathUpdate", SlowPathUpdate.SECTION);
            if (SlowPathUpdate.peekType(update) == SlowPathUpdate.UPDATETYPE_BITMAP) {
                painter.bitmapUpdate(update);
            } else if (SlowPathUpdate.decode(update) instanceof SlowPathUpdate.Palette palette) {
                painter.palette(palette.update());
            }
        }
    }

    Picture clientView() {
        return read(recording.clientViewPicture().orElseThrow());
    }

    Optional<Picture> serverView() {
        return recording.expectedServerPicture().map(RecordedScreen::read);
    }

    static Picture read(Path png) {
        try {
            var image = ImageIO.read(png.toFile());
            int width = image.getWidth();
            int height = image.getHeight();
            return Picture.copyOf(width, height, image.getRGB(0, 0, width, height, null, 0, width));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
