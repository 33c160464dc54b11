package porthole.protocol.drdynvc;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * DYNVC_SOFT_SYNC_RESPONSE: the tunnels on which the client writes from now on. MS-RDPEDYC 2.2.5.2.
 *
 * @param unused the low four bits of the header
 * @param tunnelsToSwitch TUNNELTYPE_* values of {@link SoftSyncRequest}
 */
public record SoftSyncResponse(int unused, int pad, List<Integer> tunnelsToSwitch, Bytes trailing)
        implements DynamicPdu {
    public SoftSyncResponse {
        tunnelsToSwitch = List.copyOf(tunnelsToSwitch);
    }

    public static SoftSyncResponse of(List<Integer> tunnelsToSwitch) {
        return new SoftSyncResponse(0, 0, tunnelsToSwitch, Bytes.EMPTY);
    }

    static SoftSyncResponse decode(int header, WireReader in) {
        int pad = in.u8("Pad");
        int count = in.count(in.u32le("NumberOfTunnels"), 4, "NumberOfTunnels");
        List<Integer> tunnels = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tunnels.add(in.s32le("TunnelsToSwitch"));
        }
        return new SoftSyncResponse(header & 0xF, pad, tunnels, in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(SOFT_SYNC_RESPONSE << 4 | unused).u8(pad).u32le(tunnelsToSwitch.size());
        tunnelsToSwitch.forEach(out::u32le);
        out.bytes(trailing);
    }
}
