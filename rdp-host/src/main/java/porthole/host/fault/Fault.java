package porthole.host.fault;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import porthole.protocol.failure.Stage;

/**
 * A fault that the host can be asked for, and what a good client makes of it.
 *
 * @param name as it is asked for, for example {@code connection-confirm-truncated}
 * @param stage the phase in which the host does it
 * @param description one clause: what the host does
 * @param expectedStage where the client fails; empty where it has to survive
 * @param expectedCause the failure report's cause, empty where the client has to survive
 * @param needs the security that the fault needs: {@link #ANY}, {@link #AAD}, {@link #NLA}, {@link #NLA_EXT} or {@link #TLS}
 * @param rules what is done to which message
 * @param quirks what else is done
 */
public record Fault(
        String name,
        Stage stage,
        String description,
        Optional<Stage> expectedStage,
        String expectedCause,
        String needs,
        List<Rule> rules,
        Set<Quirk> quirks) {
    /** {@link #needs} of a fault that every security shows. */
    public static final String ANY = "any";

    /** {@link #needs} of a fault that only RDSAAD shows. */
    public static final String AAD = "aad";

    /** {@link #needs} of a fault that only TLS shows. */
    public static final String TLS = "tls";

    /** {@link #needs} of a fault that only standard RDP security with encryption shows. */
    public static final String RDP = "rdp";

    /** {@link #needs} of a fault that only network level authentication shows. */
    public static final String NLA = "nla";

    /** {@link #needs} of a fault that only network level authentication with early user authorization shows. */
    public static final String NLA_EXT = "nla-ext";

    /** {@link #needs} of a fault that only RDSTLS shows. */
    public static final String RDSTLS = "rdstls";

    /** {@link #needs} of a fault that only a host shows which sends its clients elsewhere. */
    public static final String REDIRECTING = "redirecting";

    public Fault {
        rules = List.copyOf(rules);
        quirks = Set.copyOf(quirks);
    }

    /** Whether a client has to go on as if nothing had happened. */
    public boolean survives() {
        return expectedStage.isEmpty();
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
