package porthole.transport;

import java.util.List;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.share.PersistentKeyListPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.wire.WireReader;

/**
 * Where the contents of a session go; called on the connection's event loop.
 *
 * <p>Readers are borrowed and die with the call. A sink that cannot keep up turns reading off at the channel.
 */
public interface SessionSink {
    /** The connection that feeds this sink is set up and about to begin. */
    default void attached(Connection connection) {}

    /** The desktop has this size and depth from now on: after each demand active, so also after a reactivation. */
    default void desktop(int width, int height, int bitsPerPixel, List<CapabilitySet> serverCapabilities) {}

    /**
     * The bitmaps that the client has from earlier sessions (MS-RDPBCGR 2.2.1.17), asked for in each connection
     * finalization; none are sent where there are none.
     */
    default List<PersistentKeyListPdu> persistentKeys() {
        return List.of();
    }

    /** The session is active, for the first time or again. */
    default void active() {}

    /** One whole fast-path update (MS-RDPBCGR 2.2.9.1.2.1), reassembled and decompressed. */
    default void fastPathUpdate(int updateCode, WireReader data) {}

    /** The body of a slow-path update PDU (MS-RDPBCGR 2.2.9.1.1.3), from {@code updateType} on, decompressed. */
    default void slowPathUpdate(WireReader body) {}

    /** The body of a slow-path pointer PDU (MS-RDPBCGR 2.2.9.1.1.4), from {@code messageType} on. */
    default void slowPathPointer(WireReader body) {}

    /** A share data PDU that is neither update nor pointer: session info, error info, status, keyboard state. */
    default void message(ShareDataBody body) {}

    /** One chunk of a static virtual channel, from CHANNEL_PDU_HEADER on (MS-RDPBCGR 2.2.6.1). */
    default void channelChunk(int channelId, String name, WireReader chunk) {}

    /** The connection is over. */
    default void ended(SessionEnd end) {}
}
