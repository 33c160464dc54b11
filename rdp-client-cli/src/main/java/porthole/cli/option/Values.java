package porthole.cli.option;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import porthole.cli.base.UsageException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.x224.CorrelationInfo;
import porthole.transport.Correlation;
import porthole.transport.Monitor;
import porthole.transport.Target;

/** How the values of options, environment variables and connection files are read. */
public final class Values {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?)(ms|s|m|h|)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})[xX]([0-9]{1,5})");
    private static final Pattern MONITOR =
            Pattern.compile("([0-9]{1,5})[xX]([0-9]{1,5})([+-][0-9]{1,5})([+-][0-9]{1,5})");
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}._-]{0,254}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]{2,45}(%[A-Za-z0-9_.-]{1,32})?");

    private Values() {}

    /** {@code 500ms}, {@code 10s}, {@code 2m}, {@code 1h}; a plain number is seconds. */
    public static Duration duration(String text) {
        Matcher match = DURATION.matcher(text);
        if (!match.matches()) {
            throw new UsageException("'" + text + "' is not a time: write 500ms, 10s, 2m or 1h");
        }
        double number = Double.parseDouble(match.group(1));
        double seconds = switch (match.group(2)) {
            case "ms" -> number / 1000;
            case "m" -> number * 60;
            case "h" -> number * 3600;
            default -> number;
        };
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /** Width and height in pixels. */
    public record Size(int width, int height) {}

    /** {@code 1280x800}. */
    public static Size size(String text) {
        Matcher match = SIZE.matcher(text);
        if (!match.matches()) {
            throw new UsageException("'" + text + "' is not a size: write 1280x800");
        }
        Size size = new Size(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)));
        if (size.width < 64 || size.height < 64 || size.width > 8192 || size.height > 8192) {
            throw new UsageException("a desktop has 64x64 to 8192x8192 pixels, not " + text);
        }
        return size;
    }

    /**
     * {@code 1920x1080+0+0,1280x1024+1920+0}: the primary monitor first; physical sizes are those of 96 dots an inch.
     *
     * @param orientation in degrees
     * @param scale in percent
     */
    public static List<Monitor> monitors(String text, int orientation, int scale) {
        List<Monitor> monitors = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            Matcher match = MONITOR.matcher(each);
            if (!match.matches()) {
                throw new UsageException("'" + each + "' is not a monitor: write 1920x1080+0+0");
            }
            int width = Integer.parseInt(match.group(1));
            int height = Integer.parseInt(match.group(2));
            try {
                monitors.add(new Monitor(
                        Integer.parseInt(match.group(3)),
                        Integer.parseInt(match.group(4)),
                        width,
                        height,
                        millimetres(width, scale),
                        millimetres(height, scale),
                        orientation,
                        scale));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--monitors: " + e.getMessage(), e);
            }
        }
        try {
            Monitor.check(monitors);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--monitors: " + e.getMessage(), e);
        }
        return monitors;
    }

    private static int millimetres(int pixels, int scale) {
        return (int) Math.max(10, Math.round(pixels * 25.4 / 96 * 100 / scale));
    }

    /** A time: {@code 2026-01-31T12:00:00Z}, or whole seconds since 1970. */
    public static Instant instant(String option, String text) {
        try {
            return text.matches("[0-9]{1,11}") ? Instant.ofEpochSecond(Long.parseLong(text)) : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new UsageException(
                    option + ": '" + text + "' is not a time: write 2026-01-31T12:00:00Z, or seconds since 1970", e);
        }
    }

    /** A number in decimal, or in hexadecimal behind {@code 0x}. */
    public static long number(String what, String text, long least, long most) {
        long number;
        try {
            number = text.toLowerCase(Locale.ROOT).startsWith("0x")
                    ? Long.parseLong(text.substring(2), 16)
                    : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new UsageException(what + ": '" + text + "' is not a number", e);
        }
        if (number < least || number > most) {
            throw new UsageException(what + ": " + text + " is not within " + least + " to " + most);
        }
        return number;
    }

    /** A host with or without port; what no host name or address can look like is refused. */
    public static Target target(String text) {
        Target target;
        try {
            target = Target.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("not a target: " + e.getMessage(), e);
        }
        if (target.unixSocket().isEmpty()
                && !HOST.matcher(target.host()).matches()
                && !ADDRESS.matcher(target.host()).matches()) {
            throw new UsageException("'" + target.host() + "' is neither a host name nor an IP address");
        }
        return target;
    }

    /** One of a few words, in any case. */
    public static <E extends Enum<E>> E word(Class<E> type, String what, String text) {
        return oneOf(type, what, text, constant -> constant.name().toLowerCase(Locale.ROOT));
    }

    /** One of a few constants, each by its own name for people. */
    public static <E extends Enum<E>> E oneOf(Class<E> type, String what, String text, Function<E, String> name) {
        StringBuilder names = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            if (name.apply(constant).equalsIgnoreCase(text)) {
                return constant;
            }
            names.append(names.length() == 0 ? "" : ", ").append(name.apply(constant));
        }
        throw new UsageException(what + ": '" + text + "' is none of " + names);
    }

    /** {@code random}, {@code none} or a GUID. */
    public static Correlation correlation(String text) {
        if (text.equals("random")) {
            return Correlation.RANDOM;
        }
        if (text.equals("none")) {
            return Correlation.NONE;
        }
        UUID guid;
        try {
            guid = UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--correlation-id: '" + text + "' is none of random, none, GUID", e);
        }
        Bytes octets = Correlation.octets(guid);
        if (!new CorrelationInfo(octets).isWellFormed()) {
            throw new UsageException(
                    "--correlation-id: a host takes no id with 0D in it or with 00 or F4 as its first octet"
                            + " (MS-RDPBCGR 2.2.1.1.2)");
        }
        return Correlation.of(octets);
    }
}
