package porthole.client;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/**
 * One dynamic virtual channel (MS-RDPEDYC): it sees whole messages. Called on the connection's event loop.
 *
 * <p>A message that it refuses with {@link porthole.protocol.failure.WireException} closes the channel, or ends the session
 * where it is essential.
 */
public interface DynamicChannel {
    /** What the host asks for, for example {@code Microsoft::Windows::RDS::Graphics}. */
    String name();

    /** The most octets of one message of the host. */
    default int maximumMessage() {
        return 16 << 20;
    }

    /** Whether the session is worth nothing without it. */
    default boolean isEssential() {
        return false;
    }

    /** The host has opened the channel. */
    default void opened(Sink out) {}

    /** One whole message, borrowed: copy what must outlive the call. */
    void received(WireReader message, Sink out);

    /** The host, or the end of the connection, has closed the channel; it may be opened again. */
    default void closed() {}

    /** The way to the host; usable from any thread. */
    interface Sink {
        /** Sends one message; false means that nothing was queued, as the host is slow or the session is not active. */
        boolean send(Bytes message);
    }
}
