package porthole.host;

import java.security.SecureRandom;
import porthole.host.session.HostIdentity;

/** Hosts for tests that do not care for the certificate: an RSA key for each takes longer than most of them. */
public final class TestHosts {
    /** The identity that they share, of {@code localhost}. */
    public static final HostIdentity IDENTITY = HostIdentity.selfSigned("localhost", new SecureRandom());

    private TestHosts() {}

    /** A host with the shared identity. */
    public static RdpHostBuilder builder() {
        return RdpHost.builder().certificate(IDENTITY.key(), IDENTITY.certificate());
    }
}
