package porthole.transport.standard;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.Connection;
import porthole.transport.ConnectionSpec;
import porthole.transport.MessageProtection;
import porthole.transport.PhaseHandler;
import porthole.transport.SecurityLayer;
import porthole.transport.StageClock;

/**
 * Standard RDP security alone (PROTOCOL_RDP): no TLS, nobody proves who the host is, and the host may choose not to encrypt.
 *
 * @param encryptionMethods that are offered, bits of {@link EncryptionMethod}; a method that was not offered is refused
 * @param saltedMacs when MACs count messages
 */
public record StandardSecurityLayer(int encryptionMethods, SaltedMacs saltedMacs) implements SecurityLayer {
    /** Every method there is. */
    public static final int ALL_METHODS =
            EncryptionMethod.BITS_40 | EncryptionMethod.BITS_56 | EncryptionMethod.BITS_128 | EncryptionMethod.FIPS;

    /** Offers every method. */
    public StandardSecurityLayer() {
        this(ALL_METHODS, SaltedMacs.AS_HOST_SAYS);
    }

    @Override
    public String name() {
        return "rdp";
    }

    @Override
    public SecurityProtocols protocol() {
        return SecurityProtocols.RDP;
    }

    @Override
    public boolean canUse(ConnectionSpec spec) {
        return true;
    }

    @Override
    public CompletionStage<Attempt> prepare(ConnectionSpec spec, StageClock clock, Executor blocking) {
        return CompletableFuture.completedFuture(new Attempt() {
            @Override
            public Optional<PhaseHandler> authentication(Connection connection) {
                return Optional.empty();
            }

            @Override
            public MessageProtection protection(Connection connection, ServerSecurityData choice) {
                return StandardProtection.establish(
                        connection, choice, encryptionMethods, saltedMacs, connection.random());
            }
        });
    }
}
