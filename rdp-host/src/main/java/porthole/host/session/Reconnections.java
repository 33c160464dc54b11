package porthole.host.session;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.info.ArcCsPrivatePacket;
import porthole.protocol.info.ArcScPrivatePacket;
import porthole.protocol.wire.Bytes;

/**
 * The cookies with which the clients of one host may take their lost sessions up again (MS-RDPBCGR 1.3.1.5, 5.5); the latest
 * sessions alone are remembered. May be used from any thread.
 */
final class Reconnections {
    private static final int MOST = 32;
    private static final int SECRET = 16;

    private final SecureRandom random;
    private final Map<Long, Kept> kept = new LinkedHashMap<>();

    private record Kept(ArcScPrivatePacket cookie, HostConnection connection) {}

    Reconnections(SecureRandom random) {
        this.random = random;
    }

    /** The cookie of a session: always the same one, as a client may be cut off before it gets another. */
    synchronized ArcScPrivatePacket issue(long logonId, HostConnection connection) {
        Kept before = kept.remove(logonId);
        ArcScPrivatePacket cookie = before == null ? fresh(logonId) : before.cookie();
        if (kept.size() == MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(logonId, new Kept(cookie, connection));
        return cookie;
    }

    private ArcScPrivatePacket fresh(long logonId) {
        byte[] secret = new byte[SECRET];
        random.nextBytes(secret);
        return new ArcScPrivatePacket(ArcScPrivatePacket.AUTO_RECONNECT_VERSION_1, logonId, Bytes.of(secret));
    }

    /**
     * The connection that had the session, where the answer shows that its cookie is known.
     *
     * @param clientRandom 32 octets; all zero under enhanced security
     */
    synchronized Optional<HostConnection> take(ArcCsPrivatePacket answer, Bytes clientRandom) {
        Kept session = kept.get(answer.logonId());
        if (session == null) {
            return Optional.empty();
        }
        Bytes expected =
                ArcCsPrivatePacket.answer(session.cookie(), clientRandom).securityVerifier();
        if (!MessageDigest.isEqual(expected.toArray(), answer.securityVerifier().toArray())) {
            return Optional.empty();
        }
        return Optional.of(session.connection());
    }
}
