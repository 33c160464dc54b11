package porthole.protocol.drdynvc;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.channel.ChannelChunk;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * DYNVC_DATA and DYNVC_DATA_COMPRESSED: a whole message, or a further part of one. MS-RDPEDYC 2.2.3.2 and 2.2.3.4.
 *
 * @param compressed whether {@code data} is an RDP_SEGMENTED_DATA of the lite form
 * @param sp unused
 */
public record Data(boolean compressed, int sp, ChannelId channelId, Bytes data) implements DynamicPdu {
    /** The octets of a message that is sent in one part. */
    private static final int LONGEST_WHOLE = 1590;

    /** The PDUs that carry one message: one, or a first part and more. */
    public static List<DynamicPdu> split(ChannelId channelId, Bytes message) {
        if (message.size() <= LONGEST_WHOLE) {
            return List.of(new Data(false, 0, channelId, message));
        }
        int len = ChannelId.narrowest(message.size());
        int room = ChannelChunk.CHANNEL_CHUNK_LENGTH - 1 - (1 << channelId.cbId());
        int from = Math.min(message.size(), room - (1 << len));
        List<DynamicPdu> parts = new ArrayList<>();
        parts.add(new DataFirst(false, len, channelId, message.size(), message.slice(0, from)));
        while (from < message.size()) {
            int part = Math.min(room, message.size() - from);
            parts.add(new Data(false, 0, channelId, message.slice(from, part)));
            from += part;
        }
        return parts;
    }

    static Data decode(int header, WireReader in) {
        return new Data(
                header >>> 4 == DATA_COMPRESSED,
                DynamicPdu.sp(header),
                ChannelId.decode(DynamicPdu.cbId(header), in),
                in.rest("Data"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(DynamicPdu.header(compressed ? DATA_COMPRESSED : DATA, sp, channelId.cbId()));
        channelId.encode(out);
        out.bytes(data);
    }
}
