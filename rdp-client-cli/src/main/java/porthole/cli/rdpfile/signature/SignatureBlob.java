package porthole.cli.rdpfile.signature;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** The value of {@code signature}: Base64 of three little-endian numbers and a detached PKCS #7 signature in DER. */
final class SignatureBlob {
    private static final int VERSION = 0x00010001;
    private static final int KIND = 1;
    private static final int HEADER = 12;

    private SignatureBlob() {}

    /** Why a blob is none, in words. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }
    }

    /** The DER; Windows writes pairs of spaces between groups of 64 characters. */
    static byte[] der(String value) throws Malformed {
        byte[] octets;
        try {
            octets = Base64.getDecoder().decode(value.replace(" ", ""));
        } catch (IllegalArgumentException e) {
            throw new Malformed("it is not Base64");
        }
        if (octets.length < HEADER) {
            throw new Malformed("it has " + octets.length + " octets, fewer than its header");
        }
        ByteBuffer in = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
        int version = in.getInt();
        int kind = in.getInt();
        if (version != VERSION || kind != KIND) {
            throw new Malformed(String.format("its header is 0x%08X 0x%08X, which is unknown", version, kind));
        }
        int length = in.getInt();
        if (length != in.remaining()) {
            throw new Malformed(
                    "it announces " + Integer.toUnsignedString(length) + " octets and has " + in.remaining());
        }
        byte[] der = new byte[length];
        in.get(der);
        return der;
    }
}
