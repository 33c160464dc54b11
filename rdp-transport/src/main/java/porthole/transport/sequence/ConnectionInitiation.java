package porthole.transport.sequence;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.mcs.DisconnectProviderUltimatum;
import porthole.protocol.mcs.DisconnectReason;
import porthole.protocol.mcs.DomainPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireWriter;
import porthole.protocol.x224.ConnectionConfirm;
import porthole.protocol.x224.ConnectionRequest;
import porthole.protocol.x224.CorrelationInfo;
import porthole.protocol.x224.DisconnectRequest;
import porthole.protocol.x224.Negotiation;
import porthole.protocol.x224.NegotiationFailure;
import porthole.protocol.x224.NegotiationRequest;
import porthole.protocol.x224.NegotiationResponse;
import porthole.protocol.x224.SecurityProtocols;
import porthole.protocol.x224.X224Data;
import porthole.transport.ClientSettings;
import porthole.transport.Connection;
import porthole.transport.Correlation;
import porthole.transport.Offer;
import porthole.transport.PhaseHandler;

/** X.224 connection request and confirm, with the negotiation of the security protocol (MS-RDPBCGR 1.3.1.1, 2.2.1.1). */
final class ConnectionInitiation extends PhaseHandler {
    private static final String SECTION = "MS-RDPBCGR 2.2.1.2";
    private static final int CODE_OFFSET = 5;
    private static final int DATA_TPDU = 0xF0;
    private static final String COOKIE = "Cookie: ";

    private final SecurityProtocols offered;

    ConnectionInitiation(Connection connection) {
        super(connection, Stage.CONNECTION_INITIATION);
        offered = connection.offer().protocols();
    }

    @Override
    public Framing framing() {
        return Framing::tpkt;
    }

    @Override
    protected String awaiting() {
        return "an X.224 Connection Confirm";
    }

    @Override
    protected void enter() {
        ByteBuf frame = context().alloc().buffer();
        new WireWriter(frame).pdu(request());
        connection().send("ConnectionRequest", frame);
    }

    private ConnectionRequest request() {
        ClientSettings client = connection().spec().client();
        NegotiationRequest negotiation =
                new NegotiationRequest(connection().offer().requestFlags(), offered);
        String user = connection().spec().credentials().user();
        ConnectionRequest request;
        if (!client.cookie().isEmpty()) {
            String token = client.cookie();
            request = token.startsWith(COOKIE + "mstshash=")
                    ? ConnectionRequest.withCookie(token.substring((COOKIE + "mstshash=").length()), negotiation)
                    : ConnectionRequest.withRoutingToken(
                            Bytes.of(token.getBytes(StandardCharsets.ISO_8859_1)), negotiation);
        } else {
            request = user.isEmpty()
                    ? ConnectionRequest.of(negotiation)
                    : ConnectionRequest.withCookie(user, negotiation);
        }
        if (!connection().offer().negotiates()) {
            return request.withoutNegotiation();
        }
        return client.correlation()
                .id()
                .map(CorrelationInfo::new)
                .map(request::withCorrelationInfo)
                .orElse(request);
    }

