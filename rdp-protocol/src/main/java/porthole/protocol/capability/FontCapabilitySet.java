package porthole.protocol.capability;

import java.util.OptionalInt;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.2.5 Font Capability Set: Some peers leave both fields out. */
public record FontCapabilitySet(OptionalInt fontSupportFlags, OptionalInt pad2octets, Bytes trailing)
        implements CapabilitySet {
    public static final int FONTSUPPORT_FONTLIST = 1;

    public FontCapabilitySet {
        if (pad2octets.isPresent() && fontSupportFlags.isEmpty()) {
            throw new IllegalArgumentException("pad2octets cannot follow a missing fontSupportFlags");
        }
        if (!trailing.isEmpty() && pad2octets.isEmpty()) {
            throw new IllegalArgumentException("nothing can follow a missing pad2octets");
        }
    }

    static FontCapabilitySet decodeBody(WireReader in) {
        OptionalInt fontSupportFlags =
                in.hasRemaining() ? OptionalInt.of(in.u16le("fontSupportFlags")) : OptionalInt.empty();
        OptionalInt pad2octets = in.hasRemaining() ? OptionalInt.of(in.u16le("pad2octets")) : OptionalInt.empty();
        return new FontCapabilitySet(fontSupportFlags, pad2octets, in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return FONT;
    }

    @Override
    public void encodeBody(WireWriter out) {
        fontSupportFlags.ifPresent(out::u16le);
        pad2octets.ifPresent(out::u16le);
        out.bytes(trailing);
    }
}
