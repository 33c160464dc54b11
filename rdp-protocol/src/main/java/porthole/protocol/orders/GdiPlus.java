package porthole.protocol.orders;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * The six GDI+ orders, which no client takes that does not offer them: passed over by their length. MS-RDPEGDI 2.2.2.2.1.3.6.
 *
 * @param beforeSize the octets in front of cbSize: padding, or flags, cache and index
 * @param beforeRecords the octets behind cbSize: none, or sizes of the whole
 * @param emfRecords as sent
 */
public record GdiPlus(int orderType, Bytes beforeSize, Bytes beforeRecords, Bytes emfRecords)
        implements AlternateSecondaryOrder {
    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.3.6";

    static GdiPlus decode(WireReader in, int orderType) {
        boolean cache = orderType >= TS_ALTSEC_GDIP_CACHE_FIRST;
        Bytes beforeSize = in.bytes(cache ? 5 : 1, cache ? "cache" : "pad1Octet");
        int cbSize = in.u16le("cbSize");
        int totals = switch (orderType) {
            case TS_ALTSEC_GDIP_FIRST, TS_ALTSEC_GDIP_END -> 8;
            case TS_ALTSEC_GDIP_CACHE_FIRST, TS_ALTSEC_GDIP_CACHE_END -> 4;
            default -> 0;
        };
        return new GdiPlus(orderType, beforeSize, in.bytes(totals, "totals"), in.bytes(cbSize, "emfRecords"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.bytes(beforeSize).u16le(emfRecords.size()).bytes(beforeRecords).bytes(emfRecords);
    }
}
