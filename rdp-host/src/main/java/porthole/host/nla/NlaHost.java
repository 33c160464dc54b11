package porthole.host.nla;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import porthole.protocol.wire.Bytes;

/**
 * How a host signs users in by network level authentication.
 *
 * @param users whom it knows by password or hash
 * @param ntlm whether NTLM is taken, bare or in SPNEGO
 * @param kerberos the keys of the host's service; empty for no Kerberos
 * @param earlyAuthorization whether PROTOCOL_HYBRID_EX is offered, too
 * @param version of CredSSP, 2 to 6
 * @param work where the mechanisms' arithmetic and files may wait
 */
public record NlaHost(
        List<HostUser> users,
        boolean ntlm,
        Optional<KerberosKeys> kerberos,
        boolean earlyAuthorization,
        int version,
        Executor work) {
    private static final int OLDEST = 2;
    private static final int NEWEST = 6;

    public NlaHost {
        users = List.copyOf(users);
        if (version < OLDEST || version > NEWEST) {
            throw new IllegalArgumentException("there is no version " + version + " of CredSSP");
        }
    }

    /** NTLM alone for these users. */
    public static NlaHost of(List<HostUser> users, Executor work) {
        return new NlaHost(users, true, Optional.empty(), true, NEWEST, work);
    }

    public NlaHost withKerberos(KerberosKeys keys) {
        return new NlaHost(users, ntlm, Optional.of(keys), earlyAuthorization, version, work);
    }

    public NlaHost withoutNtlm() {
        return new NlaHost(users, false, kerberos, earlyAuthorization, version, work);
    }

    public NlaHost withoutEarlyAuthorization() {
        return new NlaHost(users, ntlm, kerberos, false, version, work);
    }

    public NlaHost withVersion(int credSsp) {
        return new NlaHost(users, ntlm, kerberos, earlyAuthorization, credSsp, work);
    }

    /** The account that a client means. */
    public Optional<HostUser> user(String name, String domain) {
        return users.stream().filter(user -> user.is(name, domain)).findFirst();
    }

    /**
     * One run of SPNEGO or of bare NTLM, whichever {@code first} begins.
     *
     * @param channelBindings of the host's own certificate
     */
    public Acceptor acceptor(
            Bytes first, String hostName, Bytes serverChallenge, Bytes channelBindings, long fileTime) {
        NtlmAcceptor bare = new NtlmAcceptor(this, hostName, serverChallenge, channelBindings, fileTime);
        return NtlmAcceptor.begins(first) ? bare : new SpnegoAcceptor(this, bare);
    }
}
