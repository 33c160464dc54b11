package porthole.host.fault;

import java.util.List;

/**
 * What to do to which message.
 *
 * @param occurrence which one of its kind within a connection, from 0; {@link #EVERY} for all of them
 */
public record Rule(ServerMessage message, int occurrence, List<Effect> effects) {
    public static final int EVERY = -1;

    public Rule {
        effects = List.copyOf(effects);
    }

    /** A rule for the first message of its kind. */
    public static Rule on(ServerMessage message, Effect... effects) {
        return new Rule(message, 0, List.of(effects));
    }

    boolean matches(ServerMessage other, int number) {
        return message == other && (occurrence == EVERY || occurrence == number);
    }
}
