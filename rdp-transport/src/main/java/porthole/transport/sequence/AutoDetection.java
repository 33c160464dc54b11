package porthole.transport.sequence;

import io.netty.buffer.ByteBuf;
import porthole.protocol.failure.Stage;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.wire.WireReader;
import porthole.transport.Connection;

/** Optional connect-time network detection (MS-RDPBCGR 1.3.8): lasts as long as the host measures. */
final class AutoDetection extends McsPhase {
    private int requests;

    AutoDetection(Connection connection) {
        super(connection, Stage.AUTO_DETECTION);
    }

    @Override
    protected String awaiting() {
        return "auto-detect requests or licensing";
    }

    @Override
    protected void onMessageChannel(ByteBuf frame, WireReader in) {
        if ((MessageChannel.flags(in) & BasicSecurityHeader.SEC_AUTODETECT_REQ) == 0) {
            evidence("requests", requests);
            doneWith(frame);
            return;
        }
        requests++;
        super.onMessageChannel(frame, in);
    }

    @Override
    protected void onIo(ByteBuf frame, WireReader in) {
        evidence("requests", requests);
        doneWith(frame);
    }
}
