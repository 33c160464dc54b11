package porthole.client.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.failure.WireException;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.mcs.SendData;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.security.SessionKeys;
import porthole.protocol.security.StandardCipher;
import porthole.protocol.standard.FrameSecurity;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.X224Data;

/** Takes standard RDP security off the messages of a capture, as far as its secrets are known. */
final class Decryption {
    private static final int FAST_PATH_ENCRYPTED = 0x80;

    private final Optional<SessionSecrets> secrets;
    private final Map<Direction, FrameSecurity> directions = new EnumMap<>(Direction.class);

    Decryption(Optional<SessionSecrets> secrets) {
        this.secrets = secrets;
    }

    /** What the host chose; without encryption nothing is to be done. */
    void chosen(ServerSecurityData choice) {
        directions.clear();
        if (secrets.isEmpty()
                || choice.serverRandom().map(random -> random.size()).orElse(0) != SessionKeys.RANDOM_SIZE
                || Integer.bitCount(choice.encryptionMethod()) != 1
                || EncryptionMethod.describe(choice.encryptionMethod()).startsWith("0x")) {
            return;
        }
        SessionKeys keys = SessionKeys.derive(
                choice.encryptionMethod(),
                secrets.get().clientRandom(),
                choice.serverRandom().get());
        directions.put(Direction.CLIENT_TO_SERVER, frames(StandardCipher.clientToServer(keys)));
        directions.put(Direction.SERVER_TO_CLIENT, frames(StandardCipher.serverToClient(keys)));
    }

    private static FrameSecurity frames(StandardCipher cipher) {
        return new FrameSecurity(cipher, true, UnpooledByteBufAllocator.DEFAULT);
    }

    /**
     * The plain form of a message that is encrypted; empty where it is not, or cannot be decrypted.
     *
     * @param frame borrowed, stays as it is
     */
    Optional<ByteBuf> plain(Direction direction, ByteBuf frame) {
        FrameSecurity security = directions.get(direction);
        if (security == null || !isEncrypted(frame)) {
            return Optional.empty();
        }
        return Optional.of(security.open(frame.copy())
                .orElseThrow(() -> new WireException(
                        "EncryptedMessage",
                        "dataSignature",
                        0,
                        "another MAC",
                        "the MAC over the decrypted message: the keys are of another session, or octets are missing",
                        "MS-RDPBCGR 5.3.6.1")));
    }

    private static boolean isEncrypted(ByteBuf frame) {
        int first = frame.getUnsignedByte(frame.readerIndex());
        if ((first & 3) == 0) {
            return (first & FAST_PATH_ENCRYPTED) != 0;
        }
        WireReader in = X224Data.unwrap(frame, null);
        if (!in.hasRemaining() || !SendData.follows(in)) {
            return false;
        }
        WireReader data = SendData.read(in).userData();
        return data.has(BasicSecurityHeader.SIZE)
                && BasicSecurityHeader.decode(data).has(BasicSecurityHeader.SEC_ENCRYPT);
    }
}
