package porthole.aad.avd;

import java.net.URI;
import java.util.Optional;

/**
 * One workspace that the user has something in, as discovery names it.
 *
 * @param feed where its resources are listed
 */
public record TenantFeed(
        String tenantId, String tenantName, Optional<String> workspaceName, URI feed, Optional<String> geo) {}
