package porthole.cli.rdpfile;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import porthole.cli.base.UsageException;

/** How a connection file is written: its character set and its byte order mark. */
public enum RdpEncoding {
    UTF_16LE_MARKED("UTF-16LE", StandardCharsets.UTF_16LE, 0xFF, 0xFE),
    UTF_16BE_MARKED("UTF-16BE", StandardCharsets.UTF_16BE, 0xFE, 0xFF),
    UTF_8_MARKED("UTF-8 with mark", StandardCharsets.UTF_8, 0xEF, 0xBB, 0xBF),
    /** As the Windows client writes it, its mark lost on the way. */
    UTF_16LE("UTF-16LE without mark", StandardCharsets.UTF_16LE),
    UTF_8("UTF-8", StandardCharsets.UTF_8);

    private final String label;
    private final Charset charset;
    private final byte[] mark;

    RdpEncoding(String label, Charset charset, int... mark) {
        this.label = label;
        this.charset = charset;
        this.mark = new byte[mark.length];
        for (int i = 0; i < mark.length; i++) {
            this.mark[i] = (byte) mark[i];
        }
    }

    /** The name for people. */
    public String label() {
        return label;
    }

    static RdpEncoding of(byte[] octets) {
        for (RdpEncoding encoding : values()) {
            if (encoding.mark.length > 0 && startsWith(octets, encoding.mark)) {
                return encoding;
            }
        }
        return octets.length >= 2 && octets[0] != 0 && octets[1] == 0 ? UTF_16LE : UTF_8;
    }

    private static boolean startsWith(byte[] octets, byte[] mark) {
        return octets.length >= mark.length && Arrays.equals(octets, 0, mark.length, mark, 0, mark.length);
    }

    /** The text behind the mark; octets that no text makes are a {@link UsageException}. */
    String decode(String name, byte[] octets) {
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(octets, mark.length, octets.length - mark.length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UsageException(name + " is not text in " + charset, e);
        }
    }

    byte[] encode(String text) {
        byte[] body = text.getBytes(charset);
        byte[] octets = Arrays.copyOf(mark, mark.length + body.length);
        System.arraycopy(body, 0, octets, mark.length, body.length);
        return octets;
    }
}
