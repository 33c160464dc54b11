package porthole.aad.avd;

import java.net.URI;
import java.util.Optional;

/**
 * One desktop or program of a feed.
 *
 * @param workspaceId of the publisher
 * @param workspace name of the publisher
 * @param type {@code Desktop} or {@code RemoteApp}
 * @param file where the connection file is, where the feed has one
 */
public record FeedResource(
        String workspaceId,
        String workspace,
        String id,
        String alias,
        String title,
        String type,
        Optional<URI> file,
        Optional<String> armPath,
        Optional<String> deviceState) {
    /** Whether {@code text} is the resource's id, title or alias, in any case. */
    boolean isNamed(String text) {
        return text.equalsIgnoreCase(id) || text.equalsIgnoreCase(title) || text.equalsIgnoreCase(alias);
    }

    boolean isIn(String name) {
        return name.equalsIgnoreCase(workspaceId) || name.equalsIgnoreCase(workspace);
    }
}
