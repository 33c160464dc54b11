package porthole.protocol.ntlm;

import porthole.protocol.wire.Bytes;

/**
 * Who signs in with NTLM.
 *
 * @param user a plain user name, or a user principal name with an empty domain
 * @param domain empty where the host decides; a single dot is the host itself
 * @param ntHash 16 octets, as good as the password
 */
public record NtlmIdentity(String user, String domain, Bytes ntHash) {
    private static final String THE_HOST = ".";

    /** The domain to prove: the host's own name where the user asked for one of its local accounts. */
    String domainFor(AvPairs targetInfo) {
        return domain.equals(THE_HOST) ? targetInfo.text(AvPair.MSV_AV_NB_COMPUTER_NAME) : domain;
    }

    @Override
    public String toString() {
        return "NtlmIdentity[user=" + user + ", domain=" + domain + "]";
    }
}
