package porthole.client;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import porthole.protocol.rdpgfx.CapsSet;
import porthole.protocol.rdpgfx.FrameCommand.FrameAcknowledge;
import porthole.protocol.rdpgfx.FrameCommand.QoeFrameAcknowledge;
import porthole.protocol.rdpgfx.RdpgfxCommand;

/**
 * Says which frames are drawn and how many octets wait, and how long drawing took to hosts that may be told so.
 * MS-RDPEGFX 3.2.5.13 and 3.2.5.20.
 *
 * <p>Used by the thread that draws; {@link #suspend} by any.
 */
final class FrameAcknowledgements {
    private static final long LARGEST_DEPTH = FrameAcknowledge.SUSPEND_FRAME_ACKNOWLEDGEMENT - 1;
    private static final long NANOS = 1_000_000;
    private static final int LARGEST_DIFFERENCE = 0xFFFF;

    private final LongSupplier waiting;
    private final LongSupplier nanos;
    private volatile boolean suspended;
    private boolean told;
    private boolean timed;
    private long frames;
    private long started;
    private long drawn;

    /**
     * @param waiting octets that are not decoded yet
     * @param nanos a monotonic clock
     */
    FrameAcknowledgements(LongSupplier waiting, LongSupplier nanos) {
        this.waiting = waiting;
        this.nanos = nanos;
    }

    /** The channel is open, for the first time or again. */
    void begin() {
        frames = 0;
        told = false;
        timed = false;
    }

    /** The host has chosen; versions from 10 on are told times, except 10.1, which FreeRDP leaves out, too. */
    void confirmed(CapsSet set) {
        timed = set.version() >= CapsSet.CAPVERSION_10 && set.version() != CapsSet.CAPVERSION_101;
    }

    /** Whether the host is to go on without waiting for acknowledgements; it is told with the next frame. */
    void suspend(boolean suspend) {
        suspended = suspend;
    }

    void frameStarted() {
        started = nanos.getAsLong();
        drawn = started;
    }

    void frameDrawn() {
        drawn = nanos.getAsLong();
    }

    void frameEnded(long frameId, Consumer<RdpgfxCommand> out) {
        frames++;
        boolean silent = suspended && told;
        if (!silent) {
            told = suspended;
            out.accept(new FrameAcknowledge(
                    suspended
                            ? FrameAcknowledge.SUSPEND_FRAME_ACKNOWLEDGEMENT
                            : Math.min(LARGEST_DEPTH, waiting.getAsLong()),
                    frameId,
                    frames & 0xFFFFFFFFL));
        }
        if (timed) {
            out.accept(new QoeFrameAcknowledge(
                    frameId,
                    started / NANOS & 0xFFFFFFFFL,
                    milliseconds(drawn - started),
                    milliseconds(nanos.getAsLong() - drawn)));
        }
    }

    private static int milliseconds(long difference) {
        return (int) Math.max(0, Math.min(LARGEST_DIFFERENCE, difference / NANOS));
    }
}
