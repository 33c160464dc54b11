package porthole.cli.control;

/** A command that cannot be carried out: which rule it breaks, in a short name and in words. */
final class ControlException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String cause;

    ControlException(String cause, String message) {
        super(message, null, false, false);
        this.cause = cause;
    }

    /** {@code bad-json}, {@code bad-command}, {@code not-possible}, {@code file} or {@code timeout}. */
    String causeName() {
        return cause;
    }
}
