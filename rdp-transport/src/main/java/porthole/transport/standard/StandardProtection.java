package porthole.transport.standard;

import io.netty.buffer.ByteBuf;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.capability.GeneralCapabilitySet;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.security.RsaPublicKey;
import porthole.protocol.security.SecurityExchangePdu;
import porthole.protocol.security.ServerCertificate;
import porthole.protocol.security.SessionKeys;
import porthole.protocol.security.StandardCipher;
import porthole.protocol.security.TerminalServicesKey;
import porthole.protocol.standard.FrameSecurity;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.transport.Connection;
import porthole.transport.MessageProtection;
import porthole.transport.RandomSource;

/** The client's side of an encrypted connection: MS-RDPBCGR 5.3.4 to 5.3.7. */
public final class StandardProtection implements MessageProtection {
    private static final String SECTION = "MS-RDPBCGR 5.3.2";
    /** A shorter key would not take the client random, or hide it from nobody. */
    private static final int LEAST_MODULUS = 512;
    /** A longer exponent would let a hostile host buy much computing time. */
    private static final int MOST_EXPONENT = 32;

    private final Connection connection;
    private final SaltedMacs saltedMacs;
    private final StandardCipher sending;
    private final FrameSecurity receiving;
    private final SecurityExchangePdu exchange;
    private final Bytes clientRandom;
    private final RsaPublicKey hostKey;

    private StandardProtection(
            Connection connection,
            SaltedMacs saltedMacs,
            int level,
            SessionKeys keys,
            SecurityExchangePdu exchange,
            Bytes clientRandom,
            RsaPublicKey hostKey) {
        this.connection = connection;
        this.saltedMacs = saltedMacs;
        this.sending = StandardCipher.clientToServer(keys);
        // at the low level the host sends in the clear
        this.receiving = new FrameSecurity(
                StandardCipher.serverToClient(keys),
                level == ServerSecurityData.LEVEL_LOW,
                connection.channel().alloc());
        this.exchange = exchange;
        this.clientRandom = clientRandom;
        this.hostKey = hostKey;
    }

    /**
     * What the host's choice leads to; refuses a choice that contradicts itself or was not offered.
     *
     * @param offered bits of {@link EncryptionMethod}
     * @param random gives the client random
     */
    public static MessageProtection establish(
            Connection connection, ServerSecurityData choice, int offered, SaltedMacs saltedMacs, RandomSource random) {
        int method = choice.encryptionMethod();
        int level = choice.encryptionLevel();
        check(choice, offered);
        if (method == EncryptionMethod.NONE) {
            connection.clock().note("not-encrypted", Map.of("why", "the host chose encryption level none"));
            return NONE;
        }
        RsaPublicKey key = key(connection, choice);
        Bytes clientRandom = Bytes.of(random.octets(SessionKeys.RANDOM_SIZE));
        SessionKeys keys =
                SessionKeys.derive(method, clientRandom, choice.serverRandom().orElseThrow());
        SecurityExchangePdu exchange = new SecurityExchangePdu(
                BasicSecurityHeader.of(BasicSecurityHeader.SEC_EXCHANGE_PKT | BasicSecurityHeader.SEC_LICENSE_ENCRYPT),
                key.encrypt(clientRandom),
                Bytes.EMPTY);
        return new StandardProtection(connection, saltedMacs, level, keys, exchange, clientRandom, key);
    }

    private static void check(ServerSecurityData choice, int offered) {
        int method = choice.encryptionMethod();
        int level = choice.encryptionLevel();
        String seen = "method " + EncryptionMethod.describe(method) + " at encryption level " + level;
        if (level < ServerSecurityData.LEVEL_NONE
                || level > ServerSecurityData.LEVEL_FIPS
                || (method == EncryptionMethod.NONE) != (level == ServerSecurityData.LEVEL_NONE)
                || level == ServerSecurityData.LEVEL_FIPS && method != EncryptionMethod.FIPS) {
            throw new SequenceException(seen, "a level, and a method that goes with it", SECTION);
        }
        if (Integer.bitCount(method) > 1 || (method & ~offered) != 0) {
            throw new LocalFailure(
                    "encryption-method",
                    "the host chose an encryption method that was not offered",
                    seen,
                    "one of " + EncryptionMethod.describe(offered),
                    "offer it with --encryption-methods if it is strong enough, or use TLS");
        }
    }

    private static RsaPublicKey key(Connection connection, ServerSecurityData choice) {
        ServerCertificate certificate = ServerCertificate.decode(
                WireReader.of(choice.serverCertificate().orElseThrow(), "ServerCertificate", "MS-RDPBCGR 2.2.1.4.3.1"));
        RsaPublicKey key = certificate.publicKey();
        int bits = key.modulus().bitLength();
        int exponentBits = key.exponent().bitLength();
        if (bits < LEAST_MODULUS || exponentBits > MOST_EXPONENT) {
            throw new LocalFailure(
                    "server-key",
                    "the host's key is of no use",
                    bits + " bits, exponent of " + exponentBits + " bits",
                    "at least " + LEAST_MODULUS + " bits, and an exponent of at most " + MOST_EXPONENT + " bits",
                    "let the host make itself a new key");
        }
        String signature = certificate instanceof ServerCertificate.Proprietary own
                ? TerminalServicesKey.signed(own) ? "the published key's" : "not the published key's"
                : "X.509, not verified";
        connection
                .clock()
                .note(
                        "server-certificate",
                        Map.of(
                                "form",
                                certificate instanceof ServerCertificate.Proprietary ? "proprietary" : "X.509",
                                "bits",
                                bits,
                                "signature",
                                signature));
        return key;
    }

    @Override
    public Optional<Pdu> opening() {
        return Optional.of(exchange);
    }

    @Override
    public Bytes clientRandom() {
        return clientRandom;
    }

    @Override
    public Optional<RsaPublicKey> hostKey() {
        return Optional.of(hostKey);
    }

    @Override
    public ByteBuf open(ByteBuf frame) {
        return receiving
                .open(frame)
                .orElseThrow(() -> new LocalFailure(
                        "message-signature",
                        "a message does not have the signature that its octets call for",
                        "another MAC",
                        "the MAC over the decrypted message",
                        "the octets were changed on their way, or the host errs: see whether it works over TLS, or with another"
                                + " encryption level"));
    }

    @Override
    public Pdu seal(int flags, Pdu body) {
        boolean salted = salted();
        int all = flags | BasicSecurityHeader.SEC_ENCRYPT | (salted ? BasicSecurityHeader.SEC_SECURE_CHECKSUM : 0);
        // a host that takes the key exchange takes encrypted licensing as well; FreeRDP relies on it, too
        int said = (flags & BasicSecurityHeader.SEC_LICENSE_PKT) != 0
                ? all | BasicSecurityHeader.SEC_LICENSE_ENCRYPT
                : all;
        return FrameSecurity.sealed(sending, said, body);
    }

    @Override
    public ByteBuf sealFastPath(ByteBuf frame) {
        return FrameSecurity.sealFastPath(
                sending, salted(), frame, connection.channel().alloc());
    }

    private boolean salted() {
        return saltedMacs == SaltedMacs.ALWAYS
                || connection.facts().serverCapabilities().stream()
                        .anyMatch(set -> set instanceof GeneralCapabilitySet general
                                && (general.extraFlags() & GeneralCapabilitySet.ENC_SALTED_CHECKSUM) != 0);
    }
}
