package porthole.fuzz;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;

/** What must hold for every decoder, whatever it is given. */
final class Oracle {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long ALLOWANCE = 24L << 20;
    private static final long PER_OCTET = 4096;
    /** Of the processor, in nanoseconds, for instrumented code on a slow machine. */
    private static final long TIME_ALLOWANCE = 3_000_000_000L;

    private static final long TIME_PER_OCTET = 100_000;

    private Oracle() {}

    /**
     * Decoding ends in a {@link WireException} that names its place, or in a value that writes what was read and equals
     * what is read from that.
     */
    static void keeps(byte[] octets, Family.Decoder decoder) {
        bounded(octets.length, () -> {
            ByteBuf frame = Unpooled.wrappedBuffer(octets);
            WireReader in = WireReader.of(frame, "Fuzzed", "any");
            Pdu pdu;
            try {
                pdu = decoder.decode(in);
            } catch (WireException refused) {
                explains(refused, octets.length);
                return;
            }
            require(frame.readerIndex() == 0, () -> "the decoder moved the reader index");
            byte[] again = pdu.toByteArray();
            require(
                    Arrays.equals(again, 0, again.length, octets, 0, in.offset()),
                    () -> hex(octets) + " decodes to " + pdu + ", which encodes to " + hex(again));
            Pdu twin = decoder.decode(WireReader.of(again, "Fuzzed", "any"));
            require(twin.equals(pdu), () -> pdu + " was encoded and decodes to " + twin);
            require(twin.hashCode() == pdu.hashCode(), () -> "the hash code of " + pdu);
            require(!pdu.toString().isEmpty(), () -> "no text");
        });
    }

    /** Runs {@code work} on input of strangers: a refusal is allowed, nothing else is. */
    static void refusesOrEnds(int octets, Runnable work) {
        bounded(octets, () -> {
            try {
                work.run();
            } catch (RdpFailure refused) {
                explains(refused);
            }
        });
    }

    /** A failure that a person can use, and that did not cost a stack trace. */
    static void explains(RdpFailure failure) {
        FailureReport report = failure.report();
        require(!report.kind().isEmpty(), () -> "no kind: " + failure);
        require(!report.cause().isEmpty() && !report.cause().equals("internal"), () -> "no cause: " + failure);
        require(!report.summary().isEmpty(), () -> "no summary: " + failure);
        require(!report.seen().isEmpty(), () -> "nothing seen: " + failure);
        require(!report.line().isEmpty(), () -> "no line: " + failure);
        require(
                !(failure instanceof WireException) || failure.getStackTrace().length == 0,
                () -> "a stack trace for hostile input: " + failure);
    }

    private static void explains(WireException refused, int octets) {
        explains(refused);
        require(
                refused.offset() >= 0 && refused.offset() <= octets,
                () -> "offset " + refused.offset() + ": " + refused);
        require(!refused.pdu().isEmpty(), () -> "no PDU: " + refused);
        require(!refused.rule().isEmpty(), () -> "no rule: " + refused);
        require(!refused.section().isEmpty(), () -> "no section: " + refused);
    }

    /** Fails where {@code work}, which may be done twice, takes memory or time of the processor out of proportion to its input. */
    static void bounded(int octets, Runnable work) {
        long limit = ALLOWANCE + octets * PER_OCTET;
        long time = TIME_ALLOWANCE + octets * TIME_PER_OCTET;
        Cost cost = cost(work);
        if (cost.octets > limit || cost.nanos > time) {
            Cost again = cost(work); // the first time, classes may have been loaded
            require(again.octets <= limit, () -> again.octets + " octets of memory for " + octets + " of input");
            require(again.nanos <= time, () -> again.nanos / 1_000_000 + " ms for " + octets + " octets of input");
        }
        FuzzStatistics.add(cost.octets, cost.nanos);
    }

    private record Cost(long octets, long nanos) {}

    private static Cost cost(Runnable work) {
        long octets = THREADS.getCurrentThreadAllocatedBytes();
        long nanos = THREADS.getCurrentThreadCpuTime();
        work.run();
        return new Cost(THREADS.getCurrentThreadAllocatedBytes() - octets, THREADS.getCurrentThreadCpuTime() - nanos);
    }

    /** An assertion that costs next to nothing, as it is made millions of times. */
    static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }
}
