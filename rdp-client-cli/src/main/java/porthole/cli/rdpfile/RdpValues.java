package porthole.cli.rdpfile;

import java.util.Optional;
import java.util.regex.Pattern;

/** Whether a line has the type and the value that its key wants. */
public final class RdpValues {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern HEXADECIMAL = Pattern.compile("([0-9A-Fa-f]{2})*");

    private RdpValues() {}

    /**
     * What is wrong with a line.
     *
     * @param column from 1
     * @param code a word for programs
     */
    public record Problem(int column, String code, String text) {}

    /** Empty where all is well, and where there is no value. */
    public static Optional<Problem> problem(RdpKey key, RdpLine line) {
        String value = line.value();
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return Optional.of(new Problem(
                        line.valueColumn() + i,
                        "control-character",
                        "'" + key.name() + "' contains a control character"));
            }
        }
        if (line.type() != key.type()) {
            return Optional.of(new Problem(
                    line.typeColumn(),
                    "type",
                    "'" + key.name() + "' is of type '" + key.type() + "', not '" + line.type() + "'"));
        }
        Optional<String> wrong = switch (key.type()) {
            case 'i' -> number(key, value);
            case 'b' -> HEXADECIMAL.matcher(value).matches() ? Optional.empty() : Optional.of(" is not hexadecimal");
            default -> Optional.empty();
        };
        return wrong.map(text -> new Problem(line.valueColumn(), "value", "'" + key.name() + "'" + text));
    }

    private static Optional<String> number(RdpKey key, String value) {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (!NUMBER.matcher(value).matches()) {
            return Optional.of(" is not a number");
        }
        return key.allows(Long.parseLong(value))
                ? Optional.empty()
                : Optional.of(" is " + value + ", "
                        + (key.values().contains("-")
                                ? "not within " + key.values().replace("-", " to ")
                                : "none of " + key.values().replace(",", ", ")));
    }
}
