package porthole.aad.explain;

/** How sure a finding is, the surest first; findings are told in this order. */
public enum Certainty {
    /** It is so, and the rule says that it is refused. */
    CERTAIN("certain"),
    /** It is so, and it is known to be refused by some. */
    LIKELY("likely"),
    /** It is so, and is unusual, but no refusal for it is known. */
    HARMLESS("harmless"),
    /** It cannot be seen from here. */
    POSSIBLE("possible"),
    /** It was looked at and is as it should be. */
    EXCLUDED("excluded");

    private final String label;

    Certainty(String label) {
        this.label = label;
    }

    /** The word that people and JSON see. */
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
