package porthole.transport.nla;

import java.time.Clock;
import java.util.Optional;
import porthole.transport.Secret;

/**
 * How network level authentication is done.
 *
 * @param clock for hosts that do not name the time themselves
 * @param earlyAuthorization whether PROTOCOL_HYBRID_EX is offered: the host says then whether the user may log on
 * @param spnego whether NTLM goes inside SPNEGO; bare NTLM is what FreeRDP sends, and older FreeRDP hosts take nothing else
 * @param restrictedAdmin whether the host is asked for a session without the user's credentials, which are kept here
 * @param ntHash 32 hexadecimal digits instead of the password; needs {@code restrictedAdmin} with Windows hosts
 */
public record NlaSettings(
        Clock clock, boolean earlyAuthorization, boolean spnego, boolean restrictedAdmin, Optional<Secret> ntHash) {
    private static final String HASH = "[0-9A-Fa-f]{32}";

    public NlaSettings {
        if (ntHash.isPresent() && !ntHash.get().reveal().matches(HASH)) {
            throw new IllegalArgumentException("an NT hash has 32 hexadecimal digits");
        }
    }

    /** Bare NTLM with the password, by PROTOCOL_HYBRID. */
    public static NlaSettings of(Clock clock) {
        return new NlaSettings(clock, false, false, false, Optional.empty());
    }

    public NlaSettings withEarlyAuthorization() {
        return new NlaSettings(clock, true, spnego, restrictedAdmin, ntHash);
    }

    public NlaSettings withSpnego() {
        return new NlaSettings(clock, earlyAuthorization, true, restrictedAdmin, ntHash);
    }

    public NlaSettings withRestrictedAdmin() {
        return new NlaSettings(clock, earlyAuthorization, spnego, true, ntHash);
    }

    public NlaSettings withNtHash(Secret hash) {
        return new NlaSettings(clock, earlyAuthorization, spnego, restrictedAdmin, Optional.of(hash));
    }
}
