package porthole.protocol.gateway;

import java.util.Optional;
import java.util.function.Supplier;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The body of one packet, and where the packet began, so that it can be kept as a whole. */
record PacketReader(WireReader in, int begin) {
    /** Reads over what no field accounts for, and says what has to be kept besides {@code plain}. */
    Bytes otherForm(Pdu plain) {
        in.rest("trailing");
        return in.otherForm(begin, plain);
    }

    /** HTTP_byte_BLOB (MS-TSGU 2.2.10.1). */
    Bytes blob(String field) {
        return in.bytes(in.u16le(field + ".cbLen"), field);
    }

    /** HTTP_UNICODE_STRING (MS-TSGU 2.2.10.22), with whatever terminator it has. */
    String string(String field) {
        return in.utf16le(in.u16le(field + ".cbLen"), field);
    }

    /** A field that {@code bit} of {@code fieldsPresent} announces. */
    static <T> Optional<T> when(int fieldsPresent, int bit, Supplier<T> field) {
        return (fieldsPresent & bit) == 0 ? Optional.empty() : Optional.of(field.get());
    }

    static void blob(WireWriter out, Bytes octets) {
        out.u16le(octets.size()).bytes(octets);
    }

    static void string(WireWriter out, String text) {
        out.u16le(2 * text.length()).utf16le(text);
    }

    static Bytes fits(Bytes octets, String field) {
        if (octets.size() > 0xFFFF) {
            throw new IllegalArgumentException(field + " has " + octets.size() + " octets; at most 65535");
        }
        return octets;
    }

    static String fits(String text, String field) {
        if (text.length() > 0x7FFF) {
            throw new IllegalArgumentException(field + " has " + text.length() + " characters; at most 32767");
        }
        return text;
    }
}
