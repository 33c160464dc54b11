package porthole.protocol.fastpath;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Optional;
import porthole.protocol.wire.WireReader;

/**
 * Puts the fragments of fast-path updates together again; never holds more than its maximum.
 *
 * <p>MS-RDPBCGR 2.2.9.1.2.1, field {@code fragmentation}. Not thread-safe.
 */
public final class FragmentAssembler {
    private final int maximum;
    private byte[] held = new byte[0];
    private int length;
    private int code = -1;

    /** @param maximum octets of a whole update: what the Multifragment Update Capability Set announced */
    public FragmentAssembler(int maximum) {
        this.maximum = maximum;
    }

    /**
     * Takes one fragment, already decompressed.
     *
     * @return the whole update when this was its last fragment, borrowed until the next call; empty while more follow
     */
    public Optional<WireReader> accept(int updateCode, int fragmentation, WireReader part) {
        if (fragmentation == FastPathUpdate.SINGLE || fragmentation == FastPathUpdate.FIRST) {
            part.check(code < 0, "fragmentation", name(fragmentation), "NEXT or LAST, as an update is unfinished");
        } else {
            part.check(code >= 0, "fragmentation", name(fragmentation), "SINGLE or FIRST, as no update has begun");
            if (code != updateCode) {
                part.check(false, "updateCode", updateCode, "the " + code + " of the first fragment");
            }
        }
        if (fragmentation == FastPathUpdate.SINGLE) {
            if (part.remaining() > maximum) {
                part.check(false, "size", part.remaining(), "at most " + maximum);
            }
            return Optional.of(part);
        }
        append(part);
        code = updateCode;
        if (fragmentation != FastPathUpdate.LAST) {
            return Optional.empty();
        }
        WireReader whole = WireReader.of(
                Unpooled.wrappedBuffer(held, 0, length),
                "FastPathUpdate." + FastPathUpdate.name(updateCode),
                FastPathUpdate.SECTION);
        reset();
        return Optional.of(whole);
    }

    /** Forgets an unfinished update: for a deactivation. */
    public void reset() {
        length = 0;
        code = -1;
    }

    private void append(WireReader part) {
        int octets = part.remaining();
        if (octets > maximum - length) {
            part.check(false, "size", length + octets, "at most " + maximum + " for a whole update");
        }
        if (held.length < length + octets) {
            held = Arrays.copyOf(held, (int) Math.min(maximum, Math.max(length + octets, held.length * 2L)));
        }
        part.read(octets, held, length, "updateData");
        length += octets;
    }

    private static String name(int fragmentation) {
        return switch (fragmentation) {
            case FastPathUpdate.SINGLE -> "SINGLE";
            case FastPathUpdate.LAST -> "LAST";
            case FastPathUpdate.FIRST -> "FIRST";
            default -> "NEXT";
        };
    }
}
