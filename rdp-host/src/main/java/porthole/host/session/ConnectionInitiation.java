package porthole.host.session;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import porthole.host.fault.Quirk;
import porthole.host.fault.ServerMessage;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireWriter;
import porthole.protocol.x224.ConnectionConfirm;
import porthole.protocol.x224.ConnectionRequest;
import porthole.protocol.x224.Negotiation;
import porthole.protocol.x224.NegotiationFailure;
import porthole.protocol.x224.NegotiationRequest;
import porthole.protocol.x224.NegotiationResponse;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.Correlation;

/** X.224 request and confirm: chooses one of the protocols that the client asked for (MS-RDPBCGR 3.3.5.3.1). */
final class ConnectionInitiation extends ServerPhase {
    private static final int SRC_REF = 0x1234;
    private static final List<SecurityProtocols> STRONGEST_FIRST = List.of(
            SecurityProtocols.RDSAAD,
            SecurityProtocols.RDSTLS,
            SecurityProtocols.HYBRID_EX,
            SecurityProtocols.HYBRID,
            SecurityProtocols.TLS);

    ConnectionInitiation(HostConnection connection) {
        super(connection, Stage.CONNECTION_INITIATION);
    }

    @Override
    Framing framing() {
        return Framing::tpkt;
    }

    @Override
    void enter() {
        if (connection().settings().quirks().contains(Quirk.SPEAKS_FIRST)) {
            confirm(ConnectionConfirm.withoutNegotiation());
        }
    }

    @Override
    void onMessage(ByteBuf frame) {
        ConnectionRequest request = ConnectionRequest.decode(frame, null);
        SecurityProtocols requested = request.requestedProtocols();
        SecurityProtocols offered = connection().settings().offered();
        connection().facts().requested = requested;
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("requested", requested.bits());
        request.cookieText().ifPresent(cookie -> what.put("cookie", cookie));
        request.routingToken().ifPresent(token -> what.put("routingToken", token.toAscii()));
        request.correlationInfo().ifPresent(info -> what.put("correlationId", Correlation.text(info.correlationId())));
        connection().facts().restrictedAdmin = request.negotiationRequest()
                .filter(asked -> (asked.flags() & NegotiationRequest.RESTRICTED_ADMIN_MODE_REQUIRED) != 0)
                .isPresent();
        SecurityProtocols selected = STRONGEST_FIRST.stream()
                .filter(protocol -> both(requested, offered, protocol))
                .findFirst()
                .orElse(SecurityProtocols.RDP);
        what.put("selected", selected.bits());
        connection().event("negotiation", what);
        boolean standard = connection().settings().standard().isPresent() && requested.equals(SecurityProtocols.RDP);
        if (standard) {
            confirm(
                    request.negotiationRequest().isEmpty()
                            ? ConnectionConfirm.withoutNegotiation()
                            : confirm(new NegotiationResponse(
                                    NegotiationResponse.EXTENDED_CLIENT_DATA_SUPPORTED, SecurityProtocols.RDP)));
            connection().advance(this);
        } else if (request.negotiationRequest().isEmpty()) {
            confirm(ConnectionConfirm.withoutNegotiation());
            connection().end("the client knows only standard RDP security");
        } else if (selected.equals(SecurityProtocols.RDP)) {
            NegotiationFailure failure = new NegotiationFailure(failureCode(requested, offered));
            confirm(confirm(failure));
            connection().end("no common protocol: " + failure.name());
        } else {
            connection().facts().selected = selected;
            int flags = NegotiationResponse.EXTENDED_CLIENT_DATA_SUPPORTED
                    | (offered.has(SecurityProtocols.HYBRID) ? NegotiationResponse.RESTRICTED_ADMIN_MODE_SUPPORTED : 0);
            confirm(confirm(new NegotiationResponse(flags, selected)));
            connection().advance(this);
        }
    }

    private static boolean both(SecurityProtocols requested, SecurityProtocols offered, SecurityProtocols protocol) {
        return requested.has(protocol) && offered.has(protocol);
    }

    private static int failureCode(SecurityProtocols requested, SecurityProtocols offered) {
        if (offered.equals(SecurityProtocols.RDP)) {
            return NegotiationFailure.SSL_NOT_ALLOWED_BY_SERVER;
        }
        if (requested.equals(SecurityProtocols.RDP)) {
            return NegotiationFailure.SSL_REQUIRED_BY_SERVER;
        }
        return offered.has(SecurityProtocols.TLS)
                ? NegotiationFailure.SSL_REQUIRED_BY_SERVER
                : NegotiationFailure.HYBRID_REQUIRED_BY_SERVER;
    }

    private static ConnectionConfirm confirm(Negotiation negotiation) {
        ConnectionConfirm plain = ConnectionConfirm.of(negotiation);
        return new ConnectionConfirm(
                plain.dstRef(), SRC_REF, plain.classOption(), plain.negotiation(), plain.trailing());
    }

    private void confirm(ConnectionConfirm confirm) {
        ByteBuf frame = connection().channel().alloc().buffer();
        confirm.encode(new WireWriter(frame));
        connection().send(ServerMessage.CONNECTION_CONFIRM, frame);
    }
}
