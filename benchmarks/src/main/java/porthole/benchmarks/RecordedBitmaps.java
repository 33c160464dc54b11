package porthole.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
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
import porthole.protocol.graphics.BitmapHeader;
import porthole.protocol.graphics.BitmapUpdate;
import porthole.protocol.graphics.SlowPathUpdate;
import porthole.protocol.graphics.SurfaceBits;
import porthole.protocol.graphics.SurfaceCommand;
import porthole.protocol.rdpgfx.BitmapCommand;
import porthole.protocol.rdpgfx.RdpgfxCommand;
import porthole.protocol.rdpgfx.RdpgfxPdu;
import porthole.protocol.rdpgfx.Rect16;
import porthole.protocol.rdpgfx.SurfaceCommand.CreateSurface;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** The bitmaps that a recorded host sent, cut out of everything around them. */
final class RecordedBitmaps {
    private static final int LARGEST = 1 << 26;
    private static final int CHUNK_HEADER = 8;

    /** Compressed updates as they came. @param flags of the compression */
    record Packet(int flags, byte[] octets) {}

    private final Recording recording;

    RecordedBitmaps(String name) {
        this.recording = Fixtures.recording(name);
    }

    /** The bitmaps of bitmap updates of one depth, compressed or plain. */
    List<Sample> updates(int bitsPerPixel, boolean compressed) {
        List<Sample> found = new ArrayList<>();
        BitmapUpdate.Visitor visitor = (header, data) -> {
            if (header.bitsPerPixel() == bitsPerPixel && isCompressed(header) == compressed) {
                found.add(new Sample(header.width(), header.height(), bitsPerPixel, ByteBufUtil.getBytes(data)));
            }
        };
        drawn(update -> BitmapUpdate.forEach(update, visitor), FastPathUpdate.BITMAP);
        return found;
    }

    private static boolean isCompressed(BitmapHeader header) {
        return (header.flags() & BitmapHeader.BITMAP_COMPRESSION) != 0;
    }

    /** The bitmaps of surface commands with one codec id. */
    List<Sample> surfaceBits(int codecId) {
        List<Sample> found = new ArrayList<>();
        drawn(
                update -> SurfaceCommand.forEach(update, new SurfaceCommand.Visitor() {
                    @Override
                    public void bits(SurfaceBits header, ByteBuf data) {
                        SurfaceBits.BitmapDataEx bitmap = header.bitmapData();
                        if (bitmap.codecID() == codecId) {
                            found.add(new Sample(
                                    bitmap.width(), bitmap.height(), bitmap.bpp(), ByteBufUtil.getBytes(data)));
                        }
                    }

                    @Override
                    public void frameMarker(SurfaceCommand.FrameMarker marker) {}

                    @Override
                    public void unknown(int cmdType, ByteBuf data) {}
                }),
                FastPathUpdate.SURFCMDS);
        return found;
    }

    /** The bitmaps of the graphics pipeline with one codec id; a progressive one has the size of its surface. */
    List<Sample> surfaces(int codecId) {
        List<Sample> found = new ArrayList<>();
        int[] size = new int[2];
        for (byte[] message : graphicsMessages()) {
            RdpgfxPdu.forEach(WireReader.of(message, "RDPGFX", RdpgfxPdu.SECTION), new RdpgfxPdu.Visitor() {
                @Override
                public void wireToSurface1(BitmapCommand.WireToSurface1.Target target, ByteBuf data) {
                    Rect16 rect = target.destRect();
                    if (target.codecId() == codecId) {
                        found.add(new Sample(
                                rect.right() - rect.left(),
                                rect.bottom() - rect.top(),
                                32,
                                ByteBufUtil.getBytes(data)));
                    }
                }

                @Override
                public void wireToSurface2(BitmapCommand.WireToSurface2.Target target, ByteBuf data) {
                    if (target.codecId() == codecId) {
                        found.add(new Sample(size[0], size[1], 32, ByteBufUtil.getBytes(data)));
                    }
                }

                @Override
                public void command(RdpgfxCommand command) {
                    if (command instanceof CreateSurface create) {
                        size[0] = create.width();
                        size[1] = create.height();
                    }
                }
            });
        }
        return found;
    }

    /** The messages of the graphics channel, their bulk compression undone. */
    List<byte[]> graphicsMessages() {
        List<byte[]> messages = new ArrayList<>();
        Rdp8Decompressor rdp8 = Rdp8Decompressor.rdp8(LARGEST);
        for (Bytes segments : graphicsSegments()) {
            messages.add(ByteBufUtil.getBytes(
                    rdp8.decompress(WireReader.of(segments, "RDP_SEGMENTED_DATA", "MS-RDPEGFX 2.2.5.1"))));
        }
        return messages;
    }

    /** The messages of the graphics channel as they came, each an RDP_SEGMENTED_DATA. */
    List<Bytes> graphicsSegments() {
        List<Bytes> messages = new ArrayList<>();
        DynamicReassembler parts = new DynamicReassembler(LARGEST);
        Consumer<WireReader> whole = message -> messages.add(message.rest("message"));
        for (Row row : recording.rows()) {
            if (row.dir() == Direction.S2C && row.kind().startsWith("dvc-data")) {
                WireReader in =
                        WireReader.of(ChannelData.of(recording.pdu(row)).data(), "ChannelChunk", "MS-RDPBCGR 2.2.6.1");
                in.skip(CHUNK_HEADER, "channelPDUHeader");
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

    /** The compressed fast-path updates in their order. */
    List<Packet> packets() {
        List<Packet> packets = new ArrayList<>();
        for (Row row : recording.rows()) {
            if (row.dir() == Direction.S2C && row.frame().equals("fastpath")) {
                FastPathOutput.forEachUpdate(fastPath(row), (code, fragmentation, flags, data) -> {
                    if (flags != FastPathUpdate.NO_COMPRESSION_FLAGS) {
                        packets.add(new Packet(flags, data.rest("updateData").toArray()));
                    }
                });
            }
        }
        return packets;
    }

    private WireReader fastPath(Row row) {
        return WireReader.of(recording.pdu(row), "FastPathOutput", FastPathOutput.SECTION);
    }

    private void drawn(Consumer<WireReader> visitor, int updateCode) {
        BulkDecompressor bulk = new BulkDecompressor();
        FastPathUpdates updates = new FastPathUpdates(bulk, LARGEST);
        for (Row row : recording.rows()) {
            if (row.dir() == Direction.S2C && row.frame().equals("fastpath")) {
                updates.read(fastPath(row), (code, data) -> {
                    if (code == updateCode) {
                        visitor.accept(data);
                    }
                });
            } else if (row.dir() == Direction.S2C
                    && row.kind().startsWith("update")
                    && updateCode == FastPathUpdate.BITMAP) {
                slowPath(bulk, row, visitor);
            }
        }
    }

    private void slowPath(BulkDecompressor bulk, Row row, Consumer<WireReader> visitor) {
        for (ChannelData.ShareData share : ChannelData.of(recording.pdu(row)).shareData()) {
            if (share.pduType2() == ChannelData.ShareData.UPDATE) {
                WireReader update = WireReader.of(
                        bulk.decompress(
                                share.compressedType(),
                                WireReader.of(share.body(), "ShareData", "MS-RDPBCGR 2.2.8.1.1.1.2")),
                        "SlowPathUpdate",
                        SlowPathUpdate.SECTION);
                if (SlowPathUpdate.peekType(update) == SlowPathUpdate.UPDATETYPE_BITMAP) {
                    visitor.accept(update);
                }
            }
        }
    }
}
