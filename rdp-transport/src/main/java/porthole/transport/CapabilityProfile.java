package porthole.transport;

import java.util.List;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.wire.Bytes;

/** Decides what the Confirm Active PDU claims (MS-RDPBCGR 2.2.1.13.2). */
public interface CapabilityProfile {
    /** What a client claims that draws bitmaps and every drawing order. */
    CapabilityProfile DEFAULT = StandardCapabilities.WITHOUT_ORDERS.withOrders(OrderCaches.ALL);

    /** The sourceDescriptor of the PDU, with its terminator. */
    Bytes sourceDescriptor();

    /**
     * The client's sets, in order.
     *
     * @param width of the desktop that the host demands, in pixels
     * @param height of the desktop that the host demands, in pixels
     * @param server the sets of the Demand Active PDU
     */
    List<CapabilitySet> confirm(ClientSettings client, int width, int height, List<CapabilitySet> server);
}
