package porthole.protocol.share;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.11.2.1 Refresh Rect PDU Data (TS_REFRESH_RECT_PDU): up to 255 areas that the server shall send again. */
public record RefreshRectPdu(List<InclusiveRectangle> areasToRefresh, Bytes pad3Octects, Bytes trailing)
        implements ShareDataBody {
    public RefreshRectPdu {
        areasToRefresh = List.copyOf(areasToRefresh);
        if (areasToRefresh.size() > 255 || pad3Octects.size() != 3) {
            throw new IllegalArgumentException(areasToRefresh.size() + " areas, " + pad3Octects.size() + " padding");
        }
    }

    public static RefreshRectPdu of(List<InclusiveRectangle> areasToRefresh) {
        return new RefreshRectPdu(areasToRefresh, Bytes.of(new byte[3]), Bytes.EMPTY);
    }

    static RefreshRectPdu decode(WireReader in) {
        int count = in.u8("numberOfAreas");
        Bytes pad = in.bytes(3, "pad3Octects");
        in.count(count, 8, "numberOfAreas");
        List<InclusiveRectangle> areas = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            areas.add(in.within("areasToRefresh[" + i + "]", "MS-RDPBCGR 2.2.11.1", InclusiveRectangle::decode));
        }
        return new RefreshRectPdu(areas, pad, in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_REFRESH_RECT;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(areasToRefresh.size()).bytes(pad3Octects);
        areasToRefresh.forEach(out::pdu);
        out.bytes(trailing);
    }
}
