package porthole.host.fault;

import static porthole.host.fault.FaultBuilder.fault;
import static porthole.host.fault.FaultBuilder.instead;
import static porthole.host.fault.FaultBuilder.rewrite;
import static porthole.host.fault.ServerMessage.CONNECTION_CONFIRM;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import porthole.protocol.failure.Stage;
import porthole.protocol.mcs.DisconnectReason;
import porthole.protocol.wire.Bytes;
import porthole.protocol.x224.ConnectionConfirm;
import porthole.protocol.x224.Negotiation;
import porthole.protocol.x224.NegotiationFailure;
import porthole.protocol.x224.NegotiationResponse;
import porthole.protocol.x224.SecurityProtocols;

/** What can be wrong with the X.224 connection confirm. */
final class NegotiationFaults {
    private static final int CODE_AT = 5;

    private NegotiationFaults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (int code = 1; code <= 6; code++) {
            NegotiationFailure failure = new NegotiationFailure(code);
            all.add(confirm(
                            "negotiation-failure-"
                                    + failure.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                            "refuses with " + failure.name(),
                            failure)
                    .fails("negotiation-failure"));
        }
        all.add(confirm(
                        "negotiation-failure-unknown",
                        "refuses with a code that has no name",
                        new NegotiationFailure(77))
                .fails("negotiation-failure"));
        all.add(selected("rdp", SecurityProtocols.RDP).fails("selected-protocol"));
        all.add(selected("hybrid", SecurityProtocols.HYBRID).fails("selected-protocol"));
        all.add(selected("rdstls", SecurityProtocols.RDSTLS).fails("selected-protocol"));
        all.add(selected("hybrid-ex", SecurityProtocols.HYBRID_EX).fails("selected-protocol"));
        all.add(selected("two-at-once", SecurityProtocols.TLS.with(SecurityProtocols.HYBRID))
                .fails("selected-protocol"));
        all.add(selected("unknown", new SecurityProtocols(0x40)).fails("selected-protocol"));
        all.add(selected("tls-for-aad", SecurityProtocols.TLS).needs(Fault.AAD).fails("selected-protocol"));
        all.add(selected("aad-for-tls", SecurityProtocols.RDSAAD)
                .needs(Fault.TLS)
                .fails("selected-protocol"));
        all.add(instead(
                        "confirm-without-negotiation",
                        CONNECTION_CONFIRM,
                        "confirms without a negotiation response, as hosts before RDP 5.2 do",
                        ConnectionConfirm.withoutNegotiation().toByteArray())
                .fails("selected-protocol"));
        all.add(confirm(
                        "confirm-unknown-structure",
                        "answers with a negotiation structure of an unknown type",
                        new Negotiation.Unknown(9, 0, Bytes.of(new byte[4])))
                .fails("unexpected-message"));
        all.add(rewrite(
                        "confirm-is-a-request",
                        CONNECTION_CONFIRM,
                        "answers with a connection request",
                        frame -> Frames.octet(frame, CODE_AT, 0xE0))
                .fails("malformed-pdu"));
        all.add(rewrite(
                        "confirm-wrong-indicator",
                        CONNECTION_CONFIRM,
                        "says a wrong X.224 length indicator",
                        frame -> Frames.octet(frame, CODE_AT - 1, 0x7F))
                .fails("malformed-pdu"));
        all.add(rewrite(
                        "confirm-wrong-negotiation-length",
                        CONNECTION_CONFIRM,
                        "says that the negotiation response has 9 octets",
                        frame -> Frames.octet(frame, 13, 9))
                .fails("malformed-pdu"));
        all.add(instead(
                        "mcs-disconnect-for-confirm",
                        CONNECTION_CONFIRM,
                        "answers with an MCS disconnect, as xrdp does",
                        Frames.disconnect(DisconnectReason.USER_REQUESTED.code()))
                .fails("no-common-protocol"));
        all.addAll(others());
        return all;
    }

    private static List<Fault> others() {
        return List.of(
                banner("http-server", "is a web server", "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"),
                banner("ssh-server", "is an SSH server", "SSH-2.0-OpenSSH_9.2\r\n"),
                banner("vnc-server", "is a VNC server", "RFB 003.008\n"),
                banner("smtp-server", "is a mail server", "220 mail.example ESMTP\r\n"),
                instead(
                                "tls-server",
                                CONNECTION_CONFIRM,
                                "is a TLS server and answers with an alert",
                                Frames.hex("15030300020246"))
                        .fails("malformed-pdu"),
                instead("zeros-server", CONNECTION_CONFIRM, "answers with zeros", new byte[64])
                        .fails("malformed-pdu"),
                fault("speaks-first", Stage.CONNECTION_INITIATION, "confirms before it was asked")
                        .quirk(Quirk.SPEAKS_FIRST)
                        .fails("selected-protocol"));
    }

    private static Fault banner(String name, String description, String text) {
        return instead(name, CONNECTION_CONFIRM, description, Frames.ascii(text))
                .fails("malformed-pdu");
    }

    private static FaultBuilder confirm(String name, String description, Negotiation negotiation) {
        return instead(
                name,
                CONNECTION_CONFIRM,
                description,
                ConnectionConfirm.of(negotiation).toByteArray());
    }

    private static FaultBuilder selected(String name, SecurityProtocols protocol) {
        return confirm(
                "selected-" + name,
                "selects " + name + ", which was not offered",
                new NegotiationResponse(NegotiationResponse.EXTENDED_CLIENT_DATA_SUPPORTED, protocol));
    }
}
