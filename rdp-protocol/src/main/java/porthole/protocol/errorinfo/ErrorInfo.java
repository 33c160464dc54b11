package porthole.protocol.errorinfo;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * MS-RDPBCGR 2.2.5.1.1 {@code errorInfo}: why the host is about to end the connection.
 *
 * @param code the number, unsigned
 * @param name the specification's name, or {@code unknown}
 * @param meaning one clause
 * @param remedy what a person can do
 */
public record ErrorInfo(long code, String name, String meaning, String remedy) {
    /** No error: the next disconnection is an ordinary one. */
    public static final long ERRINFO_NONE = 0;

    /** The user ended the session from within. */
    public static final long ERRINFO_LOGOFF_BY_USER = 0xC;

    private static final Map<Long, ErrorInfo> KNOWN = read();

    /** The explanation of {@code code}; an unknown code is explained as such. */
    public static ErrorInfo of(long code) {
        long unsigned = code & 0xFFFFFFFFL;
        ErrorInfo known = KNOWN.get(unsigned);
        return known != null
                ? known
                : new ErrorInfo(
                        unsigned,
                        "unknown",
                        String.format(Locale.ROOT, "the host gave the unknown reason 0x%08X", unsigned),
                        "look the number up in MS-RDPBCGR 2.2.5.1.1 or in the host's event log");
    }

    /** All known codes in the order of their numbers. */
    public static Collection<ErrorInfo> all() {
        return KNOWN.values();
    }

    /** Whether the specification names the code. */
    public boolean isKnown() {
        return KNOWN.containsKey(code);
    }

    private static Map<Long, ErrorInfo> read() {
        Map<Long, ErrorInfo> known = new TreeMap<>();
        String remedy = "";
        for (String line : ErrorInfoTable.TEXT.lines().toList()) {
            if (line.startsWith("> ")) {
                remedy = line.substring(2);
            } else {
                String[] parts = line.split(" ", 3);
                long code = Long.parseLong(parts[0], 16);
                known.put(code, new ErrorInfo(code, "ERRINFO_" + parts[1], parts[2], remedy));
            }
        }
        for (int i = 2; i <= ErrorInfoTable.LAST_SECURITY_DATA_TOO_SHORT; i++) {
            ErrorInfo first = known.get(ErrorInfoTable.SECURITY_DATA_TOO_SHORT);
            long code = ErrorInfoTable.SECURITY_DATA_TOO_SHORT_2 + i - 2;
            known.put(code, new ErrorInfo(code, first.name + i, first.meaning, first.remedy));
        }
        return Collections.unmodifiableMap(known);
    }
}
