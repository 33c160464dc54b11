package porthole.aad.entra;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The clouds, each with authorities, users and devices of its own. */
public enum Cloud {
    PUBLIC(
            "public",
            "https://www.wvd.microsoft.com/.default",
            "login.microsoftonline.com",
            "login.windows.net",
            "sts.windows.net"),
    US_GOVERNMENT("us-government", "https://www.wvd.azure.us/.default", "login.microsoftonline.us"),
    CHINA("china", "", "login.partner.microsoftonline.cn", "login.chinacloudapi.cn", "sts.chinacloudapi.cn");

    private final String label;
    private final String serviceScope;
    private final List<String> hosts;

    Cloud(String label, String serviceScope, String... hosts) {
        this.label = label;
        this.serviceScope = serviceScope;
        this.hosts = List.of(hosts);
    }

    /** The name by which it is asked for. */
    public String label() {
        return label;
    }

    /** The host that signs in. */
    public String authority() {
        return hosts.get(0);
    }

    /** The scope of the Azure Virtual Desktop service; empty where it is not known. */
    public Optional<String> serviceScope() {
        return Optional.of(serviceScope).filter(s -> !s.isEmpty());
    }

    /** The cloud of a name. */
    public static Optional<Cloud> named(String label) {
        return Arrays.stream(values()).filter(c -> c.label.equals(label)).findFirst();
    }

    /** The cloud that a host signs in for or issues tokens of. */
    public static Optional<Cloud> ofHost(String host) {
        return Arrays.stream(values())
                .filter(c -> c.hosts.stream().anyMatch(host::equalsIgnoreCase))
                .findFirst();
    }

    @Override
    public String toString() {
        return label;
    }
}
