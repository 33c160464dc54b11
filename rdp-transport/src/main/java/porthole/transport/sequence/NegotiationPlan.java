package porthole.transport.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.x224.NegotiationFailure;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.SecurityLayer;

/**
 * What one connection request offers, and what the next one does after a refusal.
 *
 * <p>As many layers as go together are offered at once, so that a host that knows a weaker one alone can say so without
 * another connection. After a refusal the strongest is left out, and what the host's code rules out.
 *
 * @param number which attempt this is, from 1
 * @param left the layers that are still possible, strongest first
 * @param negotiates whether RDP_NEG_REQ is sent even for standard RDP security alone: to hosts that are known to read it
 */
record NegotiationPlan(int number, List<SecurityLayer> left, boolean negotiates) {
    NegotiationPlan {
        left = List.copyOf(left);
        if (left.isEmpty()) {
            throw new IllegalArgumentException("nothing is left to offer");
        }
    }

    /**
     * The first request.
     *
     * @param usable strongest first; one that keeps the password here is not followed by one that sends it
     */
    static NegotiationPlan first(List<SecurityLayer> usable) {
        boolean keeps = usable.stream().anyMatch(SecurityLayer::keepsPassword);
        return new NegotiationPlan(
                1, keeps ? usable.stream().filter(SecurityLayer::keepsPassword).toList() : usable, false);
    }

    /** The layers of this request: the strongest, and all that go with it. */
    List<SecurityLayer> offered() {
        SecurityLayer strongest = left.get(0);
        // standard RDP security has no flag: any answer may turn out to be it
        Predicate<SecurityLayer> together = strongest.isAskedForAlone()
                ? layer -> layer == strongest || isStandard(layer)
                : layer -> !layer.isAskedForAlone();
        List<SecurityLayer> offered = new ArrayList<>();
        for (SecurityLayer layer : left) {
            if (together.test(layer) && offered.stream().noneMatch(stronger -> standsInFor(stronger, layer))) {
                offered.add(layer);
            }
        }
        return offered;
    }

    /** Whether one layer goes on after all that another one goes on after, so that the other need not be prepared, too. */
    private static boolean standsInFor(SecurityLayer layer, SecurityLayer other) {
        if (isStandard(other)) {
            return isStandard(layer);
        }
        return IntStream.range(0, Integer.SIZE)
                .mapToObj(bit -> new SecurityProtocols(1 << bit))
                .filter(other::accepts)
                .allMatch(layer::accepts);
    }

    private static boolean isStandard(SecurityLayer layer) {
        return layer.protocol().bits() == 0;
    }

    /** Whether RDP_NEG_REQ is sent. */
    boolean sendsRequest() {
        return negotiates || offered().stream().anyMatch(SecurityLayer::negotiates);
    }

    /** The next request after this one failed; empty where none could do better. */
    Optional<NegotiationPlan> after(RdpFailure failure) {
        SecurityProtocols asked = protocols(offered());
        List<SecurityLayer> next =
                left.stream().skip(1).filter(promising(failure)).toList();
        while (!next.isEmpty()
                && protocols(new NegotiationPlan(1, next, false).offered()).equals(asked)) {
            next = next.subList(1, next.size());
        }
        return next.isEmpty()
                ? Optional.empty()
                : Optional.of(new NegotiationPlan(number + 1, next, negotiates || saidWhy(failure)));
    }

    private static SecurityProtocols protocols(List<SecurityLayer> layers) {
        return layers.stream().map(SecurityLayer::protocol).reduce(SecurityProtocols.RDP, SecurityProtocols::with);
    }

    private static boolean saidWhy(RdpFailure failure) {
        return failure.report().cause().equals("negotiation-failure");
    }

    private static Predicate<SecurityLayer> promising(RdpFailure failure) {
        return switch (failure.report().cause()) {
            case "negotiation-failure" -> allowedBy((int) ((Refused) failure).code());
            case "selected-protocol" -> {
                SecurityProtocols selected = new SecurityProtocols((int) ((Refused) failure).code());
                yield layer -> layer.accepts(selected);
            }
            // hosts that know none of the flags disconnect by MCS, close or reset
            case "no-common-protocol", "early-close", "io" -> layer -> true;
            default -> layer -> false;
        };
    }

    /** What the codes of MS-RDPBCGR 2.2.1.2.2 leave possible; FreeRDP goes by them in the same way. */
    private static Predicate<SecurityLayer> allowedBy(int failureCode) {
        return switch (failureCode) {
            case NegotiationFailure.SSL_REQUIRED_BY_SERVER -> layer -> !isStandard(layer);
            // without TLS, or a certificate for it, there is no CredSSP either
            case NegotiationFailure.SSL_NOT_ALLOWED_BY_SERVER, NegotiationFailure.SSL_CERT_NOT_ON_SERVER ->
                NegotiationPlan::isStandard;
            case NegotiationFailure.HYBRID_REQUIRED_BY_SERVER ->
                layer -> Stream.of(SecurityProtocols.HYBRID, SecurityProtocols.HYBRID_EX)
                        .anyMatch(layer::accepts);
            default -> layer -> true;
        };
    }
}
