package porthole.transport;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.x224.SecurityProtocols;

/**
 * What one connection request offers: layers that go together, strongest first, each with what was prepared for it.
 *
 * @param number which attempt of the session this is, from 1
 * @param negotiates whether RDP_NEG_REQ is sent
 * @param isFollowed whether something else will be offered, on another connection, after this failure
 */
public record Offer(int number, List<Prepared> layers, boolean negotiates, Predicate<RdpFailure> isFollowed) {
    /** A layer, and what this connection uses of it. */
    public record Prepared(SecurityLayer layer, SecurityLayer.Attempt attempt) {}

    public Offer {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("nothing to offer");
        }
    }

    /** One layer, and nothing after it. */
    public static Offer of(SecurityLayer layer, SecurityLayer.Attempt attempt) {
        return new Offer(1, List.of(new Prepared(layer, attempt)), layer.negotiates(), failure -> false);
    }

    /** The flags of all layers. */
    public SecurityProtocols protocols() {
        return layers.stream()
                .map(each -> each.layer().protocol())
                .reduce(SecurityProtocols.RDP, SecurityProtocols::with);
    }

    /** The flags of RDP_NEG_REQ that any of the layers needs. */
    public int requestFlags() {
        return layers.stream().mapToInt(each -> each.layer().requestFlags()).reduce(0, (a, b) -> a | b);
    }

    /** The names of the layers. */
    public List<String> names() {
        return layers.stream().map(each -> each.layer().name()).toList();
    }

    /** The layer that goes on after the host selected that; of several the one that asks for no more than that. */
    public Optional<Prepared> after(SecurityProtocols selected) {
        return layers.stream().filter(each -> each.layer().accepts(selected)).reduce((stronger, weaker) -> weaker);
    }
}
