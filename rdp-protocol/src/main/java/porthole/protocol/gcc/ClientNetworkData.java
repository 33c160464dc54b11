package porthole.protocol.gcc;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Client Network Data, TS_UD_CS_NET: the static virtual channels (MS-RDPBCGR 2.2.1.3.4).
 *
 * @param channelDefArray at most 31
 */
public record ClientNetworkData(List<ChannelDef> channelDefArray, Bytes trailing) implements ClientDataBlock {
    public static final int TYPE = 0xC003;
    public static final int MAX_CHANNELS = 31;

    public ClientNetworkData {
        channelDefArray = List.copyOf(channelDefArray);
        if (channelDefArray.size() > MAX_CHANNELS) {
            throw new IllegalArgumentException(channelDefArray.size() + " channels, at most 31 are allowed");
        }
    }

    public ClientNetworkData(List<ChannelDef> channelDefArray) {
        this(channelDefArray, Bytes.EMPTY);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Decodes what follows the header. */
    public static ClientNetworkData decode(WireReader in) {
        int count = in.count(in.u32le("channelCount"), ChannelDef.SIZE, "channelCount");
        in.check(count <= MAX_CHANNELS, 4, "channelCount", count, "at most 31");
        List<ChannelDef> channels = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            channels.add(in.within("channelDefArray[" + i + "]", "MS-RDPBCGR 2.2.1.3.4.1", ChannelDef::decode));
        }
        return new ClientNetworkData(channels, in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(channelDefArray.size());
        channelDefArray.forEach(out::pdu);
        out.bytes(trailing);
    }
}
