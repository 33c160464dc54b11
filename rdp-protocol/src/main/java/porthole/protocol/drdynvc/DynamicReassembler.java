package porthole.protocol.drdynvc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Optional;
import porthole.protocol.bulk.Rdp8Decompressor;
import porthole.protocol.wire.WireReader;

/**
 * Puts the parts of one dynamic channel's messages together, compressed parts included; never holds more than its
 * maximum.
 *
 * <p>MS-RDPEDYC 3.1.5.1.3 and 3.1.5.1.4. Not thread-safe.
 */
public final class DynamicReassembler {
    private final int maximum;
    private Rdp8Decompressor lite;
    private byte[] held = new byte[0];
    private int have;
    private long expected = -1;

    /** @param maximum octets of a whole message */
    public DynamicReassembler(int maximum) {
        this.maximum = maximum;
    }

    /** Takes a first part; the message when it is whole already, borrowed until the next call. */
    public Optional<WireReader> accept(DataFirst first) {
        WireReader in = WireReader.of(first.data(), "DataFirst", "MS-RDPEDYC 2.2.3.1");
        if (first.length() > maximum) {
            in.check(false, "Length", first.length(), "at most " + maximum);
        }
        in.check(expected < 0, "Length", "a first part within a message", "the rest of the message");
        expected = first.length();
        have = 0;
        return append(plain(first.compressed(), in));
    }

    /** Takes a whole message or a further part; the message when it is whole, borrowed until the next call. */
    public Optional<WireReader> accept(Data data) {
        WireReader in = plain(data.compressed(), WireReader.of(data.data(), "Data", "MS-RDPEDYC 2.2.3.2"));
        if (expected < 0) {
            if (in.remaining() > maximum) {
                in.check(false, "Data", in.remaining(), "at most " + maximum);
            }
            return Optional.of(in);
        }
        return append(in);
    }

    private WireReader plain(boolean compressed, WireReader in) {
        if (!compressed) {
            return in;
        }
        if (lite == null) {
            lite = Rdp8Decompressor.lite();
        }
        return message(lite.decompress(in));
    }

    private Optional<WireReader> append(WireReader in) {
        int part = in.remaining();
        if (part > expected - have) {
            in.check(false, "Data", have + (long) part, "no more than the length " + expected);
        }
        if (held.length < have + part) {
            held = Arrays.copyOf(held, (int) Math.min(expected, Math.max(have + part, held.length * 2L)));
        }
        in.read(part, held, have, "Data");
        have += part;
        if (have < expected) {
            return Optional.empty();
        }
        expected = -1;
        return Optional.of(message(Unpooled.wrappedBuffer(held, 0, have)));
    }

    private static WireReader message(ByteBuf octets) {
        return WireReader.of(octets, "DynamicMessage", "MS-RDPEDYC 2.2.3");
    }
}
