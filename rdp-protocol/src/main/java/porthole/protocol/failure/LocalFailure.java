package porthole.protocol.failure;

import java.util.Map;

/** TLS, input and output, token or deadline: nothing that RDP itself said. */
public final class LocalFailure extends RdpFailure {
    private final String cause;
    private final String summary;
    private final String seen;
    private final String expected;
    private final String remedy;

    /**
     * @param cause short machine-readable name: {@code deadline}, {@code early-close}, {@code cancelled}, {@code tls}, ...
     * @param summary one clause
     * @param seen what was there
     * @param expected what should have been there
     * @param remedy what a person can do
     */
    public LocalFailure(String cause, String summary, String seen, String expected, String remedy) {
        this(null, cause, summary, seen, expected, remedy, null);
    }

    /** The same with the exception that led to it. */
    public LocalFailure(String cause, String summary, String seen, String expected, String remedy, Throwable because) {
        this(null, cause, summary, seen, expected, remedy, because);
    }

    private LocalFailure(
            Stage stage, String cause, String summary, String seen, String expected, String remedy, Throwable because) {
        super(stage, null, because, false);
        this.cause = cause;
        this.summary = summary;
        this.seen = seen;
        this.expected = expected;
        this.remedy = remedy;
    }

    /** Short machine-readable name of what happened. */
    public String causeName() {
        return cause;
    }

    @Override
    LocalFailure at(Stage where) {
        return new LocalFailure(where, cause, summary, seen, expected, remedy, getCause());
    }

    @Override
    public FailureReport report() {
        return new FailureReport("local", stageLabel(), cause, summary, seen, expected, remedy, "", Map.of());
    }
}
