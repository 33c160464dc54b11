package porthole.client.capture;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Consumer;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.fastpath.FastPathInput;
import porthole.protocol.fastpath.FastPathInputEvent;
import porthole.protocol.fastpath.FastPathOutput;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.graphics.BitmapUpdate;
import porthole.protocol.graphics.FastPathPointer;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.graphics.SurfaceCommand;
import porthole.protocol.wire.WireReader;

/** Reads fast-path frames, with updates decompressed and put together where they have to be. */
final class FastPathReader {
    private static final int ENCRYPTED = 0x80;
    private static final String[] FRAGMENTS = {"", "(last)", "(first)", "(next)"};

    private final SessionFacts facts;

    FastPathReader(SessionFacts facts) {
        this.facts = facts;
    }

    void read(Direction direction, ByteBuf frame, PduReader.Notes notes) {
        boolean encrypted = (frame.getUnsignedByte(frame.readerIndex()) & ENCRYPTED) != 0;
        if (direction == Direction.CLIENT_TO_SERVER) {
            input(encrypted, frame, notes);
        } else if (encrypted) {
            notes.named("FastPathOutput (encrypted)");
            FastPathOutput.decode(WireReader.of(frame, "FastPathOutput", FastPathOutput.SECTION, notes.fields));
        } else {
            output(frame, notes);
        }
    }

    private static void input(boolean encrypted, ByteBuf frame, PduReader.Notes notes) {
        notes.provisional("FastPathInput");
        FastPathInput input =
                FastPathInput.decode(WireReader.of(frame, "FastPathInput", FastPathInput.SECTION, notes.fields));
        StringBuilder kinds = new StringBuilder();
        for (FastPathInputEvent event : input.fpInputEvents()) {
            kinds.append(kinds.isEmpty() ? "" : ",")
                    .append(event.event().getClass().getSimpleName());
        }
        notes.named(encrypted ? "FastPathInput (encrypted)" : "FastPathInput(" + kinds + ")");
    }

    private void output(ByteBuf frame, PduReader.Notes notes) {
        StringBuilder kinds = new StringBuilder();
        notes.provisional("FastPathOutput");
        try {
            WireReader in = WireReader.of(frame, "FastPathOutput", FastPathOutput.SECTION, notes.fields);
            FastPathOutput.forEachUpdate(in, (code, fragmentation, compressionFlags, data) -> {
                kinds.append(kinds.isEmpty() ? "" : ",");
                int name = kinds.length();
                kinds.append(FastPathUpdate.name(code)).append(FRAGMENTS[fragmentation]);
                if (SessionFacts.isBulk(compressionFlags) && !SessionFacts.isReadable(compressionFlags)) {
                    kinds.append("(compression type ")
                            .append(compressionFlags & BulkDecompressor.TYPE_MASK)
                            .append(')');
                }
                update(
                        code,
                        fragmentation,
                        compressionFlags,
                        data,
                        notes,
                        orders -> kinds.replace(name, kinds.length(), orders + FRAGMENTS[fragmentation]));
            });
        } finally {
            notes.named("FastPathOutput(" + kinds + ")");
        }
    }

    private void update(
            int code,
            int fragmentation,
            int compressionFlags,
            WireReader data,
            PduReader.Notes notes,
            Consumer<String> orderNames) {
        String name = "FastPathOutput." + FastPathUpdate.name(code);
        boolean compressed = SessionFacts.isBulk(compressionFlags);
        if (compressed && !SessionFacts.isReadable(compressionFlags)) {
            data.rest("compressedData");
            return;
        }
        if (!compressed && fragmentation == FastPathUpdate.SINGLE) {
            whole(code, data.renamed(name, FastPathOutput.SECTION), orderNames);
            return;
        }
        WireReader plain = compressed
                ? WireReader.of(facts.serverBulk.decompress(compressionFlags, data), name, FastPathOutput.SECTION)
                : data;
        Optional<WireReader> complete = facts.fragments.accept(code, fragmentation, plain);
        complete.ifPresent(update -> whole(
                code,
                WireReader.of(
                        update.slice(update.remaining(), "updateData"),
                        name,
                        FastPathOutput.SECTION,
                        notes.fields.overDerived()),
                orderNames));
    }

    private void whole(int code, WireReader in, Consumer<String> orderNames) {
        if (FastPathPointer.handles(code)) {
            FastPathPointer.decode(code, in);
            return;
        }
        switch (code) {
            case FastPathUpdate.ORDERS ->
                facts.orders.read(in, in.count(in.u16le("numberOrders"), 1, "numberOrders"), orderNames);
            case FastPathUpdate.BITMAP -> BitmapUpdate.decode(in);
            case FastPathUpdate.PALETTE -> PaletteUpdate.decode(in);
            case FastPathUpdate.SURFCMDS -> SurfaceCommand.decodeAll(in);
            default -> in.rest("updateData");
        }
    }
}
