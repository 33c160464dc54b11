package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPEGDI 2.2.1.1 Color Table Cache Capability Set: entries of the colour table cache. */
public record ColorCacheCapabilitySet(int colorTableCacheSize, int pad2octets, Bytes trailing)
        implements CapabilitySet {
    static ColorCacheCapabilitySet decodeBody(WireReader in) {
        return new ColorCacheCapabilitySet(
                in.u16le("colorTableCacheSize"), in.u16le("pad2octets"), in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return COLOR_CACHE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(colorTableCacheSize);
        out.u16le(pad2octets);
        out.bytes(trailing);
    }
}
