package porthole.transport;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.security.RsaPublicKey;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;

/**
 * What standard RDP security does to the messages of one connection once the basic settings are exchanged
 * (MS-RDPBCGR 5.3.6); under enhanced security, and without encryption, {@link #NONE} does nothing.
 *
 * <p>Phases never see protected messages: a frame is opened before a phase gets it, and looks then as enhanced security
 * would have sent it.
 */
public interface MessageProtection {
    /** Messages pass as they are. */
    MessageProtection NONE = new MessageProtection() {
        @Override
        public ByteBuf open(ByteBuf frame) {
            return frame;
        }

        @Override
        public Pdu seal(int flags, Pdu body) {
            return flags == 0 ? body : BasicSecurityHeader.of(flags).before(body);
        }

        @Override
        public ByteBuf sealFastPath(ByteBuf frame) {
            return frame;
        }
    };

    /** What has to be sent on the I/O channel, as it is, before the first protected message. */
    default Optional<Pdu> opening() {
        return Optional.empty();
    }

    /** What the client drew for the keys, 32 octets; zeros where there are none (MS-RDPBCGR 5.5). */
    default Bytes clientRandom() {
        return Bytes.of(new byte[32]);
    }

    /** The key of the certificate that the host showed in its security data, which licensing can do with as well. */
    default Optional<RsaPublicKey> hostKey() {
        return Optional.empty();
    }

    /**
     * Takes the protection off a whole inbound frame.
     *
     * @param frame handed over; its octets may be overwritten
     * @return the plain frame, which the caller owns: usually the same buffer with other indices
     */
    ByteBuf open(ByteBuf frame);

    /**
     * The user data of an outbound message.
     *
     * @param flags of the security header; zero for a message that has none under enhanced security
     * @param body what stands behind the header; is written once
     */
    Pdu seal(int flags, Pdu body);

    /**
     * Protects a whole fast-path input frame.
     *
     * @param frame handed over
     * @return a frame that the caller owns
     */
    ByteBuf sealFastPath(ByteBuf frame);
}
