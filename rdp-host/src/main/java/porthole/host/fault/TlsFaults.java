package porthole.host.fault;

import static porthole.host.fault.FaultBuilder.fault;
import static porthole.host.fault.FaultBuilder.rewrite;
import static porthole.host.fault.ServerMessage.CONNECTION_CONFIRM;
import static porthole.host.fault.ServerMessage.TLS_HANDSHAKE;

import java.util.List;
import porthole.protocol.failure.Stage;

/** What can be wrong between the confirm and the end of the TLS handshake. */
final class TlsFaults {
    private TlsFaults() {}

    static List<Fault> all() {
        return List.of(
                rewrite(
                                "clear-text-behind-confirm",
                                CONNECTION_CONFIRM,
                                "sends clear-text octets in the segment of the confirm, as an attacker in the path would",
                                frame -> Frames.join(frame, Frames.disconnect(3)))
                        .fails(Stage.TLS, "unexpected-message"),
                fault("tls-stall", TLS_HANDSHAKE, "never answers the TLS handshake", new Effect.Silence())
                        .fails("deadline"),
                fault("tls-early-close", TLS_HANDSHAKE, "closes instead of answering", new Effect.EndBefore(false))
                        .fails("tls-handshake"),
                fault("tls-reset", TLS_HANDSHAKE, "resets instead of answering", new Effect.EndBefore(true))
                        .fails("io"),
                fault("tls-late", TLS_HANDSHAKE, "begins with TLS a while after the confirm", MessageFaults.LATE)
                        .survived(),
                answer(
                                "tls-http",
                                "answers the TLS handshake with HTTP",
                                Frames.ascii("HTTP/1.1 400 Bad Request\r\n\r\n"))
                        .fails("tls-handshake"),
                answer("tls-rdp", "goes on in clear text instead of TLS", Frames.hex("0300000b02f0802e000008"))
                        .fails("deadline"),
                answer(
                                "tls-alert",
                                "answers the TLS handshake with the alert handshake_failure",
                                Frames.hex("15030300020228"))
                        .fails("tls-handshake"),
                answer("tls-old-version", "answers with the alert protocol_version", Frames.hex("15030100020246"))
                        .fails("tls-handshake"),
                certificate("other-name", "for another name", Quirk.CERTIFICATE_OF_OTHER_NAME),
                certificate("other-key", "with another key", Quirk.CERTIFICATE_OF_OTHER_KEY),
                certificate("expired", "that is no longer valid", Quirk.CERTIFICATE_EXPIRED));
    }

    /** Octets in the place of the server's first TLS record. */
    private static FaultBuilder answer(String name, String description, byte[] octets) {
        return fault(name, TLS_HANDSHAKE, description, new Effect.Rewrite(nothing -> octets));
    }

    /** Expected of a client that pins the certificate which the host announces. */
    private static Fault certificate(String name, String description, Quirk quirk) {
        return fault("certificate-" + name, Stage.TLS, "presents a certificate " + description)
                .quirk(quirk)
                .fails("certificate-pin");
    }
}
