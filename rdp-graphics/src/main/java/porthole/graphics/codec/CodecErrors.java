package porthole.graphics.codec;

import porthole.protocol.failure.WireException;

/** How a codec refuses its input: its name, the field, the offset in its data. */
final class CodecErrors {
    private final String codec;
    private final String section;

    CodecErrors(String codec, String section) {
        this.codec = codec;
        this.section = section;
    }

    WireException error(String field, int offset, String seen, String rule) {
        return new WireException(codec, field, offset, seen, rule, section);
    }

    /** Refuses to read past the end. */
    void require(boolean there, String field, int offset, int left) {
        if (!there) {
            throw error(field, offset, Math.max(0, left) + " octets left", "the whole field");
        }
    }
}
