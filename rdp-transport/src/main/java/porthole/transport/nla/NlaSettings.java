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
 * @param mechanism which ones are offered
 * @param kerberos where a ticket comes from; without it {@code AUTO} is NTLM
 */
public record NlaSettings(
        Clock clock,
        boolean earlyAuthorization,
        boolean spnego,
        boolean restrictedAdmin,
        Optional<Secret> ntHash,
        Mechanism mechanism,
        Optional<KerberosSettings> kerberos) {
    /** Which security mechanisms are offered to the host. */
    public enum Mechanism {
        /** Kerberos where a ticket can be had, and NTLM. */
        AUTO,
        /** Kerberos alone; NTLM is forbidden. */
        KERBEROS,
        NTLM
    }

    private static final String HASH = "[0-9A-Fa-f]{32}";

    public NlaSettings {
        if (ntHash.isPresent() && !ntHash.get().reveal().matches(HASH)) {
            throw new IllegalArgumentException("an NT hash has 32 hexadecimal digits");
        }
        if (mechanism == Mechanism.KERBEROS && kerberos.isEmpty()) {
            throw new IllegalArgumentException("Kerberos alone needs a place where tickets come from");
        }
    }

    /** Bare NTLM with the password, by PROTOCOL_HYBRID. */
    public static NlaSettings of(Clock clock) {
        return new NlaSettings(clock, false, false, false, Optional.empty(), Mechanism.NTLM, Optional.empty());
    }

    public NlaSettings withEarlyAuthorization() {
        return new NlaSettings(clock, true, spnego, restrictedAdmin, ntHash, mechanism, kerberos);
    }

    public NlaSettings withSpnego() {
        return new NlaSettings(clock, earlyAuthorization, true, restrictedAdmin, ntHash, mechanism, kerberos);
    }

    public NlaSettings withRestrictedAdmin() {
        return new NlaSettings(clock, earlyAuthorization, spnego, true, ntHash, mechanism, kerberos);
    }

    public NlaSettings withNtHash(Secret hash) {
        return new NlaSettings(
                clock, earlyAuthorization, spnego, restrictedAdmin, Optional.of(hash), mechanism, kerberos);
    }

    /** Kerberos and NTLM, or with {@code alone} nothing but Kerberos. */
    public NlaSettings withKerberos(KerberosSettings tickets, boolean alone) {
        Mechanism offered = alone ? Mechanism.KERBEROS : Mechanism.AUTO;
        return new NlaSettings(
                clock, earlyAuthorization, spnego, restrictedAdmin, ntHash, offered, Optional.of(tickets));
    }
}
