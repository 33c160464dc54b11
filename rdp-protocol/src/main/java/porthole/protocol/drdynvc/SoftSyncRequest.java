package porthole.protocol.drdynvc;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * DYNVC_SOFT_SYNC_REQUEST: channels move to multitransport tunnels. MS-RDPEDYC 2.2.5.1.
 *
 * @param unused the low four bits of the header
 * @param length of Length and all that follows, as announced
 * @param flags SOFT_SYNC_* flags
 * @param channelLists one for each tunnel, with {@link #SOFT_SYNC_CHANNEL_LIST_PRESENT} only
 * @param numberOfTunnels as announced; without lists there are none of it
 */
public record SoftSyncRequest(
        int unused,
        int pad,
        long length,
        int flags,
        int numberOfTunnels,
        List<ChannelList> channelLists,
        Bytes trailing)
        implements DynamicPdu {
    public static final int SOFT_SYNC_TCP_FLUSHED = 0x01;
    public static final int SOFT_SYNC_CHANNEL_LIST_PRESENT = 0x02;
    public static final int TUNNELTYPE_UDPFECR = 0x00000001;
    public static final int TUNNELTYPE_UDPFECL = 0x00000003;

    private static final int FIXED = 8;

    /**
     * DYNVC_SOFT_SYNC_CHANNEL_LIST. MS-RDPEDYC 2.2.5.1.1.
     *
     * @param tunnelType a TUNNELTYPE_* value
     * @param dvcIds channel numbers
     */
    public record ChannelList(int tunnelType, List<Integer> dvcIds) {
        static final int LEAST = 6;

        public ChannelList {
            dvcIds = List.copyOf(dvcIds);
        }
    }

    public SoftSyncRequest {
        channelLists = List.copyOf(channelLists);
    }

    /** All channels of the lists move. */
    public static SoftSyncRequest of(List<ChannelList> channelLists) {
        int size = FIXED
                + channelLists.stream()
                        .mapToInt(list -> ChannelList.LEAST + 4 * list.dvcIds().size())
                        .sum();
        int flags = SOFT_SYNC_TCP_FLUSHED | (channelLists.isEmpty() ? 0 : SOFT_SYNC_CHANNEL_LIST_PRESENT);
        return new SoftSyncRequest(0, 0, size, flags, channelLists.size(), channelLists, Bytes.EMPTY);
    }

    static SoftSyncRequest decode(int header, WireReader in) {
        int pad = in.u8("Pad");
        long length = in.u32le("Length");
        in.check(
                length >= FIXED && length - 4 <= in.remaining(),
                4,
                "Length",
                length,
                FIXED + " to " + (in.remaining() + 4));
        int flags = in.u16le("Flags");
        int tunnels = in.u16le("NumberOfTunnels");
        List<ChannelList> lists = new ArrayList<>();
        if ((flags & SOFT_SYNC_CHANNEL_LIST_PRESENT) != 0) {
            in.count(tunnels, ChannelList.LEAST, "NumberOfTunnels");
            for (int i = 0; i < tunnels; i++) {
                int type = in.s32le("SoftSyncChannelLists.TunnelType");
                int count = in.count(in.u16le("SoftSyncChannelLists.NumberOfDVCs"), 4, "NumberOfDVCs");
                List<Integer> ids = new ArrayList<>(count);
                for (int j = 0; j < count; j++) {
                    ids.add(in.s32le("SoftSyncChannelLists.ListOfDVCIds"));
                }
                lists.add(new ChannelList(type, ids));
            }
        }
        return new SoftSyncRequest(header & 0xF, pad, length, flags, tunnels, lists, in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(SOFT_SYNC_REQUEST << 4 | unused)
                .u8(pad)
                .u32le(length)
                .u16le(flags)
                .u16le(numberOfTunnels);
        for (ChannelList list : channelLists) {
            out.u32le(list.tunnelType()).u16le(list.dvcIds().size());
            list.dvcIds().forEach(out::u32le);
        }
        out.bytes(trailing);
    }
}
