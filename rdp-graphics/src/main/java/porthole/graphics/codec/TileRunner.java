package porthole.graphics.codec;

/** Who decodes the tiles of a frame: the calling thread alone, or several threads that the caller of this module brings. */
public interface TileRunner {
    /** One tile after the other, on the calling thread. */
    TileRunner SEQUENTIAL = new TileRunner() {
        @Override
        public int workers() {
            return 1;
        }

        @Override
        public void run(int tiles, Work work) {
            for (int i = 0; i < tiles; i++) {
                work.tile(0, i);
            }
        }
    };

    /** How many tiles may be worked on at the same time; stays the same. */
    int workers();

    /**
     * Does {@code work} for the tiles 0 to {@code tiles - 1} and returns when all are done.
     *
     * <p>Where tiles fail, the failure of the lowest one is thrown when nothing runs any more; those before it are done, and those
     * behind it may be.
     */
    void run(int tiles, Work work);

    /** What there is to do for a tile. */
    @FunctionalInterface
    interface Work {
        /** @param worker 0 to {@link #workers} - 1; no two calls at the same time have the same one */
        void tile(int worker, int index);
    }
}
