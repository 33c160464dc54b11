package porthole.protocol.gcc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Client Message Channel Data, TS_UD_CS_MCS_MSGCHANNEL: asks for the channel of auto-detection, multitransport and
 * heartbeat (MS-RDPBCGR 2.2.1.3.7).
 *
 * @param flags not used, 0
 */
public record ClientMessageChannelData(int flags, Bytes trailing) implements ClientDataBlock {
    public static final int TYPE = 0xC006;

    public ClientMessageChannelData() {
        this(0, Bytes.EMPTY);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Decodes what follows the header. */
    public static ClientMessageChannelData decode(WireReader in) {
        return new ClientMessageChannelData(in.s32le("flags"), in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(flags).bytes(trailing);
    }
}
