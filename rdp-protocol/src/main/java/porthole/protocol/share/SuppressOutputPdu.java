package porthole.protocol.share;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.11.3.1 Suppress Output PDU Data (TS_SUPPRESS_OUTPUT_PDU).
 *
 * @param allowDisplayUpdates {@link #SUPPRESS_DISPLAY_UPDATES} or {@link #ALLOW_DISPLAY_UPDATES}
 * @param desktopRect what the client wants to see, with {@link #ALLOW_DISPLAY_UPDATES}
 */
public record SuppressOutputPdu(
        int allowDisplayUpdates, Bytes pad3Octets, Optional<InclusiveRectangle> desktopRect, Bytes trailing)
        implements ShareDataBody {
    public static final int SUPPRESS_DISPLAY_UPDATES = 0;
    public static final int ALLOW_DISPLAY_UPDATES = 1;

    public SuppressOutputPdu {
        if (pad3Octets.size() != 3) {
            throw new IllegalArgumentException("pad3Octets takes 3 octets, not " + pad3Octets.size());
        }
    }

    /** Stops the output. */
    public static SuppressOutputPdu suppress() {
        return new SuppressOutputPdu(SUPPRESS_DISPLAY_UPDATES, Bytes.of(new byte[3]), Optional.empty(), Bytes.EMPTY);
    }

    /** Starts the output again. */
    public static SuppressOutputPdu allow(InclusiveRectangle desktop) {
        return new SuppressOutputPdu(ALLOW_DISPLAY_UPDATES, Bytes.of(new byte[3]), Optional.of(desktop), Bytes.EMPTY);
    }

    static SuppressOutputPdu decode(WireReader in) {
        int allow = in.u8("allowDisplayUpdates");
        Bytes pad = in.bytes(3, "pad3Octets");
        Optional<InclusiveRectangle> desktop = allow == ALLOW_DISPLAY_UPDATES
                ? Optional.of(in.within("desktopRect", "MS-RDPBCGR 2.2.11.1", InclusiveRectangle::decode))
                : Optional.empty();
        return new SuppressOutputPdu(allow, pad, desktop, in.rest("trailing"));
    }

    @Override
    public int pduType2() {
        return ShareDataHeader.PDUTYPE2_SUPPRESS_OUTPUT;
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(allowDisplayUpdates).bytes(pad3Octets);
        desktopRect.ifPresent(out::pdu);
        out.bytes(trailing);
    }
}
