package porthole.protocol.ntlm;

import porthole.protocol.wire.Bytes;

/**
 * What must be fresh in each exchange, and comes from outside.
 *
 * @param clientChallenge 8 random octets
 * @param exportedSessionKey 16 random octets: the key of the session where keys are exchanged
 * @param fileTime 100 ns since 1601, UTC, for hosts that name no time of their own
 */
public record NtlmNonces(Bytes clientChallenge, Bytes exportedSessionKey, long fileTime) {
    @Override
    public String toString() {
        return "NtlmNonces[fileTime=" + fileTime + "]";
    }
}
