package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Optional;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.mcs.SendData;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.security.SecurityExchangePdu;
import porthole.protocol.security.ServerCertificate;
import porthole.protocol.security.SessionKeys;
import porthole.protocol.security.StandardCipher;
import porthole.protocol.standard.FrameSecurity;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;

/** Standard RDP security: certificates, and frames that may or may not be what they say. */
class StandardSecurityFuzzTest {
    private static final int[] METHODS = {
        EncryptionMethod.BITS_40, EncryptionMethod.BITS_56, EncryptionMethod.BITS_128, EncryptionMethod.FIPS
    };
    private static final Bytes RANDOM = Bytes.of(new byte[SessionKeys.RANDOM_SIZE]);
    private static final int LARGEST = 4096;

    private static final Family PDUS =
            new Family(ServerCertificate::decode, SecurityExchangePdu::decode, BasicSecurityHeader::decode);

    @FuzzTest(maxDuration = "30s")
    void certificates(byte[] input) {
        PDUS.test(input);
    }

    /** Frames with or without right signatures: each is refused, or looks as enhanced security would have sent it. */
    @FuzzTest(maxDuration = "30s")
    void frames(byte[] input) {
        Oracle.refusesOrEnds(input.length, () -> open(new Cursor(input)));
    }

    private static void open(Cursor in) {
        SessionKeys keys = SessionKeys.derive(METHODS[in.u8() & 3], RANDOM, RANDOM);
        StandardCipher host = StandardCipher.serverToClient(keys);
        FrameSecurity client = new FrameSecurity(
                StandardCipher.serverToClient(keys), (in.u8() & 1) != 0, UnpooledByteBufAllocator.DEFAULT);
        while (in.hasMore()) {
            ByteBuf frame = frame(in, host);
            if (!frame.isReadable() || Framing.tpktOrFastPath(frame) != frame.readableBytes()) {
                return; // frames are cut before they are opened
            }
            ByteBuf plain;
            try {
                Optional<ByteBuf> opened = client.open(frame);
                if (opened.isEmpty()) {
                    frame.release();
                    return; // another signature
                }
                plain = opened.get();
            } catch (RuntimeException refused) {
                frame.release();
                throw refused;
            }
            if (plain.isReadable()) {
                Oracle.require(
                        Framing.tpktOrFastPath(plain) == plain.readableBytes(),
                        () -> plain.readableBytes() + " octets, and the frame says something else");
            }
            plain.release();
        }
    }

    private static ByteBuf frame(Cursor in, StandardCipher host) {
        int kind = in.u8();
        int flags = in.u16();
        byte[] body = in.part(in.u16() % LARGEST);
        boolean salted = (flags & BasicSecurityHeader.SEC_SECURE_CHECKSUM) != 0;
        return switch (kind & 3) {
            case 0 ->
                SendData.indication(
                        UnpooledByteBufAllocator.DEFAULT,
                        1002,
                        1003,
                        FrameSecurity.sealed(host, flags | BasicSecurityHeader.SEC_ENCRYPT, out -> out.bytes(body)));
            case 1 ->
                SendData.indication(
                        UnpooledByteBufAllocator.DEFAULT,
                        1002,
                        1003,
                        BasicSecurityHeader.of(flags).before(out -> out.bytes(body)));
            case 2 ->
                FrameSecurity.sealFastPath(
                        host,
                        salted,
                        Unpooled.buffer()
                                .writeByte(flags & 0x3C)
                                .writeShort(0x8000 | body.length + 3)
                                .writeBytes(body),
                        UnpooledByteBufAllocator.DEFAULT);
            default -> Unpooled.wrappedBuffer(body);
        };
    }
}
