package porthole.protocol.gcc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Server Message Channel Data, TS_UD_SC_MCS_MSGCHANNEL (MS-RDPBCGR 2.2.1.4.5).
 *
 * @param mcsChannelId the message channel
 */
public record ServerMessageChannelData(int mcsChannelId, Bytes trailing) implements ServerDataBlock {
    public static final int TYPE = 0x0C04;

    public ServerMessageChannelData(int mcsChannelId) {
        this(mcsChannelId, Bytes.EMPTY);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Decodes what follows the header. */
    public static ServerMessageChannelData decode(WireReader in) {
        return new ServerMessageChannelData(in.u16le("MCSChannelID"), in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(mcsChannelId).bytes(trailing);
    }
}
