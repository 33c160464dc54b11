package porthole.protocol.drdynvc;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * DYNVC_CAPS_VERSION1, 2 and 3: the newest version that the server speaks. MS-RDPEDYC 2.2.1.1.
 *
 * @param unused the low four bits of the header
 * @param pad Pad
 * @param charges from version 2 on
 */
public record CapabilitiesRequest(int unused, int pad, int version, Optional<PriorityCharges> charges, Bytes trailing)
        implements DynamicPdu {
    /** How the bandwidth is shared among the priority classes 0 to 3. */
    public record PriorityCharges(int charge0, int charge1, int charge2, int charge3) {
        static final int SIZE = 8;
        /** 70, 20, 7 and 3 percent, as in MS-RDPEDYC 2.2.1.1.2. */
        public static final PriorityCharges USUAL = new PriorityCharges(936, 3276, 9362, 21845);
    }

    /** @param version 1 to 3 */
    public static CapabilitiesRequest of(int version) {
        return new CapabilitiesRequest(
                0, 0, version, version > 1 ? Optional.of(PriorityCharges.USUAL) : Optional.empty(), Bytes.EMPTY);
    }

    static CapabilitiesRequest decode(int header, WireReader in) {
        int pad = in.u8("Pad");
        int version = in.u16le("Version");
        boolean charged = version > 1 && in.has(PriorityCharges.SIZE);
        return new CapabilitiesRequest(
                header & 0xF,
                pad,
                version,
                charged
                        ? Optional.of(new PriorityCharges(
                                in.u16le("PriorityCharge0"),
                                in.u16le("PriorityCharge1"),
                                in.u16le("PriorityCharge2"),
                                in.u16le("PriorityCharge3")))
                        : Optional.empty(),
                in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(CAPABILITIES << 4 | unused).u8(pad).u16le(version);
        charges.ifPresent(all -> out.u16le(all.charge0())
                .u16le(all.charge1())
                .u16le(all.charge2())
                .u16le(all.charge3()));
        out.bytes(trailing);
    }
}
