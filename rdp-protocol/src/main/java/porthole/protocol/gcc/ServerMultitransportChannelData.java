package porthole.protocol.gcc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Server Multitransport Channel Data, TS_UD_SC_MULTITRANSPORT (MS-RDPBCGR 2.2.1.4.6).
 *
 * @param flags of {@link MultitransportFlags}
 */
public record ServerMultitransportChannelData(int flags, Bytes trailing) implements ServerDataBlock {
    public static final int TYPE = 0x0C08;

    public ServerMultitransportChannelData(int flags) {
        this(flags, Bytes.EMPTY);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Decodes what follows the header. */
    public static ServerMultitransportChannelData decode(WireReader in) {
        return new ServerMultitransportChannelData(in.s32le("flags"), in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(flags).bytes(trailing);
    }
}
