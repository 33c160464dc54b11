package porthole.transport;

/** Text that must not reach a log, an exception or a capture; only {@link #reveal()} gives it away. */
public final class Secret {
    public static final Secret NONE = new Secret("");
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret of(String text) {
        return text.isEmpty() ? NONE : new Secret(text);
    }

    public String reveal() {
        return text;
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text.isEmpty() ? "(none)" : "(secret)";
    }
}
