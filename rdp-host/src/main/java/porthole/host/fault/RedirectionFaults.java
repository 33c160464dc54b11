package porthole.host.fault;

import static porthole.host.fault.FaultBuilder.instead;
import static porthole.host.fault.FaultBuilder.rewrite;
import static porthole.host.fault.ServerMessage.REDIRECTION;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import porthole.protocol.failure.Stage;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.redirection.ServerRedirectionPacket.Field;
import porthole.protocol.share.ServerRedirectionPdu;
import porthole.protocol.wire.Bytes;

/** What can be wrong with a Server Redirection PDU. */
final class RedirectionFaults {
    /** Behind TPKT, X.224, MCS with a length of two octets, share control header and padding. */
    private static final int PACKET = 15 + 6 + 2;

    private static final int LENGTH = PACKET + 2;
    private static final int FLAGS = PACKET + 8;
    private static final int FIRST_LENGTH = PACKET + 12;

    private RedirectionFaults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        all.add(octet("redirection-flags", PACKET + 1, 0, "says that it is no redirection packet"));
        all.add(octet("redirection-length-zero", LENGTH, 0, "says that the packet is empty", LENGTH + 1, 0));
        all.add(octet("redirection-length-high", LENGTH + 1, 0xFF, "says that the packet is longer than the PDU"));
        all.add(octet("redirection-all-fields", FLAGS, 0x1F, "announces fields that are not there", FLAGS + 1, 0xFF));
        all.add(octet("redirection-field-length-high", FIRST_LENGTH + 3, 0x7F, "says that a field has 2 GiB"));
        all.add(octet("redirection-field-length-all", FIRST_LENGTH + 3, 0xFF, "says that a field has 4 GiB"));
        all.add(packet(
                        "redirection-address-odd",
                        "names an address with half a character",
                        Map.of(Field.TARGET_NET_ADDRESS, Bytes.hex("41")))
                .fails(Stage.CONNECT, "redirection-target"));
        all.add(packet(
                        "redirection-address-control",
                        "names an address with a line break",
                        Map.of(Field.TARGET_NET_ADDRESS, Bytes.utf16le("10.0.0.1\r\nX: y\0")))
                .fails(Stage.CONNECT, "redirection-target"));
        all.add(packet(
                        "redirection-address-long",
                        "names an address of 7000 characters",
                        Map.of(Field.TARGET_NET_ADDRESS, Bytes.utf16le("a".repeat(7_000) + '\0')))
                .fails(Stage.CONNECT, "redirection-target"));
        all.add(packet(
                        "redirection-addresses-many",
                        "says that there are 4 billion addresses",
                        Map.of(Field.TARGET_NET_ADDRESSES, Bytes.hex("ffffffff")))
                .fails(Stage.CONNECT, "malformed-pdu"));
        all.add(packet(
                        "redirection-certificate-text",
                        "sends a target certificate that is no base64",
                        Map.of(Field.TARGET_CERTIFICATE, Bytes.utf16le("*".repeat(40) + '\0')))
                .fails(Stage.CONNECT, "redirection-certificate"));
        all.add(packet(
                        "redirection-certificate-cut",
                        "sends a target certificate container that is cut",
                        Map.of(Field.TARGET_CERTIFICATE, Bytes.utf16le("IAAAAAEAAAD/////\0")))
                .fails(Stage.CONNECT, "malformed-pdu"));
        return all;
    }

    private static FaultBuilder packet(String name, String description, Map<Field, Bytes> fields) {
        return instead(
                name,
                REDIRECTION,
                description,
                Frames.onIo(ServerRedirectionPdu.of(Frames.SERVER_USER, ServerRedirectionPacket.of(0, 0, fields))));
    }

    /** Octets of the frame set to values; {@code more} are pairs of place and value. */
    private static Fault octet(String name, int at, int value, String description, int... more) {
        return rewrite(name, REDIRECTION, description, frame -> {
                    byte[] changed = Frames.octet(frame, at, value);
                    for (int i = 0; i < more.length; i += 2) {
                        changed = Frames.octet(changed, more[i], more[i + 1]);
                    }
                    return changed;
                })
                .fails("malformed-pdu");
    }
}
