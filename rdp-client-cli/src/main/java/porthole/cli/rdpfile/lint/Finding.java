package porthole.cli.rdpfile.lint;

/**
 * Something to know of a connection file.
 *
 * @param line from 1; 0 for the file as a whole
 * @param column from 1; 0 for the file as a whole
 * @param key the key that it is about; empty for none
 * @param code a word for programs
 * @param text what is so, and what to do, for people
 */
public record Finding(Severity severity, int line, int column, String key, String code, String text) {
    /** From harmless to bad. */
    public enum Severity {
        NOTE,
        WARNING,
        ERROR;

        /** The word for people and programs. */
        public String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
