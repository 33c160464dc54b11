package porthole.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import porthole.fixtures.ChannelData;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.bulk.Rdp8Decompressor;
import porthole.protocol.drdynvc.Data;
import porthole.protocol.drdynvc.DataFirst;
import porthole.protocol.drdynvc.DynamicPdu;
import porthole.protocol.drdynvc.DynamicReassembler;
import porthole.protocol.fastpath.FastPathOutput;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.fastpath.FastPathUpdates;
import porthole.protocol.graphics.SurfaceBits;
import porthole.protocol.graphics.SurfaceCommand;
import porthole.protocol.rdpgfx.BitmapCommand;
import porthole.protocol.rdpgfx.RdpgfxCommand;
import porthole.protocol.rdpgfx.RdpgfxPdu;
import porthole.protocol.wire.WireReader;

/** What real hosts sent, as the inputs that a search begins with. */
final class RecordedBitmaps {
    private static final int LONGEST = 1 << 26;
    private static final int LONGEST_SEED = 24_000;
    private static final int SEEDS = 5;

    private RecordedBitmaps() {}

    /** Messages of the graphics channel, as they were sent. */
    static List<byte[]> graphicsMessages(String name) {
        Recording recording = Fixtures.recording(name);
        List<byte[]> messages = new ArrayList<>();
        DynamicReassembler parts = new DynamicReassembler(LONGEST);
        Consumer<WireReader> whole =
                message -> messages.add(message.rest("message").toArray());
        for (Row row : recording.rows()) {
            if (row.dir() == Direction.S2C && row.kind().startsWith("dvc-data")) {
                WireReader in = reader(ChannelData.of(recording.pdu(row)).data());
                in.skip(8, "channelPDUHeader");
                DynamicPdu pdu = DynamicPdu.decodeFromServer(in);
                if (pdu instanceof DataFirst first) {
                    parts.accept(first).ifPresent(whole);
                } else if (pdu instanceof Data data) {
                    parts.accept(data).ifPresent(whole);
                }
            }
        }
        return messages;
    }

    /** The same after decompression. */
    static List<byte[]> graphicsPdus(String name) {
        Rdp8Decompressor decompressor = Rdp8Decompressor.rdp8(LONGEST);
        return graphicsMessages(name).stream()
                .map(message -> ByteBufUtil.getBytes(decompressor.decompress(reader(message))))
                .toList();
    }

    /** Bitmaps that were sent to surfaces of the graphics channel, the smallest ones. */
    static List<byte[]> surfaceBitmaps(String name) {
        List<byte[]> bitmaps = new ArrayList<>();
        RdpgfxPdu.Visitor visitor = new RdpgfxPdu.Visitor() {
            @Override
            public void wireToSurface1(BitmapCommand.WireToSurface1.Target target, ByteBuf bitmapData) {
                bitmaps.add(ByteBufUtil.getBytes(bitmapData));
            }

            @Override
            public void wireToSurface2(BitmapCommand.WireToSurface2.Target target, ByteBuf bitmapData) {
                bitmaps.add(ByteBufUtil.getBytes(bitmapData));
            }

            @Override
            public void command(RdpgfxCommand command) {}
        };
        graphicsPdus(name).forEach(pdus -> RdpgfxPdu.forEach(reader(pdus), visitor));
        return small(bitmaps);
    }

    /** Bitmaps of surface commands, the smallest ones. */
    static List<byte[]> commandBitmaps(String name) {
        List<byte[]> bitmaps = new ArrayList<>();
        SurfaceCommand.Visitor visitor = new SurfaceCommand.Visitor() {
            @Override
            public void bits(SurfaceBits header, ByteBuf data) {
                bitmaps.add(ByteBufUtil.getBytes(data));
            }

            @Override
            public void frameMarker(SurfaceCommand.FrameMarker marker) {}

            @Override
            public void unknown(int cmdType, ByteBuf data) {}
        };
        Recording recording = Fixtures.recording(name);
        FastPathUpdates frames = new FastPathUpdates(new BulkDecompressor(), LONGEST);
        for (Row row : recording.rows()) {
            if (row.dir() == Direction.S2C && row.frame().equals("fastpath")) {
                frames.read(
                        WireReader.of(recording.pdu(row), "FastPathOutput", FastPathOutput.SECTION), (code, data) -> {
                            if (code == FastPathUpdate.SURFCMDS) {
                                SurfaceCommand.forEach(data, visitor);
                            }
                        });
            }
        }
        return small(bitmaps);
    }

    /** Compressed fast-path updates in their order, as many as fit: flags in an octet, the length in two, the update. */
    static byte[] bulkPackets(String name) {
        Recording recording = Fixtures.recording(name);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Row row : recording.rows()) {
            if (row.dir() == Direction.S2C && row.frame().equals("fastpath")) {
                FastPathOutput.forEachUpdate(
                        WireReader.of(recording.pdu(row), "FastPathOutput", FastPathOutput.SECTION),
                        (code, fragmentation, flags, data) -> {
                            byte[] packet = data.rest("updateData").toArray();
                            if (flags != FastPathUpdate.NO_COMPRESSION_FLAGS
                                    && out.size() + packet.length < LONGEST_SEED) {
                                out.write(flags);
                                writeWithLength(out, packet);
                            }
                        });
            }
        }
        return out.toByteArray();
    }

    /** Parts behind their lengths in two octets, as many as fit, behind {@code head}. */
    static byte[] behindLengths(List<byte[]> parts, int... head) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int octet : head) {
            out.write(octet);
        }
        for (byte[] part : parts) {
            if (part.length < 0x10000 && out.size() + part.length < LONGEST_SEED) {
                writeWithLength(out, part);
            }
        }
        return out.toByteArray();
    }

    private static void writeWithLength(ByteArrayOutputStream out, byte[] part) {
        out.write(part.length & 0xFF);
        out.write(part.length >> 8);
        out.writeBytes(part);
    }

    /** One input, behind {@code head}. */
    static byte[] behind(byte[] input, int... head) {
        byte[] seed = new byte[head.length + input.length];
        for (int i = 0; i < head.length; i++) {
            seed[i] = (byte) head[i];
        }
        System.arraycopy(input, 0, seed, head.length, input.length);
        return seed;
    }

    private static List<byte[]> small(List<byte[]> bitmaps) {
        return bitmaps.stream()
                .filter(bitmap -> bitmap.length <= LONGEST_SEED)
                .sorted((a, b) -> Integer.compare(a.length, b.length))
                .limit(SEEDS)
                .toList();
    }

    private static WireReader reader(byte[] octets) {
        return WireReader.of(Unpooled.wrappedBuffer(octets), "Recorded", "any");
    }
}
