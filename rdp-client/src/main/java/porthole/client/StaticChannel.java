package porthole.client;

import porthole.protocol.gcc.ChannelDef;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/**
 * One static virtual channel (MS-RDPBCGR 2.2.6): it sees whole messages, chunks are the session's business.
 *
 * <p>Called on the connection's event loop. A message that it refuses with {@link porthole.protocol.failure.WireException}
 * closes the channel; it ends the session only where the channel is essential.
 */
public interface StaticChannel {
    /** 1 to 7 ASCII characters, for example {@code cliprdr}. */
    String name();

    /** The options of CHANNEL_DEF (MS-RDPBCGR 2.2.1.3.4.1). */
    default int options() {
        return ChannelDef.OPTION_INITIALIZED | ChannelDef.OPTION_ENCRYPT_RDP;
    }

    /** The most octets of one message of the host. */
    default int maximumMessage() {
        return 16 << 20;
    }

    /** Whether the session is worth nothing without it. */
    default boolean isEssential() {
        return false;
    }

    /** The session is active and the host has given the channel an id; again after a reactivation. */
    default void opened(Sink out) {}

    /** One whole message, borrowed: copy what must outlive the call. */
    void received(WireReader message, Sink out);

    /** No more messages will come on this connection; a session that is restored opens the channel again. */
    default void closed() {}

    /** The way to the host; usable from any thread. */
    interface Sink {
        /** Sends one message; false means that nothing was queued, as the host is slow or the session is not active. */
        boolean send(Bytes message);
    }
}
