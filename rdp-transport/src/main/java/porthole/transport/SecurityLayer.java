package porthole.transport;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.x224.SecurityProtocols;

/**
 * How one negotiated protocol proves who we are, after TLS and before MCS.
 *
 * <p>A layer is a value that may serve many connections; what one connection needs of it is an {@link Attempt}.
 */
public interface SecurityLayer {
    /** The name on the command line and in events, for example {@code tls}. */
    String name();

    /** The flags of RDP_NEG_REQ that this layer asks for, those of protocols that it contains included (MS-RDPBCGR 2.2.1.1.1). */
    SecurityProtocols protocol();

    /** Whether RDP_NEG_REQ is sent at all; clients of standard RDP security alone send none (MS-RDPBCGR 2.2.1.1). */
    default boolean negotiates() {
        return protocol().bits() != 0;
    }

    /**
     * Whether this layer goes on after the host selected that: by default, after any one of the flags that it asks for.
     *
     * <p>A layer that asks for more flags than its own, because its protocol contains others, takes its own alone.
     */
    default boolean accepts(SecurityProtocols selected) {
        return protocol().bits() == 0 ? selected.bits() == 0 : selected.isOneOf(protocol());
    }

    /** Whether its flags go into a request of their own, not together with those of other layers. */
    default boolean isAskedForAlone() {
        return false;
    }

    /** The flags of RDP_NEG_REQ that the layer needs (MS-RDPBCGR 2.2.1.1.1). */
    default int requestFlags() {
        return 0;
    }

    /** The encryption methods of standard RDP security that are offered; none under enhanced security (MS-RDPBCGR 2.2.1.3.3). */
    default int encryptionMethods() {
        return EncryptionMethod.NONE;
    }

    /** Whether the password stays here: it goes into no Client Info PDU either (MS-RDPBCGR 2.2.1.11.1.1). */
    default boolean keepsPassword() {
        return false;
    }

    /** Whether these credentials are enough; only a layer that says yes is offered to the host. */
    boolean canUse(ConnectionSpec spec);

    /**
     * Obtains what must not age while the host waits, before the connection is opened that offers this layer.
     *
     * @param clock is told the stages that this takes
     * @param blocking where work may wait
     */
    CompletionStage<Attempt> prepare(ConnectionSpec spec, StageClock clock, Executor blocking);

    /** What one connection uses of a layer. */
    interface Attempt {
        /** The phase that authenticates, or empty where the protocol has none of its own (plain TLS). */
        Optional<PhaseHandler> authentication(Connection connection);

        /** What guards messages from now on, as the host chose it; under enhanced security nothing does but TLS. */
        default MessageProtection protection(Connection connection, ServerSecurityData choice) {
            if (choice.encryptionMethod() != 0 || choice.encryptionLevel() != 0) {
                throw new SequenceException(
                        String.format(
                                "encryptionMethod 0x%08X, encryptionLevel %d",
                                choice.encryptionMethod(), choice.encryptionLevel()),
                        "no encryption of its own under " + connection.facts().selectedProtocol(),
                        "MS-RDPBCGR 2.2.1.4.3");
            }
            return MessageProtection.NONE;
        }
    }
}
