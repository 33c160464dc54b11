package porthole.aad.entra;

import java.util.regex.Pattern;

/** Text from elsewhere, made fit for a message: one short line in which nothing that looks like a token remains. */
public final class Sanitized {
    private static final int MAX_LENGTH = 200;
    // longer than a GUID and than any word; tokens, codes and nonces are all longer
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_+=~-]{40,}(\\.[A-Za-z0-9_+=~-]+)*");
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?i)\\b(bearer|code|assertion|password|secret|token)(\\s*[=:]\\s*|\\s+)\\S{8,}");

    private Sanitized() {}

    /** The first line that says something. */
    public static String line(String text) {
        String first =
                text.lines().filter(l -> !l.isBlank()).findFirst().orElse("").strip();
        String cut = first.length() > 4 * MAX_LENGTH ? first.substring(0, 4 * MAX_LENGTH) : first;
        String safe = SECRET.matcher(cut.replaceAll("\\p{Cntrl}", " ")).replaceAll("(redacted)");
        safe = CREDENTIAL.matcher(safe).replaceAll("$1 (redacted)");
        return safe.length() > MAX_LENGTH ? safe.substring(0, MAX_LENGTH) + "..." : safe;
    }
}
