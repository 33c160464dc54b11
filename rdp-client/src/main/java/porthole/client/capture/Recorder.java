package porthole.client.capture;

import io.netty.buffer.ByteBuf;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is told what passes above TLS and what it means; one connection at a time. */
public interface Recorder {
    /** Everything so far belonged to another connection, whose offer the host refused. */
    void again();

    /** @param octets of one direction, above TLS; borrowed, its indices stay */
    void octets(Duration at, Direction direction, ByteBuf octets);

    /** From here on the octets go through TLS. */
    void tls(Duration at, String version, String cipher, Optional<byte[]> certificate);

    /** What the other side of a TLS handshake showed, of host or gateway. */
    default void certificates(List<X509Certificate> chain, boolean trusted) {}

    /** What decrypts the octets. */
    default void keys(Duration at, SessionSecrets keys) {}

    /** A mark with its facts, for example {@code stage}. */
    void mark(Duration at, String name, Map<String, ?> facts);

    /** The connection is over. */
    void end(Duration at, String reason);
}
