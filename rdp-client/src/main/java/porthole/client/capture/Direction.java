package porthole.client.capture;

/** Which way octets went. */
public enum Direction {
    CLIENT_TO_SERVER("c2s"),
    SERVER_TO_CLIENT("s2c");

    private final String label;

    Direction(String label) {
        this.label = label;
    }

    /** The short name that files and people see. */
    public String label() {
        return label;
    }

    /** The direction of a label, or null for any other text. */
    static Direction ofLabel(String label) {
        for (Direction direction : values()) {
            if (direction.label.equals(label)) {
                return direction;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return label;
    }
}
