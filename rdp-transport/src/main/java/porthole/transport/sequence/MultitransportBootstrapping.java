package porthole.transport.sequence;

import io.netty.buffer.ByteBuf;
import porthole.protocol.failure.Stage;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.wire.WireReader;
import porthole.transport.Connection;

/** Optional offers of UDP transports (MS-RDPBCGR 1.3.1.1), each declined at once so that the host need not wait. */
final class MultitransportBootstrapping extends McsPhase {
    private int offers;

    MultitransportBootstrapping(Connection connection) {
        super(connection, Stage.MULTITRANSPORT_BOOTSTRAPPING);
    }

    @Override
    protected String awaiting() {
        return "multitransport requests or a Demand Active PDU";
    }

    @Override
    protected void onMessageChannel(ByteBuf frame, WireReader in) {
        if ((MessageChannel.flags(in) & BasicSecurityHeader.SEC_TRANSPORT_REQ) != 0) {
            offers++;
        }
        super.onMessageChannel(frame, in);
    }

    @Override
    protected void onIo(ByteBuf frame, WireReader in) {
        evidence("declined", offers);
        doneWith(frame);
    }
}
