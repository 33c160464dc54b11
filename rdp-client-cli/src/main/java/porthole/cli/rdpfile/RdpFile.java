package porthole.cli.rdpfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import porthole.cli.base.UsageException;

/**
 * A connection file: lines of {@code key:type:value}, where the type is {@code s} (text), {@code i} (number) or
 * {@code b} (hexadecimal).
 *
 * <p>The file is data: whatever a value looks like, it is only ever the value of its key, and no key of a file can
 * loosen the certificate check or name a command or a file to read.
 */
public final class RdpFile {
    /** Octets; a real file has two thousand. */
    static final int MAXIMUM_SIZE = 256 * 1024;

    private static final Set<String> UNDERSTOOD = Set.of(
            "full address",
            "alternate full address",
            "server port",
            "username",
            "domain",
            "desktopwidth",
            "desktopheight",
            "session bpp",
            "enablerdsaadauth",
            "loadbalanceinfo");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<String> ignored = new ArrayList<>();

    private RdpFile() {}

    /** A file without a line: what a plain target amounts to. */
    public static RdpFile empty() {
        return new RdpFile();
    }

    /** Whether a target argument names a connection file rather than a host. */
    public static boolean isNamedBy(String target) {
        String lower = target.toLowerCase(Locale.ROOT);
        return lower.endsWith(".rdp") || lower.endsWith(".rdpw");
    }

    /** Reads a file; a file that is too large, or no text, is a {@link UsageException}. */
    public static RdpFile read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAXIMUM_SIZE + 1);
            if (octets.length > MAXIMUM_SIZE) {
                throw new UsageException(file + " is larger than " + MAXIMUM_SIZE + " octets: not a connection file");
            }
            return parse(file.toString(), octets);
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + e, e);
        }
    }

    static RdpFile parse(String name, byte[] octets) {
        RdpFile file = new RdpFile();
        int number = 0;
        for (String line : text(name, octets).split("\r\n|\n|\r", -1)) {
            number++;
            if (!line.isBlank()) {
                file.line(name + " line " + number, line);
            }
        }
        return file;
    }

    private void line(String where, String line) {
        int first = line.indexOf(':');
        int second = line.indexOf(':', first + 1);
        if (first < 1 || second != first + 2) {
            ignored.add(shown(line));
            return;
        }
        String key = line.substring(0, first).trim().toLowerCase(Locale.ROOT);
        char type = Character.toLowerCase(line.charAt(first + 1));
        String value = line.substring(second + 1).trim();
        if (!UNDERSTOOD.contains(key)) {
            ignored.add(shown(key));
            return;
        }
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                throw new UsageException(where + ": '" + key + "' contains a control character");
            }
        }
        if (type == 'i' && !value.isEmpty() && !value.matches("-?[0-9]{1,9}")) {
            throw new UsageException(where + ": '" + key + "' is not a number");
        }
        if (!value.isEmpty()) {
            values.put(key, value);
        }
    }

    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(60)
                .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c));
        return shown.toString();
    }

    private static String text(String name, byte[] octets) {
        Charset charset = StandardCharsets.UTF_8;
        int skip = 0;
        if (octets.length >= 2 && octets[0] == (byte) 0xFF && octets[1] == (byte) 0xFE) {
            charset = StandardCharsets.UTF_16LE;
            skip = 2;
        } else if (octets.length >= 2 && octets[0] == (byte) 0xFE && octets[1] == (byte) 0xFF) {
            charset = StandardCharsets.UTF_16BE;
            skip = 2;
        } else if (octets.length >= 3
                && octets[0] == (byte) 0xEF
                && octets[1] == (byte) 0xBB
                && octets[2] == (byte) 0xBF) {
            skip = 3;
        } else if (octets.length >= 2 && octets[0] != 0 && octets[1] == 0) {
            charset = StandardCharsets.UTF_16LE; // as the Windows client writes it, its mark lost on the way
        }
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(octets, skip, octets.length - skip))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UsageException(name + " is not text in " + charset, e);
        }
    }

    /** The text of a key that this client understands; empty where the file has none. */
    private Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    private OptionalInt number(String key, int least, int most) {
        Optional<String> value = value(key);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        int number;
        try {
            number = Integer.parseInt(value.get());
        } catch (NumberFormatException e) {
            throw new UsageException("'" + key + "' in the connection file is not a number", e);
        }
        if (number < least || number > most) {
            throw new UsageException(
                    "'" + key + "' in the connection file is " + number + ", not within " + least + " to " + most);
        }
        return OptionalInt.of(number);
    }

    /** Host and perhaps port: the alternate full address where there is one, else the full address. */
    public Optional<String> address() {
        return value("alternate full address").or(() -> value("full address"));
    }

    /** {@code server port}, which counts where the address names none. */
    public OptionalInt port() {
        return number("server port", 1, 65535);
    }

    public Optional<String> user() {
        return value("username");
    }

    public Optional<String> domain() {
        return value("domain");
    }

    public OptionalInt width() {
        return number("desktopwidth", 1, 8192);
    }

    public OptionalInt height() {
        return number("desktopheight", 1, 8192);
    }

    public OptionalInt bitsPerPixel() {
        return number("session bpp", 8, 32);
    }

    /** Whether the file asks for Entra ID sign-in to the host (RDSAAD). */
    public boolean wantsEntra() {
        return number("enablerdsaadauth", 0, 1).orElse(0) == 1;
    }

    /** The routing token of the connection request (MS-RDPBCGR 2.2.1.1). */
    public Optional<String> loadBalanceInfo() {
        return value("loadbalanceinfo");
    }

    /** The keys, and the lines without key, that have no effect here, in the order of the file. */
    public List<String> ignored() {
        return List.copyOf(ignored);
    }
}
