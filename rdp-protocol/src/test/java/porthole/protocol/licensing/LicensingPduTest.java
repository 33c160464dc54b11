package porthole.protocol.licensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.protocol.failure.WireException;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.security.ServerCertificate;
import porthole.protocol.share.RecordedUserData;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class LicensingPduTest {
    private static final String XRDP = "freerdp-tls-xrdp/login-screen";

    private static byte[] recorded(Direction direction) {
        byte[] octets = RecordedUserData.first(XRDP, direction, "license");
        return Arrays.copyOfRange(octets, BasicSecurityHeader.SIZE, octets.length);
    }

    @Test
    void validClientIsWhatServersSend() {
        byte[] octets = RecordedUserData.first("freerdp-aad-faults/none", Direction.S2C, "license");
        assertThat(BasicSecurityHeader.of(BasicSecurityHeader.SEC_LICENSE_PKT)
                        .before(LicenseErrorMessage.validClient())
                        .toByteArray())
                .isEqualTo(octets);
        assertThat(LicenseErrorMessage.validClient().isValidClient()).isTrue();
        assertThat(LicenseErrorMessage.of(
                                3, LicenseErrorCode.ERR_NO_LICENSE_SERVER, LicenseStateTransition.ST_TOTAL_ABORT)
                        .isValidClient())
                .isFalse();
    }

    @Test
    void xrdpEndsLicensingWithALengthInTheSecurityHeader() {
        byte[] octets = Fixtures.recording(XRDP).pdus(Direction.S2C, "license").get(1);
        WireReader in = WireReader.of(Arrays.copyOfRange(octets, octets.length - 20, octets.length), "License", "");
        assertThat(BasicSecurityHeader.decode(in)).isEqualTo(new BasicSecurityHeader(0x80, 0x10));
        LicenseErrorMessage message = (LicenseErrorMessage) LicensingPdu.decode(in);
        assertThat(message.isValidClient()).isTrue();
        assertThat(message.flags()).isEqualTo(LicensingPdu.PREAMBLE_VERSION_2_0);
        assertThat(message.errorInfo()).isEqualTo(new LicenseBinaryBlob(0x1428, Bytes.EMPTY));
    }

    @Test
    void licenseRequestOfXrdp() {
        LicenseRequest request =
                (LicenseRequest) RecordedUserData.decode(recorded(Direction.S2C), LicensingPdu::decode);
        assertThat(request.productInfo().companyName().toUtf16le()).isEqualTo("Microsoft Corporation\0");
        assertThat(request.productInfo().productId().toUtf16le()).isEqualTo("236\0");
        assertThat(request.keyExchangeList())
                .isEqualTo(new LicenseBinaryBlob(LicenseBinaryBlob.BB_KEY_EXCHG_ALG_BLOB, Bytes.hex("01000000")));
        assertThat(request.scopeList()).hasSize(1);
        assertThat(request.scopeList().get(0).data().toAscii()).isEqualTo("microsoft.com\0");
        ServerCertificate certificate = request.certificate().orElseThrow();
        assertThat(certificate.publicKey().exponent()).isEqualTo(BigInteger.valueOf(0x10001));
        assertThat(certificate.publicKey().modulus().bitLength()).isEqualTo(511);
        assertThat(certificate.publicKey().modulus().toString(16))
                .startsWith("70ed9c6d895329747150")
                .endsWith("8ef7c9c701");
        assertThat(certificate.toByteArray())
                .isEqualTo(request.serverCertificate().data().toArray());
    }

    @Test
    void newLicenseRequestOfFreeRdp() {
        NewLicenseRequest request =
                (NewLicenseRequest) RecordedUserData.decode(recorded(Direction.C2S), LicensingPdu::decode);
        assertThat(request.flags()).isEqualTo(0x83);
        assertThat(request.platformId())
                .isEqualTo(NewLicenseRequest.CLIENT_OS_ID_WINNT_POST_52 | NewLicenseRequest.CLIENT_IMAGE_ID_MICROSOFT);
        assertThat(request.clientUserName().data().toAscii()).isEqualTo("alice\0");
        assertThat(request.clientMachineName().data().toAscii()).isEqualTo("LABCLIENT\0");
        assertThat(request.encryptedPremasterSecret().data().size()).isEqualTo(512 / 8 + 8);
        NewLicenseRequest ours = NewLicenseRequest.of(
                LicensingPdu.PREAMBLE_VERSION_3_0 | LicensingPdu.EXTENDED_ERROR_MSG_SUPPORTED,
                request.platformId(),
                request.clientRandom(),
                request.encryptedPremasterSecret().data(),
                "alice",
                "LABCLIENT");
        assertThat(ours.clientUserName()).isEqualTo(request.clientUserName());
        assertThat(ours.toByteArray()).hasSameSizeAs(recorded(Direction.C2S));
    }

    @Test
    void premasterSecretIsTextbookRsa() {
        BigInteger p = BigInteger.ONE.shiftLeft(521).subtract(BigInteger.ONE);
        BigInteger q = BigInteger.ONE.shiftLeft(607).subtract(BigInteger.ONE);
        BigInteger modulus = p.multiply(q);
        BigInteger exponent = BigInteger.valueOf(65537);
        byte[] secret = new byte[48];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) (200 + i);
        }
        byte[] cipher = NewLicenseRequest.encryptPremasterSecret(modulus, exponent, Bytes.of(secret))
                .toArray();
        assertThat(cipher).hasSize(modulus.bitLength() / 8 + 8);
        assertThat(Arrays.copyOfRange(cipher, cipher.length - 8, cipher.length)).containsOnly(0);
        BigInteger phi = p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE));
        byte[] plain = reversed(new BigInteger(1, reversed(cipher))
                .modPow(exponent.modInverse(phi), modulus)
                .toByteArray());
        assertThat(Arrays.copyOf(plain, 48)).isEqualTo(secret);
        assertThatThrownBy(() -> NewLicenseRequest.encryptPremasterSecret(modulus, exponent, Bytes.of(new byte[47])))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] reversed(byte[] octets) {
        byte[] turned = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            turned[i] = octets[octets.length - 1 - i];
        }
        return turned;
    }

    static Stream<LicensingPdu> everyMessage() {
        LicenseBinaryBlob blob = new LicenseBinaryBlob(LicenseBinaryBlob.BB_ENCRYPTED_DATA_BLOB, Bytes.hex("010203"));
        Bytes mac = Bytes.hex("00112233445566778899aabbccddeeff");
        Bytes random = Bytes.hex("5a".repeat(32));
        Bytes more = Bytes.hex("0102");
        return Stream.of(
                new PlatformChallenge(3, 0x10, blob, mac, Bytes.EMPTY),
                new NewLicense(3, blob, mac, more),
                new UpgradeLicense(2, blob, mac, Bytes.EMPTY),
                new LicenseInfo(0x83, 1, 0x04010000, random, blob, blob, blob, mac, Bytes.EMPTY),
                new PlatformChallengeResponse(0x83, blob, blob, mac, more),
                new LicenseRequest(
                        3,
                        random,
                        new LicenseRequest.ProductInformation(0x60000, Bytes.utf16le("A\0"), Bytes.utf16le("A02\0")),
                        blob,
                        new LicenseBinaryBlob(LicenseBinaryBlob.BB_CERTIFICATE_BLOB, Bytes.EMPTY),
                        List.of(),
                        Bytes.EMPTY),
                NewLicenseRequest.of(3, 0, random, Bytes.hex("01"), "u", "m"),
                LicenseErrorMessage.of(3, LicenseErrorCode.ERR_INVALID_MAC, LicenseStateTransition.ST_TOTAL_ABORT),
                new LicensingPdu.Unknown(0x77, 3, Bytes.hex("cafe")));
    }

    @ParameterizedTest
    @MethodSource("everyMessage")
    void messageOfEachType(LicensingPdu message) {
        byte[] octets = message.toByteArray();
        assertThat(RecordedUserData.decode(octets, LicensingPdu::decode)).isEqualTo(message);
        assertThat(octets[0] & 0xFF).isEqualTo(message.msgType());
        assertThat(octets[2] & 0xFF).isEqualTo(octets.length);
        RecordedUserData.holds(octets, LicensingPdu::decode);
    }

    @Test
    void theLengthMustBeThatOfTheMessage() {
        byte[] octets = LicenseErrorMessage.validClient().toByteArray();
        octets[2]--;
        assertThatThrownBy(() -> RecordedUserData.decode(octets, LicensingPdu::decode))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).isEqualTo("wMsgSize"));
    }

    @Test
    void codesHaveTexts() {
        assertThat(LicenseErrorCode.of(6)).hasValue(LicenseErrorCode.ERR_NO_LICENSE_SERVER);
        assertThat(LicenseErrorCode.of(0x99)).isEmpty();
        assertThat(LicenseStateTransition.of(1)).hasValue(LicenseStateTransition.ST_TOTAL_ABORT);
        for (LicenseErrorCode code : LicenseErrorCode.values()) {
            assertThat(code.meaning()).isNotBlank();
            assertThat(code.remedy()).isNotBlank();
        }
    }
}
