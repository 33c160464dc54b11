package porthole.graphics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.ChannelData;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Row;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.ScreenPainter;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.failure.WireException;
import porthole.protocol.fastpath.FastPathOutput;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.fastpath.FastPathUpdates;
import porthole.protocol.graphics.BitmapUpdate;
import porthole.protocol.graphics.SurfaceCommand;
import porthole.protocol.wire.WireReader;

/** Recorded bitmap updates with random changes: painted or refused, and nothing else. */
class MutatedUpdatesTest {
    @ParameterizedTest
    @ValueSource(strings = {"bpp15-plain", "bpp16-photo", "bpp24-plain", "bpp32-plain", "bpp32-photo"})
    void paintedOrRefused(String name) {
        var recording = Fixtures.recording("freerdp-tls-xrdp/" + name);
        List<byte[]> updates = new ArrayList<>();
        for (byte[] tpkt : recording.pdus(Direction.S2C, "update-bitmap")) {
            ChannelData.of(tpkt).shareData().forEach(share -> updates.add(share.body()));
        }
        SplittableRandom random = new SplittableRandom(name.hashCode());
        ScreenPainter painter = new ScreenPainter(new Framebuffer(800, 600));
        int painted = 0;
        int refused = 0;
        for (int i = 0; i < 1_500; i++) {
            byte[] octets = updates.get(random.nextInt(updates.size())).clone();
            for (int change = random.nextInt(4); change > 0; change--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(octets.length) : octets.length;
            byte[] cut = Arrays.copyOf(octets, length);
            try {
                painter.bitmapUpdate(WireReader.of(cut, "BitmapUpdate", BitmapUpdate.SECTION));
                painted++;
            } catch (WireException expected) {
                assertThat(expected.section()).startsWith("MS-RDP");
                refused++;
            }
        }
        assertThat(painted).isPositive();
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"weston-rdp/tls-rfx", "weston-rdp/tls-nsc"})
    void surfaceCommandsToo(String name) {
        var recording = Fixtures.recording(name);
        List<byte[]> updates = new ArrayList<>();
        FastPathUpdates frames = new FastPathUpdates(new BulkDecompressor(), 1 << 24);
        for (Row row : recording.rows()) {
            if (row.dir() == Direction.S2C && row.frame().equals("fastpath")) {
                WireReader frame = WireReader.of(recording.pdu(row), "FastPathOutput", FastPathOutput.SECTION);
                frames.read(frame, (code, data) -> {
                    if (code == FastPathUpdate.SURFCMDS) {
                        updates.add(data.rest("update").toArray());
                    }
                });
            }
        }
        SplittableRandom random = new SplittableRandom(name.hashCode());
        ScreenPainter painter = new ScreenPainter(new Framebuffer(480, 320));
        int painted = 0;
        int refused = 0;
        for (int i = 0; i < 800; i++) {
            byte[] octets = updates.get(random.nextInt(updates.size())).clone();
            for (int change = random.nextInt(6); change > 0; change--) {
                octets[random.nextInt(random.nextBoolean() ? octets.length : Math.min(octets.length, 120))] =
                        (byte) random.nextInt(256);
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(octets.length) : octets.length;
            byte[] cut = Arrays.copyOf(octets, length);
            try {
                painter.surfaceCommands(WireReader.of(cut, "SurfaceCommands", SurfaceCommand.SECTION), marker -> {});
                painted++;
            } catch (WireException expected) {
                assertThat(expected.section()).startsWith("MS-RDP");
                refused++;
            }
        }
        assertThat(painted).isPositive();
        assertThat(refused).isPositive();
    }
}
