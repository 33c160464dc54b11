package porthole.protocol.standard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Optional;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.mcs.SendData;
import porthole.protocol.redirection.StandardServerRedirectionPdu;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.security.StandardCipher;
import porthole.protocol.share.ServerRedirectionPdu;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.X224Data;

/**
 * Takes the protection of standard RDP security off whole frames, which look then as enhanced security would have sent them:
 * a security header stands only before the messages that it names.
 *
 * <p>Works in place. Not thread-safe.
 */
public final class FrameSecurity {
    private static final int SECURITY_BITS = BasicSecurityHeader.SEC_ENCRYPT
            | BasicSecurityHeader.SEC_SECURE_CHECKSUM
            | BasicSecurityHeader.SEC_RESET_SEQNO
            | BasicSecurityHeader.SEC_IGNORE_SEQNO;
    /** The flags of messages that have a security header under enhanced security, too. */
    private static final int NAMED = BasicSecurityHeader.SEC_TRANSPORT_REQ
            | BasicSecurityHeader.SEC_TRANSPORT_RSP
            | BasicSecurityHeader.SEC_INFO_PKT
            | BasicSecurityHeader.SEC_LICENSE_PKT
            | BasicSecurityHeader.SEC_AUTODETECT_REQ
            | BasicSecurityHeader.SEC_AUTODETECT_RSP
            | BasicSecurityHeader.SEC_HEARTBEAT;

    private static final int FAST_PATH_MASK = 0x3;
    private static final int FAST_PATH_SALTED = 0x40;
    private static final int FAST_PATH_ENCRYPTED = 0x80;
    private static final int TWO_OCTETS = 0x80;
    private static final int FAST_PATH_MAXIMUM = 0x7FFF;

    /** The most octets by which a fast-path frame gets longer when it is encrypted. */
    public static final int FAST_PATH_OVERHEAD = 1 /* length */ + 4 /* FIPS information */ + 8 /* signature */ + 7;

    private static final String FAST_PATH_SECTION = "MS-RDPBCGR 2.2.9.1.2";
    private static final String HEADER_SECTION = "MS-RDPBCGR 2.2.8.1.1.2";

    /** Octets of TPKT, X.224 and MCS up to the length of the user data. */
    private static final int HEAD = X224Data.HEADER_SIZE + 6;

    private final StandardCipher cipher;
    private final boolean clear;
    private final ByteBufAllocator allocator;
    private final byte[] head = new byte[HEAD];

    /**
     * @param cipher of the direction in which the frames go
     * @param clear whether messages may come in the clear; licensing may in any case
     */
    public FrameSecurity(StandardCipher cipher, boolean clear, ByteBufAllocator allocator) {
        this.cipher = cipher;
        this.clear = clear;
        this.allocator = allocator;
    }

    /**
     * Opens one whole frame of MCS or fast path; MCS's own PDUs pass as they are.
     *
     * @param frame is handed over where this returns a frame, and is the caller's still where it throws or returns none
     * @return the plain frame; empty where its signature is wrong
     */
    public Optional<ByteBuf> open(ByteBuf frame) {
        if (frame.isReadable() && (frame.getByte(frame.readerIndex()) & FAST_PATH_MASK) == 0) {
            return fastPath(frame);
        }
        WireReader in = X224Data.unwrap(frame, null);
        return SendData.follows(in) ? slowPath(frame, SendData.read(in)) : Optional.of(frame);
    }

    private Optional<ByteBuf> fastPath(ByteBuf frame) {
        int base = frame.readerIndex();
        WireReader in = WireReader.of(frame, "FastPath", FAST_PATH_SECTION);
        int header = in.u8("fpHeader");
        in.skip((in.peekU8("length1") & TWO_OCTETS) == 0 ? 1 : 2, "length");
        if ((header & FAST_PATH_ENCRYPTED) == 0) {
            mustBeClear("a fast-path frame in the clear");
            return Optional.of(frame);
        }
        int begin = base + in.offset() + cipher.headerSize() - 3;
        return cipher.open(in, (header & FAST_PATH_SALTED) != 0).map(plain -> {
            int size = plain.readableBytes();
            frame.setByte(begin, header & ~(FAST_PATH_ENCRYPTED | FAST_PATH_SALTED));
            frame.setShort(begin + 1, TWO_OCTETS << 8 | size + 3);
            return frame.setIndex(begin, begin + 3 + size);
        });
    }

