package porthole.protocol.ntlm;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** Where one variable part of a message lies: length, allocated length, and offset from the message's first octet. */
record PayloadField(String name, int length, int maxLength, long offset) {
    /** Octets that such a field takes in the header. */
    static final int SIZE = 8;

    static PayloadField decode(WireReader in, String name) {
        return new PayloadField(
                name, in.u16le(name + "Len"), in.u16le(name + "MaxLen"), in.u32le(name + "BufferOffset"));
    }

    /** The lowest offset of a field that is not empty: there the header is over. */
    static int payloadStart(int messageLength, PayloadField... fields) {
        long start = messageLength;
        for (PayloadField field : fields) {
            if (field.length > 0) {
                start = Math.min(start, field.offset);
            }
        }
        return (int) start;
    }

    /** The octets of the field; {@code payload} begins at {@code start} of the message, up to which {@code in} has read. */
    Bytes in(WireReader in, Bytes payload, int start) {
        if (length == 0) {
            return Bytes.EMPTY;
        }
        long from = offset - start;
        in.check(
                from >= 0 && from + length <= payload.size(),
                name,
                length + " octets at offset " + offset,
                "a part of the payload, which is the octets " + start + " to " + (start + payload.size()));
        return payload.slice((int) from, length);
    }

    /** Appends the header's part for {@code octets} that lie at {@code offset}. */
    static void encode(WireWriter out, Bytes octets, int offset) {
        out.u16le(octets.size()).u16le(octets.size()).u32le(offset);
    }
}
