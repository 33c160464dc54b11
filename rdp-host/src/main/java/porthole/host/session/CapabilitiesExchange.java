package porthole.host.session;

import java.util.List;
import java.util.Map;
import porthole.host.fault.Frames;
import porthole.host.fault.ServerMessage;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.failure.Stage;
import porthole.protocol.failure.WireException;
import porthole.protocol.share.ConfirmActivePdu;
import porthole.protocol.share.DemandActivePdu;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.wire.Bytes;

/** Demand active and confirm active, at first and again after each deactivation (MS-RDPBCGR 3.3.5.3.13). */
final class CapabilitiesExchange extends SharePhase {
    private static final long NEXT_SHARE = 0x0001_0000L;
    private static final Bytes SOURCE = Bytes.ascii("RDP\0");

    CapabilitiesExchange(HostConnection connection) {
        super(connection, Stage.CAPABILITIES_EXCHANGE);
    }

    @Override
    void enter() {
        HostFacts facts = connection().facts();
        facts.shareId = facts.shareId == 0 ? Frames.FIRST_SHARE : facts.shareId + NEXT_SHARE;
        List<CapabilitySet> capabilities = ServerCapabilities.of(
                facts.desktop, facts.bitsPerPixel, facts.bulk.isPresent(), facts.protection.isPresent());
        connection()
                .sendOn(
                        ServerMessage.DEMAND_ACTIVE,
                        HostFacts.IO_CHANNEL,
                        DemandActivePdu.of(
                                HostFacts.SERVER_USER,
                                facts.shareId,
                                SOURCE,
                                connection().settings().orders().isPresent()
                                        ? ServerCapabilities.withOrders(capabilities)
                                        : capabilities));
    }

    @Override
    void onShare(ShareControlPdu pdu) {
        // after a deactivation what the client sent before it saw the deactivation still comes in, and passes
        if (pdu instanceof ConfirmActivePdu confirm) {
            if (confirm.shareId() != connection().facts().shareId) {
                throw new WireException(
                        "ConfirmActivePdu",
                        "shareId",
                        0,
                        Long.toHexString(confirm.shareId()),
                        Long.toHexString(connection().facts().shareId) + ", as in the demand active",
                        "MS-RDPBCGR 2.2.1.13.2.1");
            }
            connection().facts().clientCapabilities = confirm.capabilitySets();
            connection()
                    .event(
                            "capabilities",
                            Map.of(
                                    "sets",
                                    List.copyOf(confirm.capabilitySets().stream()
                                            .map(set -> set.capabilitySetType())
                                            .toList())));
            connection().advance(this);
        }
    }
}