    private Optional<ByteBuf> slowPath(ByteBuf frame, SendData data) {
        WireReader in = data.userData();
        int base = frame.readerIndex();
        int start = in.offset();
        BasicSecurityHeader header = in.within("securityHeader", HEADER_SECTION, BasicSecurityHeader::decode);
        int length = in.remaining();
        int from = in.offset();
        if (header.has(BasicSecurityHeader.SEC_ENCRYPT)) {
            from += cipher.headerSize();
            Optional<ByteBuf> plain = cipher.open(in, header.has(BasicSecurityHeader.SEC_SECURE_CHECKSUM));
            if (plain.isEmpty()) {
                return Optional.empty();
            }
            length = plain.get().readableBytes();
        } else if (!header.has(BasicSecurityHeader.SEC_LICENSE_PKT)) {
            mustBeClear(String.format("a message in the clear with security flags 0x%04X", header.flags()));
        }
        if (header.has(BasicSecurityHeader.SEC_REDIRECTION_PKT)) {
            return Optional.of(redirection(frame, data, base + from, length));
        }
        if ((header.flags() & NAMED) != 0) {
            from -= BasicSecurityHeader.SIZE;
            length += BasicSecurityHeader.SIZE;
            if (from == start) {
                return Optional.of(frame);
            }
            frame.setShortLE(base + from, header.flags() & ~SECURITY_BITS);
            frame.setShortLE(base + from + 2, header.flagsHi());
        }
        int begin = base + from - HEAD - 2;
        frame.getBytes(base, head);
        frame.setBytes(begin, head);
        frame.setShort(begin + 2, HEAD + 2 + length);
        frame.setShort(begin + HEAD, 0x8000 | length);
        return Optional.of(frame.setIndex(begin, begin + HEAD + 2 + length));
    }

    /** The packet goes on in the PDU that enhanced security has for it. */
    private ByteBuf redirection(ByteBuf frame, SendData data, int at, int length) {
        StandardServerRedirectionPdu pdu = StandardServerRedirectionPdu.decode(
                WireReader.of(frame.slice(at, length), "StandardServerRedirectionPdu", "MS-RDPBCGR 2.2.13.2.1"));
        ByteBuf plain = SendData.indication(
                allocator,
                data.initiator(),
                data.channelId(),
                ServerRedirectionPdu.of(data.initiator(), pdu.serverRedirectionPdu()));
        frame.release();
        return plain;
    }

    private void mustBeClear(String seen) {
        if (!clear) {
            throw new SequenceException(seen, "an encrypted one at this encryption level", "MS-RDPBCGR 5.3.2");
        }
    }

    /**
     * User data behind a security header with {@code flags}, encrypted while it is written; is written once.
     *
     * @param flags with SEC_ENCRYPT, and SEC_SECURE_CHECKSUM for a salted MAC
     */
    public static Pdu sealed(StandardCipher cipher, int flags, Pdu body) {
        return out -> {
            out.u16le(flags).u16le(0);
            int at = out.position();
            out.zeros(cipher.headerSize()).pdu(body);
            cipher.seal(out.buffer(), at, (flags & BasicSecurityHeader.SEC_SECURE_CHECKSUM) != 0);
        };
    }

    /**
     * A fast-path frame of either direction, encrypted.
     *
     * @param frame plain, with room for {@link #FAST_PATH_OVERHEAD} more octets in its length; is handed over
     */
    public static ByteBuf sealFastPath(
            StandardCipher cipher, boolean salted, ByteBuf frame, ByteBufAllocator allocator) {
        try {
            int base = frame.readerIndex();
            int header = frame.getUnsignedByte(base);
            int plainAt = base + ((frame.getByte(base + 1) & TWO_OCTETS) == 0 ? 2 : 3);
            int length = frame.writerIndex() - plainAt;
            int begin = 3 + cipher.headerSize();
            ByteBuf sealed = allocator.buffer(length + FAST_PATH_OVERHEAD + 3);
            sealed.writeByte(header | FAST_PATH_ENCRYPTED | (salted ? FAST_PATH_SALTED : 0))
                    .writeZero(begin - 1)
                    .writeBytes(frame, plainAt, length);
            cipher.seal(sealed, 3, salted);
            int size = sealed.readableBytes();
            if (size > FAST_PATH_MAXIMUM) {
                sealed.release();
                throw new IllegalStateException(size + " octets do not fit into a fast-path frame");
            }
            sealed.setShort(1, TWO_OCTETS << 8 | size);
            return sealed;
        } finally {
            frame.release();
        }
    }
}
