package porthole.protocol.drdynvc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * DYNVC_CREATE_REQ: the server opens a channel. MS-RDPEDYC 2.2.2.1.
 *
 * @param pri priority class, 0 to 3
 * @param channelName octets of the name, without the zero behind it
 * @param trailing what follows that zero
 */
public record CreateRequest(int pri, ChannelId channelId, Bytes channelName, Bytes trailing) implements DynamicPdu {
    private static final Bytes ZERO = Bytes.of((byte) 0);

    /** @param name in ASCII */
    public static CreateRequest of(long channelId, String name) {
        return new CreateRequest(0, ChannelId.of(channelId), Bytes.ascii(name), Bytes.EMPTY);
    }

    /** The name as text. */
    public String name() {
        return channelName.toAscii();
    }

    static CreateRequest decode(int header, WireReader in) {
        ChannelId channelId = ChannelId.decode(DynamicPdu.cbId(header), in);
        int length = in.octetsBefore(ZERO);
        in.check(length >= 0, "ChannelName", in.remaining() + " octets without a zero", "a zero at its end");
        Bytes name = in.bytes(length, "ChannelName");
        in.u8("ChannelName.terminator");
        return new CreateRequest(DynamicPdu.sp(header), channelId, name, in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(DynamicPdu.header(CREATE, pri, channelId.cbId()));
        channelId.encode(out);
        out.bytes(channelName).u8(0).bytes(trailing);
    }
}
