package porthole.aad.entra;

import java.net.URI;
import java.util.Optional;

/**
 * What an authority's OpenID configuration says.
 *
 * @param tokenEndpoint also the place that hands out nonces
 * @param issuer of its tokens; empty where it does not say
 * @param jwksUri where its signing keys are
 * @param authorizationEndpoint where a person signs in
 * @param deviceAuthorizationEndpoint where a device code is asked for
 */
public record EntraEndpoints(
        URI tokenEndpoint,
        String issuer,
        Optional<URI> jwksUri,
        Optional<URI> authorizationEndpoint,
        Optional<URI> deviceAuthorizationEndpoint) {}
