package porthole.transport;

/** The order of the phases; only this knows what comes after what. */
public interface Sequence {
    /** The phase that a new connection begins with. */
    PhaseHandler first(Connection connection);

    /** The phase that follows {@code done}. */
    PhaseHandler after(PhaseHandler done);
}
