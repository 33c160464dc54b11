package porthole.host.avd;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import porthole.host.session.HostIdentity;

/**
 * What a service is to be.
 *
 * @param name of the service in its certificate and its URLs
 * @param identity key and certificate of the service
 * @param host where the RDP host listens
 * @param hostIdentity what the RDP host shows
 * @param hostName what the broker calls it
 * @param tokens which bearer tokens are good
 * @param entra whether there is a resource for RDSAAD
 * @param passwords where there is a resource for RDSTLS
 * @param boots how often the broker says that the host is being started before it is
 * @param observer is told what clients ask for, on the service's thread
 */
public record AvdHostSettings(
        String name,
        HostIdentity identity,
        InetSocketAddress host,
        HostIdentity hostIdentity,
        String hostName,
        Predicate<String> tokens,
        boolean entra,
        Optional<BrokerPasswords> passwords,
        int boots,
        Set<AvdFault> faults,
        Consumer<AvdEvent> observer) {
    public AvdHostSettings {
        faults = Set.copyOf(faults);
    }

    /** One resource, for RDSTLS where there are passwords and else for RDSAAD; nobody is told. */
    public AvdHostSettings(
            String name,
            HostIdentity identity,
            InetSocketAddress host,
            HostIdentity hostIdentity,
            String hostName,
            Predicate<String> tokens,
            Optional<BrokerPasswords> passwords,
            int boots,
            Set<AvdFault> faults) {
        this(
                name,
                identity,
                host,
                hostIdentity,
                hostName,
                tokens,
                passwords.isEmpty(),
                passwords,
                boots,
                faults,
                event -> {});
    }
}
