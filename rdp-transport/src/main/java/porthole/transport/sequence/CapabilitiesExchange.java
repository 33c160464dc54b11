package porthole.transport.sequence;

import java.util.List;
import porthole.protocol.capability.BitmapCapabilitySet;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.failure.Stage;
import porthole.protocol.share.ConfirmActivePdu;
import porthole.protocol.share.DeactivateAllPdu;
import porthole.protocol.share.DemandActivePdu;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.transport.CapabilityProfile;
import porthole.transport.ClientSettings;
import porthole.transport.Connection;

/** Demand Active and Confirm Active (MS-RDPBCGR 2.2.1.13), the first time and after each deactivation. */
final class CapabilitiesExchange extends SharePhase {
    CapabilitiesExchange(Connection connection) {
        this(connection, new ShareMessages(connection));
    }

    CapabilitiesExchange(Connection connection, ShareMessages messages) {
        super(connection, Stage.CAPABILITIES_EXCHANGE, messages);
    }

    @Override
    protected String awaiting() {
        return "a Demand Active PDU";
    }

    @Override
    public void control(ShareControlPdu pdu) {
        if (pdu instanceof DemandActivePdu demand) {
            onDemandActive(demand);
        } else if (!(pdu instanceof DeactivateAllPdu)) {
            super.control(pdu);
        }
    }

    @Override
    public boolean data(ShareDataBody body) {
        return false;
    }

    private void onDemandActive(DemandActivePdu demand) {
        ClientSettings client = connection().spec().client();
        connection().facts().share(demand.shareId(), demand.header().pduSource(), demand.capabilitySets());
        int width = client.width();
        int height = client.height();
        int depth = client.bitsPerPixel();
        for (CapabilitySet set : demand.capabilitySets()) {
            if (set instanceof BitmapCapabilitySet bitmap) {
                width = bitmap.desktopWidth();
                height = bitmap.desktopHeight();
                depth = bitmap.preferredBitsPerPixel();
            }
        }
        evidence("desktop", width + "x" + height);
        evidence("bitsPerPixel", depth);
        evidence("sets", demand.capabilitySets().size());
        connection().sink().desktop(width, height, depth, demand.capabilitySets());
        CapabilityProfile profile = client.capabilities();
        List<CapabilitySet> own = profile.confirm(client, width, height, demand.capabilitySets());
        connection()
                .sendOn(
                        connection().facts().ioChannelId(),
                        "ConfirmActivePdu",
                        ConfirmActivePdu.of(
                                connection().facts().userChannelId(),
                                demand.shareId(),
                                profile.sourceDescriptor(),
                                own));
        done();
    }
}
