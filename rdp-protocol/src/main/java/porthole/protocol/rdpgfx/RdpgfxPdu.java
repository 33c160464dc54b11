package porthole.protocol.rdpgfx;

import io.netty.buffer.ByteBuf;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * A graphics message with its RDPGFX_HEADER. MS-RDPEGFX 2.2.1.5 and 2.2.2.
 *
 * <p>From the server, messages come one behind the other inside RDP_SEGMENTED_DATA (2.2.5.1); the client sends them as
 * they are.
 *
 * @param flags of the header, 0
 * @param trailing what follows the known fields
 */
public record RdpgfxPdu(int flags, RdpgfxCommand command, Bytes trailing) implements Pdu {
    /** The name of the dynamic channel. */
    public static final String CHANNEL_NAME = "Microsoft::Windows::RDS::Graphics";

    public static final String SECTION = "MS-RDPEGFX 2.2.1.5";

    /** Octets of RDPGFX_HEADER. */
    static final int HEADER = 8;

    public static RdpgfxPdu of(RdpgfxCommand command) {
        return new RdpgfxPdu(0, command, Bytes.EMPTY);
    }

    /** Reads one message, behind which others may follow. */
    public static RdpgfxPdu decode(WireReader in) {
        int cmdId = in.u16le("cmdId");
        int flags = in.u16le("flags");
        WireReader body = body(in);
        return new RdpgfxPdu(flags, RdpgfxCommand.decode(cmdId, body), body.rest("trailing"));
    }

    private static WireReader body(WireReader in) {
        long length = in.u32le("pduLength");
        if (length < HEADER || length - HEADER > in.remaining()) {
            in.check(false, 4, "pduLength", length, HEADER + " to " + (in.remaining() + HEADER));
        }
        return in.sub((int) length - HEADER, "body", "MS-RDPEGFX 2.2.2");
    }

    /** Is handed messages one after the other; bitmaps without a copy of their octets. */
    public interface Visitor {
        /** @param bitmapData as its codec left it, borrowed for the call */
        void wireToSurface1(BitmapCommand.WireToSurface1.Target target, ByteBuf bitmapData);

        /** @param bitmapData as its codec left it, borrowed for the call */
        void wireToSurface2(BitmapCommand.WireToSurface2.Target target, ByteBuf bitmapData);

        /** Any other message. */
        void command(RdpgfxCommand command);
    }

    /** Shows {@code visitor} every message that is left. */
    public static void forEach(WireReader in, Visitor visitor) {
        while (in.hasRemaining()) {
            int cmdId = in.u16le("cmdId");
            in.u16le("flags");
            WireReader body = body(in);
            switch (cmdId) {
                case RdpgfxCommand.WIRETOSURFACE_1 -> {
                    BitmapCommand.WireToSurface1.Target target = BitmapCommand.WireToSurface1.Target.decode(body);
                    visitor.wireToSurface1(target, body.slice(BitmapCommand.length(body), "bitmapData"));
                }
                case RdpgfxCommand.WIRETOSURFACE_2 -> {
                    BitmapCommand.WireToSurface2.Target target = BitmapCommand.WireToSurface2.Target.decode(body);
                    visitor.wireToSurface2(target, body.slice(BitmapCommand.length(body), "bitmapData"));
                }
                default -> visitor.command(RdpgfxCommand.decode(cmdId, body));
            }
        }
    }

    @Override
    public void encode(WireWriter out) {
        int start = out.position();
        out.u16le(command.cmdId()).u16le(flags).u32le(0).pdu(command).bytes(trailing);
        out.patchU32le(start + 4, out.position() - start);
    }
}
