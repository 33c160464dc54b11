package porthole.host.nla;

import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.wire.Bytes;

/**
 * One account of a host.
 *
 * @param domain empty for a local account, which any domain of a client's finds
 * @param ntHash 16 octets, as good as the password
 */
public record HostUser(String name, String domain, Bytes ntHash) {
    private static final int HASH = 16;

    public HostUser {
        if (ntHash.size() != HASH) {
            throw new IllegalArgumentException("an NT hash has 16 octets");
        }
    }

    /** A local account. */
    public static HostUser of(String name, String password) {
        return new HostUser(name, "", Ntlm.ntHash(password));
    }

    /** Whether a client that names itself like this means this account. */
    boolean is(String user, String clientDomain) {
        int at = user.lastIndexOf('@');
        if (clientDomain.isEmpty() && at > 0) {
            return name.equalsIgnoreCase(user.substring(0, at))
                    && (domain.isEmpty() || domain.equalsIgnoreCase(user.substring(at + 1)));
        }
        return name.equalsIgnoreCase(user)
                && (domain.isEmpty() || clientDomain.isEmpty() || domain.equalsIgnoreCase(clientDomain));
    }

    @Override
    public String toString() {
        return "HostUser[name=" + name + ", domain=" + domain + "]";
    }
}
