package porthole.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import porthole.fixtures.Fixtures;
import porthole.fixtures.NegotiationCase;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;

/**
 * One recorded PDU of any set, with what the recorder knew about it.
 *
 * @param origin the recording or the file
 */
public record Recorded(String origin, Row row, byte[] octets) {
    /** All PDUs whose row is wanted. */
    public static List<Recorded> all(Predicate<Row> wanted) {
        List<Recorded> found = new ArrayList<>();
        for (Recording recording : Fixtures.recordings()) {
            for (Row row : recording.rows()) {
                if (wanted.test(row)) {
                    found.add(new Recorded(recording.name() + " " + row, row, recording.pdu(row)));
                }
            }
        }
        for (NegotiationCase negotiation : Fixtures.negotiations()) {
            for (NegotiationCase.FilePdu pdu : negotiation.pdus()) {
                if (wanted.test(pdu.row())) {
                    found.add(new Recorded(pdu.toString(), pdu.row(), pdu.bytes()));
                }
            }
        }
        return List.copyOf(found);
    }

    public static List<Recorded> ofKind(String kind) {
        return all(row -> row.kind().equals(kind));
    }

    public JsonNode detail() {
        return row.detail();
    }

    @Override
    public String toString() {
        return origin;
    }
}
