package porthole.protocol.drdynvc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * DYNVC_CLOSE: a channel ends; the other side answers with the same. MS-RDPEDYC 2.2.4.
 *
 * @param sp unused
 */
public record Close(int sp, ChannelId channelId, Bytes trailing) implements DynamicPdu {
    public static Close of(ChannelId channelId) {
        return new Close(0, channelId, Bytes.EMPTY);
    }

    static Close decode(int header, WireReader in) {
        return new Close(DynamicPdu.sp(header), ChannelId.decode(DynamicPdu.cbId(header), in), in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(DynamicPdu.header(CLOSE, sp, channelId.cbId()));
        channelId.encode(out);
        out.bytes(trailing);
    }
}
