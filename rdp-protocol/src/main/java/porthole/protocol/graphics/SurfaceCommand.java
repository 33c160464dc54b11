package porthole.protocol.graphics;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** One command of a surface commands update. MS-RDPBCGR 2.2.9.1.2.1.10 and 2.2.9.2. */
public sealed interface SurfaceCommand extends Pdu {
    int SET_SURFACE_BITS = 0x0001;
    int FRAME_MARKER = 0x0004;
    int STREAM_SURFACE_BITS = 0x0006;

    String SECTION = "MS-RDPBCGR 2.2.9.1.2.1.10";

    /** Pixels for a rectangle of the screen. */
    record Bits(SurfaceBits header, Bytes bitmapData) implements SurfaceCommand {
        @Override
        public void encode(WireWriter out) {
            out.pdu(header).bytes(bitmapData);
        }
    }

    /**
     * TS_FRAME_MARKER. MS-RDPBCGR 2.2.9.2.3.
     *
     * @param frameId some hosts leave it out at the end of an update
     */
    record FrameMarker(int frameAction, OptionalLong frameId) implements SurfaceCommand {
        public static final int BEGIN = 0x0000;
        public static final int END = 0x0001;

        static final String SECTION = "MS-RDPBCGR 2.2.9.2.3";

        static FrameMarker decode(WireReader in) {
            in.expect(in.u16le("cmdType"), FRAME_MARKER, 2, "cmdType");
            int frameAction = in.u16le("frameAction");
            return new FrameMarker(
                    frameAction, in.hasRemaining() ? OptionalLong.of(in.u32le("frameId")) : OptionalLong.empty());
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(FRAME_MARKER).u16le(frameAction);
            frameId.ifPresent(out::u32le);
        }
    }

    /** A command that nobody has named yet; as its size is unknown, it takes all the rest. */
    record Unknown(int cmdType, Bytes cmdData) implements SurfaceCommand {
        @Override
        public void encode(WireWriter out) {
            out.u16le(cmdType).bytes(cmdData);
        }
    }

    /** Is handed the commands of an update one after the other. */
    interface Visitor {
        /** @param bitmapData the pixels as their codec left them, borrowed for the call */
        void bits(SurfaceBits header, ByteBuf bitmapData);

        void frameMarker(FrameMarker marker);

        /** @param cmdData borrowed for the call */
        void unknown(int cmdType, ByteBuf cmdData);
    }

    /** Shows every command of an update to {@code visitor} without copying any pixels. */
    static void forEach(WireReader in, Visitor visitor) {
        while (in.hasRemaining()) {
            int cmdType = in.peekU16le("cmdType");
            switch (cmdType) {
                case SET_SURFACE_BITS, STREAM_SURFACE_BITS -> {
                    SurfaceBits header = in.within("surfaceBits", SurfaceBits.SECTION, SurfaceBits::decode);
                    int length = in.count(header.bitmapData().bitmapDataLength(), 1, "bitmapDataLength");
                    visitor.bits(header, in.slice(length, "bitmapData"));
                }
                case FRAME_MARKER ->
                    visitor.frameMarker(in.within("frameMarker", FrameMarker.SECTION, FrameMarker::decode));
                default -> {
                    in.u16le("cmdType");
                    visitor.unknown(cmdType, in.slice(in.remaining(), "cmdData"));
                }
            }
        }
    }

    /** All commands of an update. */
    static List<SurfaceCommand> decodeAll(WireReader in) {
        List<SurfaceCommand> commands = new ArrayList<>();
        forEach(in, new Visitor() {
            @Override
            public void bits(SurfaceBits header, ByteBuf bitmapData) {
                commands.add(new Bits(header, copy(bitmapData)));
            }

            @Override
            public void frameMarker(FrameMarker marker) {
                commands.add(marker);
            }

            @Override
            public void unknown(int cmdType, ByteBuf cmdData) {
                commands.add(new Unknown(cmdType, copy(cmdData)));
            }

            private Bytes copy(ByteBuf octets) {
                return Bytes.copyOf(octets, octets.readerIndex(), octets.readableBytes());
            }
        });
        return commands;
    }
}
