package porthole.protocol.redirection;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.13.1.1 Target Net Addresses (TARGET_NET_ADDRESSES).
 *
 * @param addresses UTF-16LE with a terminator
 */
public record TargetNetAddresses(List<Bytes> addresses, Bytes trailing) implements Pdu {
    public TargetNetAddresses {
        addresses = List.copyOf(addresses);
    }

    public static TargetNetAddresses decode(WireReader in) {
        int count = in.count(in.u32le("addressCount"), 4, "addressCount");
        List<Bytes> addresses = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            addresses.add(in.bytes(in.count(in.u32le("addressLength"), 1, "addressLength"), "address"));
        }
        return new TargetNetAddresses(addresses, in.rest("trailing"));
    }

    /** The addresses as texts without terminators. */
    public List<String> texts() {
        return addresses.stream()
                .map(address -> address.toUtf16le().replace("\0", ""))
                .toList();
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(addresses.size());
        addresses.forEach(address -> out.u32le(address.size()).bytes(address));
        out.bytes(trailing);
    }
}
