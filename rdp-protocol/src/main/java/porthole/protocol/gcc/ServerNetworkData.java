package porthole.protocol.gcc;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Server Network Data, TS_UD_SC_NET (MS-RDPBCGR 2.2.1.4.4).
 *
 * @param mcsChannelId the I/O channel
 * @param channelIdArray one id for each channel that the client asked for, in its order; 0 where there is none
 * @param trailing two octets of padding where the number of channels is odd, and what else follows
 */
public record ServerNetworkData(int mcsChannelId, List<Integer> channelIdArray, Bytes trailing)
        implements ServerDataBlock {
    public static final int TYPE = 0x0C03;

    public ServerNetworkData {
        channelIdArray = List.copyOf(channelIdArray);
    }

    /** With the padding that the number of channels asks for. */
    public ServerNetworkData(int mcsChannelId, List<Integer> channelIdArray) {
        this(mcsChannelId, channelIdArray, channelIdArray.size() % 2 == 0 ? Bytes.EMPTY : Bytes.of(new byte[2]));
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Decodes what follows the header. */
    public static ServerNetworkData decode(WireReader in) {
        int mcsChannelId = in.u16le("MCSChannelId");
        int count = in.count(in.u16le("channelCount"), 2, "channelCount");
        List<Integer> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(in.u16le("channelIdArray[" + i + "]"));
        }
        return new ServerNetworkData(mcsChannelId, ids, in.rest("pad"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(mcsChannelId).u16le(channelIdArray.size());
        channelIdArray.forEach(out::u16le);
        out.bytes(trailing);
    }
}
