package porthole.host.session;

import java.util.Map;
import porthole.host.fault.ServerMessage;
import porthole.protocol.failure.Stage;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.share.ServerRedirectionPdu;

/** Sends the client elsewhere in the place of a Demand Active PDU, as brokers do, and waits for it to leave (MS-RDPBCGR 1.3.8). */
final class Redirecting extends SharePhase {
    Redirecting(HostConnection connection) {
        super(connection, Stage.CAPABILITIES_EXCHANGE);
    }

    @Override
    void enter() {
        ServerRedirectionPacket packet = connection().settings().redirection().orElseThrow();
        connection().event("redirect", Map.of("packet", packet.toString()));
        connection()
                .sendOn(
                        ServerMessage.REDIRECTION,
                        HostFacts.IO_CHANNEL,
                        ServerRedirectionPdu.of(HostFacts.SERVER_USER, packet));
    }
}
