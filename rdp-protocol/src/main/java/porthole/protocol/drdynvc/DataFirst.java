package porthole.protocol.drdynvc;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * DYNVC_DATA_FIRST and DYNVC_DATA_FIRST_COMPRESSED: the beginning of a message in several parts. MS-RDPEDYC 2.2.3.1
 * and 2.2.3.3.
 *
 * @param compressed whether {@code data} is an RDP_SEGMENTED_DATA of the lite form
 * @param len 0, 1 or 2: the width of the length field
 * @param length octets of the whole message, uncompressed, 0 to 4294967295
 */
public record DataFirst(boolean compressed, int len, ChannelId channelId, long length, Bytes data)
        implements DynamicPdu {
    public DataFirst {
        if (len < 0 || len > 2 || length < 0 || length >>> (8 << len) != 0) {
            throw new IllegalArgumentException("no length of width code " + len + ": " + length);
        }
    }

    static DataFirst decode(int header, WireReader in) {
        ChannelId channelId = ChannelId.decode(DynamicPdu.cbId(header), in);
        int len = DynamicPdu.sp(header);
        return new DataFirst(
                header >>> 4 == DATA_FIRST_COMPRESSED,
                len,
                channelId,
                ChannelId.number(len, "Length", in),
                in.rest("Data"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(DynamicPdu.header(compressed ? DATA_FIRST_COMPRESSED : DATA_FIRST, len, channelId.cbId()));
        channelId.encode(out);
        ChannelId.number(len, length, out);
        out.bytes(data);
    }
}
