package porthole.host.fault;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import porthole.protocol.failure.Stage;

/** Puts one fault together, so that the catalogue reads as a table. */
final class FaultBuilder {
    private final String name;
    private final Stage stage;
    private final String description;
    private final List<Rule> rules = new ArrayList<>();
    private final Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
    private String needs = Fault.ANY;

    private FaultBuilder(String name, Stage stage, String description) {
        this.name = name;
        this.stage = stage;
        this.description = description;
    }

    static FaultBuilder fault(String name, Stage stage, String description) {
        return new FaultBuilder(name, stage, description);
    }

    /** A fault that is done to the first message of a kind. */
    static FaultBuilder fault(String name, ServerMessage message, String description, Effect... effects) {
        FaultBuilder builder = fault(name, message.stage(), description);
        builder.rules.add(Rule.on(message, effects));
        if (message.licenses()) {
            builder.quirk(Quirk.LICENSES);
        }
        return builder.needs(message.needs());
    }

    /** A fault that changes the octets of the first message of a kind. */
    static FaultBuilder rewrite(
            String name, ServerMessage message, String description, UnaryOperator<byte[]> rewriting) {
        return fault(name, message, description, new Effect.Rewrite(rewriting));
    }

    /** A fault that sends other octets in place of the first message of a kind. */
    static FaultBuilder instead(String name, ServerMessage message, String description, byte[] octets) {
        return rewrite(name, message, description, frame -> octets);
    }

    /** A fault that sends further octets in front of the first message of a kind. */
    static FaultBuilder before(String name, ServerMessage message, String description, byte[] octets) {
        return rewrite(name, message, description, frame -> Frames.join(octets, frame));
    }

    FaultBuilder needs(String security) {
        needs = security;
        return this;
    }

    FaultBuilder quirk(Quirk quirk) {
        quirks.add(quirk);
        return this;
    }

    /** The client fails, in this stage and for this reason. */
    Fault fails(Stage where, String cause) {
        return new Fault(name, stage, description, Optional.of(where), cause, needs, rules, quirks);
    }

    /** The client fails in the stage of the message. */
    Fault fails(String cause) {
        return fails(stage, cause);
    }

    /** The client goes on as if nothing had happened. */
    Fault survived() {
        return new Fault(name, stage, description, Optional.empty(), "", needs, rules, quirks);
    }
}
