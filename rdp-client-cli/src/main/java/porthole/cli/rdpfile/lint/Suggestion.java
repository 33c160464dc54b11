package porthole.cli.rdpfile.lint;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import porthole.cli.rdpfile.RdpKey;

/** Which key was meant. */
final class Suggestion {
    private static final int FARTHEST = 2;
    private static final int LETTERS_FOR_EACH = 4;

    /** Names by what is left of them without spaces. */
    private static final Map<String, String> NAMES = RdpKey.all().stream()
            .map(RdpKey::name)
            .collect(Collectors.toMap(Suggestion::plain, Function.identity(), (first, second) -> first));

    private Suggestion() {}

    /** The known key that differs the least from {@code written}, spaces aside; empty where none is near. */
    static Optional<String> of(String written) {
        String plain = plain(written);
        int farthest = Math.min(FARTHEST, plain.length() / LETTERS_FOR_EACH);
        String best = null;
        int least = farthest + 1;
        for (Map.Entry<String, String> key : NAMES.entrySet()) {
            String candidate = key.getKey();
            if (Math.abs(candidate.length() - plain.length()) < least) {
                int distance = distance(plain, candidate);
                if (distance < least) {
                    least = distance;
                    best = key.getValue();
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static String plain(String name) {
        return name.replace(" ", "").replace("_", "").replace("-", "");
    }

    /** Letters to add, remove, change, or swap with their neighbour. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
