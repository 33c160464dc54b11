package porthole.aad.rdsaad;

import java.util.concurrent.CompletionStage;

/** Makes the assertion for a host's nonce; a replay gives the recorded one. */
@FunctionalInterface
public interface AssertionSigner {
    /** The compact JWS of {@code rdp_assertion} (MS-RDPBCGR 2.2.18.2.1). */
    CompletionStage<String> sign(String serverNonce);
}
