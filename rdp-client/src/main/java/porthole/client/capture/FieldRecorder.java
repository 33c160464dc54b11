package porthole.client.capture;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.FieldListener;

/** Collects the fields that readers tell, with offsets that count from the first octet of the message. */
final class FieldRecorder implements FieldListener {
    private final List<DecodedPdu.Field> fields;
    private final int shift;
    private final boolean derived;

    FieldRecorder() {
        this(new ArrayList<>(), 0, false);
    }

    private FieldRecorder(List<DecodedPdu.Field> fields, int shift, boolean derived) {
        this.fields = fields;
        this.shift = shift;
        this.derived = derived;
    }

    /** For a reader whose first octet is octet {@code offset} of the message. */
    FieldRecorder from(int offset) {
        return new FieldRecorder(fields, offset, derived);
    }

    /** For a reader over octets that do not stand in the message as they are. */
    FieldRecorder overDerived() {
        return new FieldRecorder(fields, 0, true);
    }

    @Override
    public void field(String path, int offset, int length, Object value) {
        fields.add(new DecodedPdu.Field(
                shorter(path), derived ? DecodedPdu.Field.DERIVED : shift + offset, length, value));
    }

    List<DecodedPdu.Field> fields() {
        return fields;
    }

    /** Without the wrapper names that only say that something has a body. */
    private static String shorter(String path) {
        int dot = path.indexOf('.');
        String root = path.substring(0, Math.max(0, dot));
        String rest = path.substring(dot + 1);
        for (String wrapper : List.of("body.", root + ".")) {
            if (rest.startsWith(wrapper) && rest.length() > wrapper.length()) {
                return shorter(root + "." + rest.substring(wrapper.length()));
            }
        }
        return path;
    }
}
