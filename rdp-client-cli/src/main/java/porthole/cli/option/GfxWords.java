package porthole.cli.option;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import porthole.cli.base.UsageException;
import porthole.client.GraphicsOffer;
import porthole.protocol.rdpgfx.CapsSet;

/** What follows the first word of {@code --gfx}: versions of the graphics pipeline and its flags. */
final class GfxWords {
    private static final Map<String, Integer> VERSIONS = new LinkedHashMap<>();
    private static final Map<String, List<Integer>> FLAGS = new LinkedHashMap<>();
    private static final String NO_ACKS = "no-acks";

    static {
        VERSIONS.put("8", CapsSet.CAPVERSION_8);
        VERSIONS.put("8.1", CapsSet.CAPVERSION_81);
        VERSIONS.put("10", CapsSet.CAPVERSION_10);
        VERSIONS.put("10.1", CapsSet.CAPVERSION_101);
        VERSIONS.put("10.2", CapsSet.CAPVERSION_102);
        VERSIONS.put("10.3", CapsSet.CAPVERSION_103);
        VERSIONS.put("10.4", CapsSet.CAPVERSION_104);
        VERSIONS.put("10.5", CapsSet.CAPVERSION_105);
        VERSIONS.put("10.6", CapsSet.CAPVERSION_106);
        VERSIONS.put("10.7", CapsSet.CAPVERSION_107);
        FLAGS.put("small-cache", List.of(CapsSet.FLAG_SMALL_CACHE));
        FLAGS.put("thin-client", List.of(CapsSet.FLAG_THINCLIENT, CapsSet.FLAG_AVC_THINCLIENT));
        FLAGS.put("no-scaled-maps", List.of(CapsSet.FLAG_SCALEDMAP_DISABLE));
    }

    private GfxWords() {}

    static GraphicsOffer apply(GraphicsOffer offer, List<String> words) {
        GraphicsOffer result = offer;
        Set<Integer> versions = new HashSet<>();
        for (String word : words) {
            if (offer.capsSets().isEmpty()) {
                throw new UsageException("--gfx: '" + word + "' is of the graphics pipeline, which is not offered");
            } else if (VERSIONS.containsKey(word)) {
                versions.add(VERSIONS.get(word));
            } else if (FLAGS.containsKey(word)) {
                for (int flag : FLAGS.get(word)) {
                    result = result.withFlag(flag);
                }
            } else if (word.equals(NO_ACKS)) {
                result = result.withoutAcknowledgements();
            } else {
                throw new UsageException("--gfx: '" + word + "' is none of " + String.join(", ", VERSIONS.keySet())
                        + ", " + String.join(", ", FLAGS.keySet()) + ", " + NO_ACKS);
            }
        }
        GraphicsOffer chosen = versions.isEmpty() ? result : result.withVersions(versions);
        if (!offer.capsSets().isEmpty() && chosen.capsSets().isEmpty()) {
            throw new UsageException("--gfx: none of these versions has the codecs that are asked for");
        }
        return chosen;
    }
}
