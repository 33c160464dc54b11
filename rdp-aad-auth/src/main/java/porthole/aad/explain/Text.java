package porthole.aad.explain;

/** Text of strangers, made fit to be shown. */
final class Text {
    private static final int SHOWN = 120;

    private Text() {}

    /** Printable ASCII, cut where it is long. */
    static String shown(String text) {
        String safe = text.replaceAll("[^\\x20-\\x7E]", "?");
        return safe.length() > SHOWN ? safe.substring(0, SHOWN) + "..." : safe;
    }
}
