package porthole.protocol.gcc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Client Multitransport Channel Data, TS_UD_CS_MULTITRANSPORT (MS-RDPBCGR 2.2.1.3.8).
 *
 * @param flags of {@link MultitransportFlags}
 */
public record ClientMultitransportChannelData(int flags, Bytes trailing) implements ClientDataBlock {
    public static final int TYPE = 0xC00A;

    public ClientMultitransportChannelData(int flags) {
        this(flags, Bytes.EMPTY);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Decodes what follows the header. */
    public static ClientMultitransportChannelData decode(WireReader in) {
        return new ClientMultitransportChannelData(in.s32le("flags"), in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(flags).bytes(trailing);
    }
}
