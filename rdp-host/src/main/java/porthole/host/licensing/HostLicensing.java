package porthole.host.licensing;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import porthole.protocol.licensing.LicenseErrorCode;

/**
 * How a host licenses its clients.
 *
 * @param refusal what {@link Mode#REFUSE} refuses with
 */
public record HostLicensing(Mode mode, Optional<LicenseErrorCode> refusal) {
    /** No licence is asked for, as by most hosts. */
    public static final HostLicensing NONE = of(Mode.NONE);

    private static final String REFUSE = "refuse:";
    private static final String CODE_PREFIX = "ERR_";

    /** What a client goes through. */
    public enum Mode {
        /** Says at once that the client is a valid one. */
        NONE,
        /** Asks for a licence and is content with any answer, as xrdp is. */
        ASK,
        /** Challenges a client without a licence and issues one; is content with a licence that it issued. */
        ISSUE,
        /** Challenges every client, and upgrades a licence that it issued. */
        UPGRADE,
        /** Challenges every client, and refuses it then. */
        REFUSE
    }

    public HostLicensing {
        if (refusal.isPresent() != (mode == Mode.REFUSE)) {
            throw new IllegalArgumentException("a refusal has a code, and nothing else has");
        }
    }

    public static HostLicensing of(Mode mode) {
        return new HostLicensing(mode, Optional.empty());
    }

    public static HostLicensing refusing(LicenseErrorCode code) {
        return new HostLicensing(Mode.REFUSE, Optional.of(code));
    }

    /** Reads {@code none}, {@code ask}, {@code issue}, {@code upgrade} or {@code refuse:CODE}, for example {@code refuse:no-license}. */
    public static HostLicensing parse(String text) {
        if (text.startsWith(REFUSE)) {
            return codes().stream()
                    .filter(code -> word(code).equals(text.substring(REFUSE.length())))
                    .findFirst()
                    .map(HostLicensing::refusing)
                    .orElseThrow(() -> notOne(text));
        }
        return Arrays.stream(Mode.values())
                .filter(mode -> mode != Mode.REFUSE
                        && mode.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .map(HostLicensing::of)
                .orElseThrow(() -> notOne(text));
    }

    private static List<LicenseErrorCode> codes() {
        return Arrays.stream(LicenseErrorCode.values())
                .filter(code -> code != LicenseErrorCode.STATUS_VALID_CLIENT)
                .toList();
    }

    private static String word(LicenseErrorCode code) {
        return code.name()
                .substring(CODE_PREFIX.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException("'" + text + "' is none of none, ask, issue, upgrade, "
                + codes().stream().map(code -> REFUSE + word(code)).collect(Collectors.joining(", ")));
    }
}
