package porthole.host.fault;

import static porthole.host.fault.FaultBuilder.fault;
import static porthole.host.fault.FaultBuilder.rewrite;
import static porthole.host.fault.ServerMessage.BITMAP;
import static porthole.host.fault.ServerMessage.CONNECT_RESPONSE;
import static porthole.host.fault.ServerMessage.DEMAND_ACTIVE;
import static porthole.host.fault.ServerMessage.SAVE_SESSION_INFO;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import porthole.protocol.failure.Stage;

/** What can be wrong with standard RDP security: the host's choice, its certificate, and what it does to messages. */
final class StandardFaults {
    private static final String MALFORMED = "malformed-pdu";
    private static final String UNEXPECTED = "unexpected-message";
    private static final String SIGNATURE = "message-signature";

    /** The header of the server security data: type 0x0C02. */
    private static final byte[] SECURITY_DATA = {0x02, 0x0C};

    private static final int METHOD_AT = 4;
    private static final int LEVEL_AT = 8;
    private static final int RANDOM_LENGTH_AT = 12;
    private static final int CERTIFICATE_LENGTH_AT = 16;
    private static final int CERTIFICATE_AT = 20 + 32;
    private static final int BLOB_LENGTH_AT = CERTIFICATE_AT + 14;
    private static final int KEY_LENGTH_AT = BLOB_LENGTH_AT + 6;
    private static final int KEY_BITS_AT = KEY_LENGTH_AT + 4;
    private static final int EXPONENT_AT = KEY_BITS_AT + 8;
    private static final int MODULUS_AT = EXPONENT_AT + 4;
    /** Behind TPKT, X.224, MCS with two octets of length, and the flags. */
    private static final int SIGNATURE_AT = 15 + 4;

    private StandardFaults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        all.add(choice("rdp-method-not-offered", "chooses a method that nobody offered", METHOD_AT, 0x40)
                .fails("encryption-method"));
        all.add(choice("rdp-two-methods", "chooses two methods at once", METHOD_AT, 0x03)
                .fails("encryption-method"));
        all.add(choice("rdp-method-without-level", "chooses a method at level none", LEVEL_AT, 0)
                .fails(UNEXPECTED));
        all.add(choice("rdp-level-without-method", "chooses a level without a method", METHOD_AT, 0)
                .fails(UNEXPECTED));
        all.add(choice("rdp-level-unknown", "chooses an encryption level that does not exist", LEVEL_AT, 9)
                .fails(UNEXPECTED));
        all.add(choice("rdp-random-short", "says that its random has 16 octets", RANDOM_LENGTH_AT, 16)
                .fails(MALFORMED));
        all.add(choice("rdp-random-huge", "says that its random has 16 MiB", RANDOM_LENGTH_AT + 3, 1)
                .fails(MALFORMED));
        all.add(choice(
                        "rdp-certificate-length-lie",
                        "says a wrong length of its certificate",
                        CERTIFICATE_LENGTH_AT + 3,
                        1)
                .fails(MALFORMED));
        all.add(choice("rdp-certificate-form", "shows a certificate of an unknown form", CERTIFICATE_AT, 7)
                .fails(MALFORMED));
        all.add(choice("rdp-modulus-length-lie", "says that its modulus has one octet more", KEY_LENGTH_AT, 0x09)
                .fails(MALFORMED));
        all.add(choice("rdp-modulus-bits-lie", "says another number of bits than its modulus has", KEY_BITS_AT, 1)
                .fails(MALFORMED));
        all.add(choice("rdp-modulus-even", "shows an even modulus", MODULUS_AT, 0x10)
                .fails(MALFORMED));
        all.add(choice("rdp-exponent-one", "shows the exponent 1, under which nothing is encrypted", frame -> {
                    int at = Frames.find(frame, SECURITY_DATA) + EXPONENT_AT;
                    frame[at] = 1;
                    frame[at + 1] = 0;
                    frame[at + 2] = 0;
                    return frame;
                })
                .fails(MALFORMED));
        all.add(choice(
                        "rdp-signature-of-nobody",
                        "signs its certificate with no known key",
                        frame ->
                                Frames.octet(frame, Frames.find(frame, SECURITY_DATA) + MODULUS_AT + 256 + 8 + 4, 0x5A))
                .survived());
        all.add(fault(
                        "rdp-other-key",
                        Stage.SECURE_SETTINGS_EXCHANGE,
                        "shows a certificate for a key that is not its own")
                .needs(Fault.RDP)
                .quirk(Quirk.RSA_KEY_OF_SOMEBODY_ELSE)
                .fails(Stage.AUTO_DETECTION, "early-close"));
        all.addAll(messages());
        return all;
    }

    private static List<Fault> messages() {
        return List.of(
                fault("rdp-clear-text", Stage.CAPABILITIES_EXCHANGE, "sends in the clear at a level that encrypts")
                        .needs(Fault.RDP)
                        .quirk(Quirk.SENDS_IN_THE_CLEAR)
                        .fails(Stage.MULTITRANSPORT_BOOTSTRAPPING, UNEXPECTED),
                rewrite(
                                "rdp-bad-signature",
                                DEMAND_ACTIVE,
                                "signs a message wrongly",
                                frame -> Frames.octet(frame, SIGNATURE_AT, frame[SIGNATURE_AT] ^ 1))
                        .needs(Fault.RDP)
                        .fails(Stage.MULTITRANSPORT_BOOTSTRAPPING, SIGNATURE),
                rewrite(
                                "rdp-changed-octet",
                                SAVE_SESSION_INFO,
                                "sends a message of which one octet was changed on the way",
                                frame -> Frames.octet(frame, -1, frame[frame.length - 1] ^ 1))
                        .needs(Fault.RDP)
                        .fails(SIGNATURE),
                rewrite(
                                "rdp-changed-update",
                                BITMAP,
                                "sends a fast-path frame of which one octet was changed on the way",
                                frame -> Frames.octet(frame, -1, frame[frame.length - 1] ^ 1))
                        .needs(Fault.RDP)
                        .fails(SIGNATURE),
                fault(
                                "rdp-message-twice",
                                DEMAND_ACTIVE,
                                "sends the same encrypted message twice",
                                new Effect.Repeat(2))
                        .needs(Fault.RDP)
                        .fails(Stage.CONNECTION_FINALIZATION, SIGNATURE));
    }

    private static FaultBuilder choice(String name, String description, int at, int value) {
        return choice(name, description, frame -> Frames.octet(frame, Frames.find(frame, SECURITY_DATA) + at, value));
    }

    private static FaultBuilder choice(String name, String description, UnaryOperator<byte[]> rewriting) {
        return rewrite(name, CONNECT_RESPONSE, description, rewriting).needs(Fault.RDP);
    }
}
