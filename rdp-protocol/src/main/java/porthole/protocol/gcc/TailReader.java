package porthole.protocol.gcc;

import java.util.Optional;
import java.util.OptionalInt;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** Reads optional fields at the end of a block: where one does not fit, none behind it is present either. */
final class TailReader {
    private final WireReader in;
    private boolean ended;

    TailReader(WireReader in) {
        this.in = in;
    }

    OptionalInt u8(String field) {
        return present(1) ? OptionalInt.of(in.u8(field)) : OptionalInt.empty();
    }

    OptionalInt u16le(String field) {
        return present(2) ? OptionalInt.of(in.u16le(field)) : OptionalInt.empty();
    }

    OptionalInt s32le(String field) {
        return present(4) ? OptionalInt.of(in.s32le(field)) : OptionalInt.empty();
    }

    Optional<Bytes> bytes(int length, String field) {
        return present(length) ? Optional.of(in.bytes(length, field)) : Optional.empty();
    }

    private boolean present(int octets) {
        ended |= !in.has(octets);
        return !ended;
    }
}
