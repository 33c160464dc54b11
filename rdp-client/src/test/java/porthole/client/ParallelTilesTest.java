package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.client.capture.Capture;
import porthole.client.replay.Replay;
import porthole.client.replay.ReplayOptions;
import porthole.client.replay.ReplayResult;
import porthole.graphics.codec.PixelSink;
import porthole.graphics.codec.Progressive;
import porthole.graphics.codec.ProgressiveSurface;
import porthole.graphics.codec.RemoteFx;
import porthole.graphics.codec.TileRunner;
import porthole.protocol.failure.WireException;

/** Several threads decode to the same pixels and the same failures as one. */
class ParallelTilesTest {
    private static final int COLUMNS = 8;
    private static final int TILES = 6 * COLUMNS;
    private static final int WIDTH = COLUMNS * 64;
    private static final int HEIGHT = TILES / COLUMNS * 64;
    private static final int MALFORMED = 21;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "freerdp-gfx-shadow/gfx-rfx",
                "freerdp-gfx-shadow/gfx-progressive",
                "freerdp-gfx-shadow/rfx-video",
                "freerdp-tls-xrdp/rfx"
            })
    void everyFrameOfARecordingIsTheSameAndTheThreadsEndWithIt(String name) throws Exception {
        Capture capture = Capture.open(Path.of(System.getProperty("porthole.fixtures"), name));
        List<Integer> one = new ArrayList<>();
        ReplayResult alone = replayed(capture, 1, one);
        assertThat(alone.failure()).isEmpty();
        assertThat(one).isNotEmpty();
        for (int threads : new int[] {2, 4}) {
            List<Integer> several = new ArrayList<>();
            ReplayResult result = replayed(capture, threads, several);
            assertThat(result.failure()).isEmpty();
            assertThat(result.picture().differingPixels(alone.picture())).isZero();
            assertThat(several).isEqualTo(one);
            assertThat(result.clientOctets().size())
                    .isEqualTo(alone.clientOctets().size()); // acknowledgements tell how long a frame took
        }
        assertThat(tileThreadsLeft()).isEmpty();
    }

    private static ReplayResult replayed(Capture capture, int threads, List<Integer> frames) throws IOException {
        return Replay.run(
                capture,
                ReplayOptions.DEFAULT
                        .withoutMessages()
                        .withDecodeThreads(threads)
                        .withFrames((frame, at, session) -> frames.add(
                                Arrays.hashCode(session.snapshot(false).toArray()))));
    }

    /** Threads that were told to end may take a moment for it. */
    private static List<Thread> tileThreadsLeft() throws InterruptedException {
        List<Thread> left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("porthole-tiles-"))
                .toList();
        for (Thread thread : left) {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        }
        return left.stream().filter(Thread::isAlive).toList();
    }

    @Test
    void aWholeSetOfTilesIsTheSame() {
        String pixels = sameWithAnyNumber((runner, sink) -> remoteFx(runner, sink, -1));
        assertThat(pixels).startsWith("drawn ");
    }

    @Test
    void aMalformedTileInTheMiddleOfASetFailsTheSameWay() {
        String failure = sameWithAnyNumber((runner, sink) -> remoteFx(runner, sink, MALFORMED));
        assertThat(failure).contains("tile.quantIdxCb").doesNotContain("drawn 0 ");
    }

    @Test
    void aMalformedUpgradeInTheMiddleOfARegionFailsTheSameWay() {
        String failure = sameWithAnyNumber((runner, sink) -> progressive(runner, sink, List.of(MALFORMED, 30, 40)));
        assertThat(failure).contains("tile.quality").contains("a bit position of at most");
    }

    /** A tile may come in several passes within one region, which build on each other. */
    @Test
    void passesOfATileAreDecodedInTheirOrder() {
        String pixels = sameWithAnyNumber((runner, sink) -> progressive(runner, sink, List.of()));
        assertThat(pixels).startsWith("drawn ").doesNotContain("tile.");
    }

    /** What is drawn and what fails, in words; the same for one thread and for several. */
    private static String sameWithAnyNumber(BiConsumer<TileRunner, PixelSink> decoding) {
        String alone = seen(TileRunner.SEQUENTIAL, decoding);
        for (int workers : new int[] {2, 4}) {
            try (DecodeThreads threads = new DecodeThreads(workers)) {
                for (int i = 0; i < 5; i++) {
                    assertThat(seen(threads, decoding)).isEqualTo(alone);
                }
            }
        }
        return alone;
    }

    private static String seen(TileRunner runner, BiConsumer<TileRunner, PixelSink> decoding) {
        int[] picture = new int[WIDTH * HEIGHT];
        int[] drawn = {0};
        String failure = "";
        try {
            decoding.accept(runner, (x, y, width, height, argb, offset, stride) -> {
                drawn[0]++;
                for (int row = 0; row < height; row++) {
                    System.arraycopy(argb, offset + row * stride, picture, (y + row) * WIDTH + x, width);
                }
            });
        } catch (WireException e) {
            failure = e.toString();
        }
        return "drawn " + drawn[0] + " to " + Arrays.hashCode(picture) + " " + failure;
    }

    private static void remoteFx(TileRunner runner, PixelSink sink, int malformed) {
        SplittableRandom random = new SplittableRandom(3);
        Octets tiles = new Octets();
        for (int i = 0; i < TILES; i++) {
            byte[] data = octets(random, 300);
            tiles.block(
                    0xCAC3,
                    new Octets()
                            .u8(0)
                            .u8(i == malformed ? 9 : 0)
                            .u8(0)
                            .u16(i % COLUMNS)
                            .u16(i / COLUMNS)
                            .u16(100)
                            .u16(100)
                            .u16(100)
                            .all(data));
        }
        Octets region = new Octets().u8(1).u8(0).u8(1).u16(0).u16(0xCAC1).u16(1);
        Octets set = new Octets()
                .u8(1)
                .u8(0)
                .u16(0xCAC2)
                .u16(0)
                .u16(4 << 10)
                .u8(1)
                .u8(64)
                .u16(TILES)
                .u16(0)
                .u16(0)
                .all(new byte[] {0x66, 0x66, 0x77, (byte) 0x88, (byte) 0x98})
                .all(tiles.toByteArray());
        byte[] message = new Octets().block(0xCCC6, region).block(0xCCC7, set).toByteArray();
        new RemoteFx(runner).decode(message, 0, message.length, WIDTH, HEIGHT, sink);
    }

    /** First passes, then upgrades, those of {@code worse} to a lower quality than there is, and every fifth tile again. */
    private static void progressive(TileRunner runner, PixelSink sink, List<Integer> worse) {
        SplittableRandom random = new SplittableRandom(5);
        Octets tiles = new Octets();
        int count = 0;
        for (int i = 0; i < TILES; i++, count++) {
            tiles.block(
                    0xCCC6,
                    place(i).u8(0).u8(1).u16(100).u16(100).u16(100).u16(0).all(octets(random, 300)));
            if (i % 5 == 0) {
                tiles.block(0xCCC7, upgrade(i, 2, random));
                count++;
            }
        }
        for (int i = 0; i < TILES; i++, count++) {
            tiles.block(0xCCC7, upgrade(i, worse.contains(i) ? 0 : 0xFF, random));
        }
        Octets region = new Octets()
                .u8(64)
                .u16(1)
                .u8(1)
                .u8(3)
                .u8(1)
                .u16(count)
                .u16(0)
                .u16(0)
                .u16(0)
                .u16(0)
                .u16(WIDTH)
                .u16(HEIGHT)
                .all(new byte[] {0x66, 0x66, 0x66, 0x66, 0x66});
        for (int withheld : new int[] {5, 3, 2}) {
            byte[] table = new byte[16];
            Arrays.fill(table, (byte) (withheld << 4 | withheld));
            region.all(table);
        }
        byte[] stream = new Octets()
                .block(0xCCC1, new Octets().u16(0).u16(0).u16(1))
                .block(0xCCC4, region.all(tiles.toByteArray()))
                .block(0xCCC2, new Octets())
                .toByteArray();
        new Progressive(runner).decode(stream, 0, stream.length, new ProgressiveSurface(WIDTH, HEIGHT), sink);
    }

    private static Octets upgrade(int tile, int quality, SplittableRandom random) {
        Octets body = place(tile).u8(quality);
        for (int i = 0; i < 6; i++) {
            body.u16(80);
        }
        return body.all(octets(random, 480));
    }

    private static Octets place(int tile) {
        return new Octets().u8(0).u8(0).u8(0).u16(tile % COLUMNS).u16(tile / COLUMNS);
    }

    private static byte[] octets(SplittableRandom random, int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    /** Little-endian fields. */
    private static final class Octets extends ByteArrayOutputStream {
        Octets u8(int value) {
            write(value);
            return this;
        }

        Octets u16(int value) {
            return u8(value).u8(value >> 8);
        }

        Octets all(byte[] octets) {
            writeBytes(octets);
            return this;
        }

        Octets block(int type, Octets body) {
            return u16(type).u16(6 + body.size()).u16(6 + body.size() >> 16).all(body.toByteArray());
        }
    }
}
