package porthole.aad.token;

/**
 * One thing that can be said about a token before it is used.
 *
 * @param name short and stable, for example {@code bearer-token}
 * @param level how sure it is
 * @param seen what is there; shows no secret
 * @param expected what should be
 * @param remedy what a person can do
 */
public record TokenFinding(String name, Level level, String seen, String expected, String remedy) {
    /** How sure a finding is. */
    public enum Level {
        /** The host will refuse this token. */
        PROBLEM,
        /** It cannot be told from here. */
        UNKNOWN
    }
}
