package porthole.protocol.fastpath;

import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.wire.WireReader;

/** Turns fast-path frames into whole, plain updates: bulk decompression first, then the fragments. Not thread-safe. */
public final class FastPathUpdates {
    private final BulkDecompressor bulk;
    private final FragmentAssembler fragments;

    /**
     * @param bulk shared with the slow path of the same connection, as both use one history
     * @param maximum octets of a whole update
     */
    public FastPathUpdates(BulkDecompressor bulk, int maximum) {
        this.bulk = bulk;
        fragments = new FragmentAssembler(maximum);
    }

    /** Is handed each whole update. */
    @FunctionalInterface
    public interface Visitor {
        /** @param data borrowed for the call */
        void update(int updateCode, WireReader data);
    }

    /** Reads one whole frame. */
    public void read(WireReader frame, Visitor visitor) {
        FastPathOutput.forEachUpdate(frame, (code, fragmentation, compressionFlags, data) -> {
            WireReader plain = data;
            if (compressionFlags != FastPathUpdate.NO_COMPRESSION_FLAGS) {
                plain = WireReader.of(
                        bulk.decompress(compressionFlags, data),
                        "FastPathUpdate." + FastPathUpdate.name(code),
                        FastPathUpdate.SECTION);
            }
            fragments.accept(code, fragmentation, plain).ifPresent(whole -> visitor.update(code, whole));
        });
    }

    /** Forgets an unfinished update: for a deactivation. */
    public void reset() {
        fragments.reset();
    }
}
