package porthole.host.fault;

import java.time.Duration;
import java.util.function.UnaryOperator;

/** One thing that is done to an outbound message; several are done in their order. */
public sealed interface Effect {
    /** Other octets in place of the message's own. */
    record Rewrite(UnaryOperator<byte[]> rewriting) implements Effect {}

    /** The message is not sent; what follows is. */
    record Drop() implements Effect {}

    /** The message is sent {@code times} times, without a pause between. */
    record Repeat(int times) implements Effect {}

    /** The message, and all behind it, waits. */
    record Late(Duration by) implements Effect {}

    /** The message is sent in pieces of {@code octets}, each in a segment of its own. */
    record Pieces(int octets, Duration pause) implements Effect {}

    /** Neither this message nor any later one is sent; the connection stays open. */
    record Silence() implements Effect {}

    /** This message is the last one that is sent; the connection stays open. */
    record SilenceAfter() implements Effect {}

    /** The connection ends in place of the message. */
    record EndBefore(boolean reset) implements Effect {}

    /** The connection ends as soon as the message is out. */
    record EndAfter(boolean reset) implements Effect {}
}
