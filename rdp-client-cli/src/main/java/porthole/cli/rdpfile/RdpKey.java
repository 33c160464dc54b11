package porthole.cli.rdpfile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A key of connection files that Microsoft's clients know.
 *
 * @param name in lower case
 * @param type {@code s}, {@code i} or {@code b}
 * @param values {@code any}, {@code least-most}, or numbers with commas between
 * @param standard the value where the key is missing; {@code -} for none
 * @param signed whether rdpsign signs the key
 * @param meaning what it says, in a few words
 * @param here what this client does with it, or why nothing
 */
public record RdpKey(
        String name,
        char type,
        String values,
        String standard,
        boolean signed,
        Effect effect,
        String meaning,
        String here) {
    /** What a key does. */
    public enum Effect {
        /** This client acts upon it. */
        USED,
        /** It has no effect here. */
        IGNORED,
        /** With other clients, it gives the host something of this machine; here it has no effect. */
        REDIRECTS,
        /** A credential, which this client does not take from a file. */
        SECRET
    }

    private static final Map<String, RdpKey> ALL = load();

    /** All keys, in the order of the table. */
    public static Collection<RdpKey> all() {
        return ALL.values();
    }

    /** The key of a name in lower case. */
    public static Optional<RdpKey> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** Whether the value is a credential, which nobody should see. */
    public boolean isCredential() {
        return effect == Effect.SECRET || name.equals("gatewayaccesstoken");
    }

    /** Whether {@code value}, a number, is one of the allowed ones. */
    public boolean allows(long value) {
        if (values.equals("any")) {
            return true;
        }
        int dash = values.indexOf('-');
        return dash > 0
                ? value >= Long.parseLong(values.substring(0, dash))
                        && value <= Long.parseLong(values.substring(dash + 1))
                : Arrays.asList(values.split(",")).contains(Long.toString(value));
    }

    private static Map<String, RdpKey> load() {
        Map<String, RdpKey> keys = new LinkedHashMap<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(RdpKey.class.getResourceAsStream("keys.txt"), StandardCharsets.UTF_8))) {
            for (String row = in.readLine(); row != null; row = in.readLine()) {
                if (!row.startsWith("#")) {
                    RdpKey key = of(row.split(" \\| ", -1));
                    keys.put(key.name, key);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Collections.unmodifiableMap(keys);
    }

    private static RdpKey of(String[] row) {
        return new RdpKey(
                row[0],
                row[1].charAt(0),
                row[2],
                row[3],
                row[4].equals("signed"),
                Effect.valueOf(row[5].toUpperCase(Locale.ROOT)),
                row[6],
                row[7]);
    }
}
