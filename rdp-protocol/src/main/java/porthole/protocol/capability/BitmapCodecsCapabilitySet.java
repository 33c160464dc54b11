package porthole.protocol.capability;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.2.10 Bitmap Codecs Capability Set: which codecs surface commands may use, and under which ids. */
public record BitmapCodecsCapabilitySet(List<BitmapCodec> supportedBitmapCodecs, Bytes trailing)
        implements CapabilitySet {
    public BitmapCodecsCapabilitySet {
        supportedBitmapCodecs = List.copyOf(supportedBitmapCodecs);
        if (supportedBitmapCodecs.size() > 255) {
            throw new IllegalArgumentException("at most 255 codecs, not " + supportedBitmapCodecs.size());
        }
    }

    static BitmapCodecsCapabilitySet decodeBody(WireReader in) {
        int count = in.count(in.u8("bitmapCodecCount"), 19, "bitmapCodecCount");
        List<BitmapCodec> codecs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            codecs.add(in.within("bitmapCodecArray[" + i + "]", "MS-RDPBCGR 2.2.7.2.10.1.1", BitmapCodec::decode));
        }
        return new BitmapCodecsCapabilitySet(codecs, in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return BITMAP_CODECS;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u8(supportedBitmapCodecs.size());
        supportedBitmapCodecs.forEach(out::pdu);
        out.bytes(trailing);
    }
}
