package porthole.host.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Set;
import porthole.host.fault.Quirk;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.security.SecurityExchangePdu;
import porthole.protocol.security.SessionKeys;
import porthole.protocol.security.StandardCipher;
import porthole.protocol.standard.FrameSecurity;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;

/** The host's side of one encrypted connection (MS-RDPBCGR 5.3.4 to 5.3.7): messages pass as they are until the keys are there. */
final class HostProtection {
    private final StandardHost host;
    private final ServerSecurityData choice;
    private final Set<Quirk> quirks;
    private final ByteBufAllocator allocator;
    private StandardCipher sending;
    private FrameSecurity receiving;
    private boolean encryptsLicensing;
    private Bytes clientRandom = Bytes.of(new byte[SessionKeys.RANDOM_SIZE]);

    HostProtection(StandardHost host, ServerSecurityData choice, Set<Quirk> quirks, ByteBufAllocator allocator) {
        this.host = host;
        this.choice = choice;
        this.quirks = quirks;
        this.allocator = allocator;
    }

    boolean awaitsKeys() {
        return sending == null;
    }

    /** Takes the client random, which both sides' keys are made of. */
    void exchanged(SecurityExchangePdu exchange) {
        clientRandom = host.key().decrypt(exchange.encryptedClientRandom(), SessionKeys.RANDOM_SIZE);
        SessionKeys keys = SessionKeys.derive(
                choice.encryptionMethod(), clientRandom, choice.serverRandom().orElseThrow());
        sending = StandardCipher.serverToClient(keys);
        receiving = new FrameSecurity(StandardCipher.clientToServer(keys), false, allocator);
        encryptsLicensing = exchange.securityHeader().has(BasicSecurityHeader.SEC_LICENSE_ENCRYPT);
    }

    /** What the client drew for the keys. */
    Bytes clientRandom() {
        return clientRandom;
    }

    /** The plain form of a client's frame, which is handed over. */
    ByteBuf open(ByteBuf frame) {
        return awaitsKeys()
                ? frame
                : receiving
                        .open(frame)
                        .orElseThrow(() -> new LocalFailure(
                                "message-signature",
                                "a message does not have the signature that its octets call for",
                                "another MAC under " + EncryptionMethod.describe(choice.encryptionMethod()),
                                "the MAC over the decrypted message",
                                "see whether the client encrypted its random with this host's key"));
    }

    /** User data as it goes to the client. */
    Pdu seal(int flags, Pdu body, boolean salted) {
        boolean clear = quirks.contains(Quirk.SENDS_IN_THE_CLEAR)
                || choice.encryptionLevel() == ServerSecurityData.LEVEL_LOW
                || (flags & BasicSecurityHeader.SEC_LICENSE_PKT) != 0 && !encryptsLicensing;
        if (clear) {
            return BasicSecurityHeader.of(flags).before(body);
        }
        int all = flags | BasicSecurityHeader.SEC_ENCRYPT | (salted ? BasicSecurityHeader.SEC_SECURE_CHECKSUM : 0);
        return FrameSecurity.sealed(sending, all, body);
    }

    /** A fast-path frame, handed over, as it goes to the client. */
    ByteBuf sealFastPath(ByteBuf frame, boolean salted) {
        return choice.encryptionLevel() == ServerSecurityData.LEVEL_LOW
                ? frame
                : FrameSecurity.sealFastPath(sending, salted, frame, allocator);
    }
}
