package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import porthole.protocol.channel.ChannelChunk;
import porthole.protocol.fastpath.FastPathInput;
import porthole.protocol.fastpath.FastPathOutput;
import porthole.protocol.graphics.BitmapUpdate;
import porthole.protocol.graphics.FastPathPointer;
import porthole.protocol.graphics.OrdersUpdate;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.graphics.SlowPathPointer;
import porthole.protocol.graphics.SlowPathUpdate;
import porthole.protocol.graphics.SurfaceCommand;
import porthole.protocol.input.SlowPathInput;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** Fast-path frames of both directions, input, graphics updates, channel chunks. */
class UpdatePdusFuzzTest {
    private static final Family FRAMES =
            new Family(FastPathOutput::decode, FastPathInput::decode, SlowPathInput::decode, ChannelChunk::decode);

    private static final Family UPDATES = new Family(
            UpdatePdusFuzzTest::bitmaps,
            PaletteUpdate::decode,
            OrdersUpdate::decode,
            SlowPathUpdate::decode,
            SlowPathPointer::decode,
            Commands::decode);

    /** A whole surface commands update. */
    private record Commands(List<SurfaceCommand> commands) implements Pdu {
        static Commands decode(WireReader in) {
            return new Commands(SurfaceCommand.decodeAll(in));
        }

        @Override
        public void encode(WireWriter out) {
            commands.forEach(out::pdu);
        }
    }

    /** The way without a copy shows the same bitmaps. */
    private static BitmapUpdate bitmaps(WireReader in) {
        Bytes octets = in.rest("update");
        WireReader again = WireReader.of(octets, "Fuzzed", "any");
        BitmapUpdate update = BitmapUpdate.decode(WireReader.of(octets, "Fuzzed", "any"));
        List<BitmapUpdate.Rectangle> seen = new ArrayList<>();
        BitmapUpdate.forEach(
                again,
                (header, pixels) -> seen.add(new BitmapUpdate.Rectangle(
                        header, Bytes.copyOf(pixels, pixels.readerIndex(), pixels.readableBytes()))));
        if (!seen.equals(update.rectangles())) {
            throw new AssertionError(seen + " and " + update.rectangles());
        }
        return update;
    }

    @FuzzTest(maxDuration = "30s")
    void frames(byte[] input) {
        FRAMES.test(input);
    }

    @FuzzTest(maxDuration = "30s")
    void updates(byte[] input) {
        UPDATES.test(input);
    }

    /** The first octet is the update code. */
    @FuzzTest(maxDuration = "30s")
    void pointers(byte[] input) {
        if (input.length > 0) {
            int updateCode = input[0] & 0xF;
            Oracle.keeps(Arrays.copyOfRange(input, 1, input.length), in -> FastPathPointer.decode(updateCode, in));
        }
    }
}
