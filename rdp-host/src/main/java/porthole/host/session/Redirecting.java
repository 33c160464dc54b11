package porthole.host.session;

import java.util.Map;
import porthole.host.fault.ServerMessage;
import porthole.protocol.failure.Stage;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.redirection.StandardServerRedirectionPdu;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.share.ServerRedirectionPdu;
import porthole.protocol.wire.Bytes;

/** Sends the client elsewhere in the place of a Demand Active PDU, as brokers do, and waits for it to leave (MS-RDPBCGR 1.3.8). */
final class Redirecting extends SharePhase {
    Redirecting(HostConnection connection) {
        super(connection, Stage.CAPABILITIES_EXCHANGE);
    }

    @Override
    void enter() {
        ServerRedirectionPacket packet = connection().settings().redirection().orElseThrow();
        connection().event("redirect", Map.of("packet", packet.toString()));
        send(connection(), packet);
    }

    /** Sends the client elsewhere, as the security in use has it (MS-RDPBCGR 2.2.13.2 and 2.2.13.3). */
    static void send(HostConnection connection, ServerRedirectionPacket packet) {
        boolean standard = connection.facts().protection.isPresent();
        connection.sendOn(
                ServerMessage.REDIRECTION,
                HostFacts.IO_CHANNEL,
                standard ? BasicSecurityHeader.SEC_REDIRECTION_PKT : 0,
                standard
                        ? new StandardServerRedirectionPdu(packet, Bytes.EMPTY)
                        : ServerRedirectionPdu.of(HostFacts.SERVER_USER, packet));
    }
}
