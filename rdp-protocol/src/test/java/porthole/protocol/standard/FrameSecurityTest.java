package porthole.protocol.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.fastpath.FastPathOutput;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.gcc.EncryptionMethod;
import porthole.protocol.mcs.DisconnectProviderUltimatum;
import porthole.protocol.mcs.SendData;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.redirection.StandardServerRedirectionPdu;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.security.SessionKeys;
import porthole.protocol.security.StandardCipher;
import porthole.protocol.share.ServerRedirectionPdu;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.x224.X224Data;

class FrameSecurityTest {
    private static final Bytes CLIENT = Bytes.hex("0102030405060708".repeat(4));
    private static final Bytes SERVER = Bytes.hex("a1a2a3a4a5a6a7a8".repeat(4));
    private static final Pdu BODY = out -> out.bytes(Bytes.hex("112233445566778899"));
    private static final int LICENSE = BasicSecurityHeader.SEC_LICENSE_PKT;

    private static SessionKeys keys(int method) {
        return SessionKeys.derive(method, CLIENT, SERVER);
    }

    private static ByteBuf indication(Pdu userData) {
        return SendData.indication(UnpooledByteBufAllocator.DEFAULT, 1002, 1003, userData);
    }

    private static ByteBuf sealed(StandardCipher cipher, int flags, Pdu body) {
        return indication(FrameSecurity.sealed(cipher, flags | BasicSecurityHeader.SEC_ENCRYPT, body));
    }

    private static FrameSecurity client(SessionKeys keys, boolean clear) {
        return new FrameSecurity(StandardCipher.serverToClient(keys), clear, UnpooledByteBufAllocator.DEFAULT);
    }

    private static byte[] octets(ByteBuf frame) {
        try {
            return ByteBufUtil.getBytes(frame);
        } finally {
            assertThat(frame.refCnt()).isEqualTo(1);
            frame.release();
        }
    }

    @ParameterizedTest
    @ValueSource(
            ints = {EncryptionMethod.BITS_40, EncryptionMethod.BITS_56, EncryptionMethod.BITS_128, EncryptionMethod.FIPS
            })
    void opensToWhatEnhancedSecurityWouldHaveSent(int method) {
        StandardCipher host = StandardCipher.serverToClient(keys(method));
        FrameSecurity client = client(keys(method), false);
        for (int salted : new int[] {0, BasicSecurityHeader.SEC_SECURE_CHECKSUM}) {
            assertThat(octets(client.open(sealed(host, salted, BODY)).orElseThrow()))
                    .isEqualTo(octets(indication(BODY)));
            assertThat(octets(client.open(sealed(host, LICENSE | salted, BODY)).orElseThrow()))
                    .isEqualTo(octets(indication(BasicSecurityHeader.of(LICENSE).before(BODY))));
            assertThat(octets(client.open(sealed(host, salted, out -> {})).orElseThrow()))
                    .isEqualTo(octets(indication(out -> {})));
            FastPathOutput update =
                    FastPathOutput.of(FastPathUpdate.single(FastPathUpdate.SYNCHRONIZE, Bytes.hex("0a0b0c")));
            ByteBuf frame = Unpooled.wrappedBuffer(update.toByteArray());
            ByteBuf protectedFrame =
                    FrameSecurity.sealFastPath(host, salted != 0, frame, UnpooledByteBufAllocator.DEFAULT);
            assertThat(frame.refCnt()).isZero();
            assertThat(protectedFrame.readableBytes())
                    .isLessThanOrEqualTo(update.toByteArray().length + FrameSecurity.FAST_PATH_OVERHEAD);
            assertThat(protectedFrame.getUnsignedByte(0) >> 6).isEqualTo(salted == 0 ? 2 : 3);
            assertThat(octets(client.open(protectedFrame).orElseThrow()))
                    .isEqualTo(new FastPathOutput(0, 0, true, update.fpOutputUpdates(), Bytes.EMPTY).toByteArray());
        }
    }

    @Test
    void whatIsNotSendDataPassesAndSoDoesLicensingInTheClear() {
        FrameSecurity client = client(keys(EncryptionMethod.BITS_128), false);
        for (Pdu userData : new Pdu[] {BasicSecurityHeader.of(LICENSE).before(BODY)}) {
            byte[] frame = octets(indication(userData));
            assertThat(octets(client.open(Unpooled.wrappedBuffer(frame.clone())).orElseThrow()))
                    .isEqualTo(frame);
        }
        byte[] goodbye = octets(X224Data.wrap(UnpooledByteBufAllocator.DEFAULT, new DisconnectProviderUltimatum(3)));
        assertThat(octets(client.open(Unpooled.wrappedBuffer(goodbye.clone())).orElseThrow()))
                .isEqualTo(goodbye);
    }

