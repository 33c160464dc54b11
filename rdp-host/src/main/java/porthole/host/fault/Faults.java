package porthole.host.fault;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The catalogue: everything that the host can do wrong, by name, and what a good client makes of it. */
public final class Faults {
    private static final List<Fault> ALL = Stream.of(
                    NegotiationFaults.all(),
                    TlsFaults.all(),
                    EntraFaults.all(),
                    NlaFaults.all(),
                    StandardFaults.all(),
                    RdstlsFaults.all(),
                    RedirectionFaults.all(),
                    McsFaults.all(),
                    LicensingFaults.all(),
                    ShareFaults.all(),
                    ActiveFaults.all(),
                    MessageFaults.all())
            .flatMap(List::stream)
            .toList();
    private static final Map<String, Fault> BY_NAME =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Fault::name, Function.identity()));

    private Faults() {}

    /** All faults; within each area in the order of the connection sequence. */
    public static List<Fault> list() {
        return ALL;
    }

    /** The fault of this name. */
    public static Optional<Fault> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
