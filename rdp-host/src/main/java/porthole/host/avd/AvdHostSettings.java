package porthole.host.avd;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
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
 * @param passwords for RDSTLS; without them the connection file says RDSAAD
 * @param boots how often the broker says that the host is being started before it is
 */
public record AvdHostSettings(
        String name,
        HostIdentity identity,
        InetSocketAddress host,
        HostIdentity hostIdentity,
        String hostName,
        Predicate<String> tokens,
        Optional<BrokerPasswords> passwords,
        int boots,
        Set<AvdFault> faults) {
    public AvdHostSettings {
        faults = Set.copyOf(faults);
    }
}