    @Test
    void clearTextIsForTheLowLevelOnly() {
        Pdu clear = BasicSecurityHeader.of(0).before(BODY);
        assertThat(octets(client(keys(EncryptionMethod.BITS_40), true)
                        .open(indication(clear))
                        .orElseThrow()))
                .isEqualTo(octets(indication(BODY)));
        FrameSecurity strict = client(keys(EncryptionMethod.BITS_40), false);
        assertThatThrownBy(() -> strict.open(indication(clear))).isInstanceOf(SequenceException.class);
        assertThatThrownBy(() -> strict.open(Unpooled.wrappedBuffer(new byte[] {0, 5, 3, 0, 0})))
                .isInstanceOf(SequenceException.class)
                .hasMessageContaining("fast-path");
    }

    @Test
    void aRedirectionGoesOnAsEnhancedSecurityHasIt() {
        SessionKeys keys = keys(EncryptionMethod.FIPS);
        ServerRedirectionPacket packet = ServerRedirectionPacket.of(
                3, 0, Map.of(ServerRedirectionPacket.Field.LOAD_BALANCE_INFO, Bytes.ascii("tsv://here\r\n")));
        ByteBuf frame = client(keys, false)
                .open(sealed(
                        StandardCipher.serverToClient(keys),
                        BasicSecurityHeader.SEC_REDIRECTION_PKT,
                        new StandardServerRedirectionPdu(packet, Bytes.EMPTY)))
                .orElseThrow();
        ShareControlPdu pdu = ShareControlPdu.decode(
                SendData.read(X224Data.unwrap(frame, null)).userData());
        assertThat(pdu)
                .isInstanceOfSatisfying(
                        ServerRedirectionPdu.class,
                        redirection ->
                                assertThat(redirection.serverRedirectionPdu()).isEqualTo(packet));
        frame.release();
    }

    @Test
    void messagesInAnotherOrderOrTwiceAreNoticed() {
        SessionKeys keys = keys(EncryptionMethod.FIPS);
        StandardCipher host = StandardCipher.serverToClient(keys);
        byte[] first = octets(sealed(host, 0, BODY));
        byte[] second = octets(sealed(host, 0, BODY));
        FrameSecurity client = client(keys, false);
        assertThat(client.open(Unpooled.wrappedBuffer(second))).isEmpty();
        FrameSecurity again = client(keys, false);
        assertThat(again.open(Unpooled.wrappedBuffer(first.clone()))).isPresent();
        assertThat(again.open(Unpooled.wrappedBuffer(first.clone()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {EncryptionMethod.BITS_56, EncryptionMethod.FIPS})
    void cutAndChangedFramesAreRefusedOrNoticed(int method) {
        SessionKeys keys = keys(method);
        StandardCipher host = StandardCipher.serverToClient(keys);
        byte[][] frames = {
            octets(sealed(host, 0, BODY)),
            octets(FrameSecurity.sealFastPath(
                    StandardCipher.serverToClient(keys),
                    true,
                    Unpooled.wrappedBuffer(new byte[] {0, 5, 3, 0, 0}),
                    UnpooledByteBufAllocator.DEFAULT))
        };
        for (byte[] frame : frames) {
            for (int length = 0; length < frame.length; length++) {
                assertThat(opened(keys, Arrays.copyOf(frame, length))).isEmpty();
            }
            SplittableRandom random = new SplittableRandom(7);
            for (int n = 0; n < 2000; n++) {
                byte[] changed = frame.clone();
                changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
                opened(keys, changed);
            }
        }
    }

    /** What becomes of it; only failures of the one family may be thrown, and the frame stays the caller's then. */
    private static Optional<Bytes> opened(SessionKeys keys, byte[] octets) {
        ByteBuf frame = Unpooled.wrappedBuffer(octets);
        try {
            return client(keys, false).open(frame).map(plain -> Bytes.of(ByteBufUtil.getBytes(plain)));
        } catch (RdpFailure refused) {
            assertThat(frame.refCnt()).isEqualTo(1);
            return Optional.empty();
        }
    }
}
