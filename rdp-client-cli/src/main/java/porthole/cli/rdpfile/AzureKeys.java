package porthole.cli.rdpfile;

import java.util.Optional;

/**
 * What a file says of an Azure Virtual Desktop resource; texts as they stand in the file.
 *
 * @param resourceProvider {@code arm} for Azure Virtual Desktop
 * @param endpointPool id of the host pool ({@code wvd endpoint pool})
 * @param geo region of the metadata
 * @param armPath Azure resource path of the host pool
 * @param workspaceId id of the workspace
 * @param tenantId Entra tenant
 * @param diagnosticServiceUrl where diagnostics go
 * @param hubDiscoveryGeoUrl where the region is looked up
 * @param activityHint opaque text for the broker
 * @param program alias of the resource ({@code remoteapplicationprogram})
 */
public record AzureKeys(
        Optional<String> resourceProvider,
        Optional<String> endpointPool,
        Optional<String> geo,
        Optional<String> armPath,
        Optional<String> workspaceId,
        Optional<String> tenantId,
        Optional<String> diagnosticServiceUrl,
        Optional<String> hubDiscoveryGeoUrl,
        Optional<String> activityHint,
        Optional<String> program) {

    /** Whether the file leads to Azure Virtual Desktop by its resource manager. */
    public boolean isArm() {
        return resourceProvider.map("arm"::equalsIgnoreCase).orElse(false);
    }
}
