package porthole.client.safe;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Stands in for names: the same name always gets the same pseudonym, such as {@code host-1}. Thread-safe. */
public final class Pseudonyms {
    private static final char FILLER = '*';

    private final Map<Kind, Map<String, Integer>> numbers = new EnumMap<>(Kind.class);

    /** What a name is the name of. */
    public enum Kind {
        USER,
        DOMAIN,
        HOST,
        ADDRESS,
        RESOURCE,
        CERTIFICATE,
        KEY,
        CHANNEL;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The pseudonym of a name; names that differ in case only are the same. */
    public synchronized String of(Kind kind, String name) {
        Map<String, Integer> known = numbers.computeIfAbsent(kind, k -> new HashMap<>());
        Integer number = known.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> known.size() + 1);
        return kind.label() + "-" + number;
    }

    /** The pseudonym in exactly so many characters: cut, or filled with asterisks; nothing has none. */
    public String of(Kind kind, String name, int length) {
        return length == 0 ? "" : fitted(of(kind, name), length);
    }

    /** So many asterisks. */
    public static String blank(int length) {
        return String.valueOf(FILLER).repeat(length);
    }

    private static String fitted(String pseudonym, int length) {
        return pseudonym.length() >= length
                ? pseudonym.substring(0, length)
                : pseudonym + blank(length - pseudonym.length());
    }
}