    @Override
    protected void onMessage(ByteBuf frame) {
        if (frame.readableBytes() > CODE_OFFSET
                && (frame.getUnsignedByte(frame.readerIndex() + CODE_OFFSET) & 0xF0) == DATA_TPDU) {
            throw answeredWithMcs(frame);
        }
        if (DisconnectRequest.isIn(frame)) {
            throw disconnected(DisconnectRequest.decode(frame, null));
        }
        ConnectionConfirm confirm = ConnectionConfirm.decode(frame, null);
        connection().clock().message(true, "ConnectionConfirm", frame.readableBytes());
        Negotiation negotiation = confirm.negotiation().orElse(new NegotiationResponse(0, SecurityProtocols.RDP));
        evidence("requestedProtocols", offered.toString());
        connection()
                .spec()
                .client()
                .correlation()
                .id()
                .ifPresent(id -> evidence("correlationId", Correlation.text(id)));
        if (negotiation instanceof NegotiationFailure failure) {
            throw new Refused(
                    "negotiation-failure",
                    "RDP_NEG_FAILURE",
                    failure.failureCode() & 0xFFFFFFFFL,
                    failure.name(),
                    failure.meaning(),
                    failure.remedy(),
                    "MS-RDPBCGR 2.2.1.2.2");
        }
        if (!(negotiation instanceof NegotiationResponse response)) {
            throw new SequenceException(
                    "a Connection Confirm with an unknown negotiation structure",
                    "RDP_NEG_RSP or RDP_NEG_FAILURE",
                    SECTION);
        }
        SecurityProtocols selected = response.selectedProtocol();
        Offer.Prepared chosen = connection().offer().after(selected).orElseThrow(() -> notOffered(selected));
        connection().choose(chosen);
        connection().facts().negotiated(offered, selected, response.flags());
        evidence("selectedProtocol", selected.toString());
        evidence("layer", chosen.layer().name());
        evidence("flags", String.format("0x%02X", response.flags()));
        Map<String, Object> facts =
                Negotiations.facts(connection().spec(), connection().offer());
        facts.put("outcome", "selected");
        facts.put("selectedProtocol", selected.toString());
        facts.put("layer", chosen.layer().name());
        connection().clock().note(Negotiations.NOTE, facts);
        done();
    }

    private Refused notOffered(SecurityProtocols selected) {
        String layers = String.join(", ", connection().offer().names());
        boolean part = selected.isOneOf(offered);
        return new Refused(
                "selected-protocol",
                "RDP_NEG_RSP",
                selected.bits() & 0xFFFFFFFFL,
                selected.toString(),
                part
                        ? "the host selected " + selected + ", which is only a part of what was asked for (" + layers
                                + ")"
                        : "the host selected a protocol that was not offered (" + offered + ")",
                remedy(selected),
                "MS-RDPBCGR 2.2.1.2.1");
    }

    private String remedy(SecurityProtocols selected) {
        if (offered.equals(SecurityProtocols.RDSAAD)) {
            return "the host does not take Entra sign-in: check that it is Entra joined, up to date, and that"
                    + " fEnableRdsAadAuth is not 0";
        }
        if (selected.equals(SecurityProtocols.RDP)) {
            return "the host has standard RDP security only, which protects badly: set its security layer to negotiate or"
                    + " TLS, or allow it with --security rdp or --security-floor rdp";
        }
        if (selected.equals(SecurityProtocols.TLS)) {
            return "--security tls, or auto with --security-floor tls, connects to the host's own login screen, if that is"
                    + " what is wanted";
        }
        return "connect with another --security, or with auto and a lower --security-floor, if that is what is wanted";
    }

    private static Refused disconnected(DisconnectRequest request) {
        return new Refused(
                "x224-disconnect",
                "X.224 Disconnect Request",
                request.reason(),
                "reason " + request.reason(),
                request.meaning(),
                "something in front of the host, or the host's transport, refuses connections: check address, port and"
                        + " load balancer",
                "X.224 13.5");
    }

    /** Some hosts, xrdp for one, answer a protocol that they do not know with an MCS disconnect. */
    private static RuntimeException answeredWithMcs(ByteBuf frame) {
        DomainPdu pdu = DomainPdu.decode(X224Data.unwrap(frame, null));
        if (pdu instanceof DisconnectProviderUltimatum ultimatum) {
            return new Refused(
                    "no-common-protocol",
                    "MCS Disconnect Provider Ultimatum",
                    ultimatum.reason(),
                    new DisconnectReason(ultimatum.reason()).name(),
                    "the host disconnected instead of confirming",
                    "the host probably knows none of the offered protocols: try another --security",
                    "MS-RDPBCGR 2.2.2.3");
        }
        return new SequenceException(pdu.getClass().getSimpleName(), "an X.224 Connection Confirm", SECTION);
    }
}
