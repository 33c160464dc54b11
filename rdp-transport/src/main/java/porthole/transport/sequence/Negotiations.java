package porthole.transport.sequence;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.failure.RdpFailure;
import porthole.transport.ConnectionSpec;
import porthole.transport.Correlation;
import porthole.transport.Offer;
import porthole.transport.SecurityLayer;

/** What observers are told of each attempt to negotiate. */
final class Negotiations {
    /** The name of the note. */
    static final String NOTE = "negotiation";

    private Negotiations() {}

    /** What was asked for, in a map that takes the outcome, too. */
    static Map<String, Object> facts(ConnectionSpec spec, Offer offer) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("attempt", offer.number());
        facts.put("layers", offer.names());
        facts.put("requestedProtocols", offer.protocols().toString());
        if (offer.negotiates()) {
            spec.client().correlation().id().ifPresent(id -> facts.put("correlationId", Correlation.text(id)));
        }
        return facts;
    }

    /** An attempt that failed, and what comes next. */
    static Map<String, Object> failed(
            ConnectionSpec spec, Offer offer, RdpFailure failure, Optional<NegotiationPlan> next) {
        Map<String, Object> facts = facts(spec, offer);
        facts.put("outcome", "failed");
        facts.put("cause", failure.report().cause());
        facts.put("seen", failure.report().seen());
        facts.put(
                "next",
                next.map(plan ->
                                plan.offered().stream().map(SecurityLayer::name).toList())
                        .orElse(List.of()));
        return facts;
    }
}
