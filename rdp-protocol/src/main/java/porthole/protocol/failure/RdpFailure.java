package porthole.protocol.failure;

import java.util.Optional;

/**
 * Why a connection or a session ended other than as asked; the four members say whose fault it is.
 *
 * <p>None of them fills in a stack trace for what a peer can cause: hostile input must not buy expensive exceptions.
 */
public abstract sealed class RdpFailure extends RuntimeException
        permits WireException, SequenceException, Refused, LocalFailure {
    private final Stage stage;

    RdpFailure(Stage stage, String message, Throwable cause, boolean withStackTrace) {
        super(message, cause, true, withStackTrace);
        this.stage = stage;
    }

    /** The stage in which it happened, where it is known. */
    public final Optional<Stage> stage() {
        return Optional.ofNullable(stage);
    }

    /** The same failure, in the given stage; a failure that already knows its stage stays as it is. */
    public final RdpFailure in(Stage where) {
        return stage == null ? at(where) : this;
    }

    /** The same failure without its stage: for a connection that was opened on behalf of another stage. */
    public final RdpFailure withoutStage() {
        return at(null);
    }

    abstract RdpFailure at(Stage where);

    /** The failure as data. */
    public abstract FailureReport report();

    final String stageLabel() {
        return stage == null ? "" : stage.label();
    }

    /** The one line of {@link FailureReport#line()}. */
    @Override
    public String getMessage() {
        return report().line();
    }
}
