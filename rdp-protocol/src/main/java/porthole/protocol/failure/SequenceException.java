package porthole.protocol.failure;

import java.util.Map;

/** The octets are right, the moment is wrong: a message that has no place in this stage. */
public final class SequenceException extends RdpFailure {
    private final String seen;
    private final String expected;
    private final String section;

    /**
     * @param seen the message that came, by its specification name
     * @param expected what may come in this stage
     * @param section where the sequence is written
     */
    public SequenceException(String seen, String expected, String section) {
        this(null, seen, expected, section);
    }

    private SequenceException(Stage stage, String seen, String expected, String section) {
        super(stage, null, null, false);
        this.seen = seen;
        this.expected = expected;
        this.section = section;
    }

    @Override
    SequenceException at(Stage where) {
        return new SequenceException(where, seen, expected, section);
    }

    @Override
    public FailureReport report() {
        return new FailureReport(
                "sequence",
                stageLabel(),
                "unexpected-message",
                "a message came that has no place here",
                seen,
                expected,
                "the host, or something between, broke the protocol; record the session and report it",
                section,
                Map.of());
    }
}
