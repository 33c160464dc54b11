package porthole.protocol.licensing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import porthole.protocol.share.RecordedUserData;
import porthole.protocol.wire.Bytes;

/** The licensing arithmetic against published examples: an exchange with a Windows licence server, and a challenge. */
class LicenseKeysTest {
    private static final Bytes CLIENT_RANDOM =
            Bytes.hex("4b5b7b43638a08fed17abaf5918577fe3936f6d778ec6acc894a90412cac5a49");
    private static final Bytes SERVER_RANDOM =
            Bytes.hex("5c81f011ebcfd10eb41fb3ba93a2d73909aa99e910d4d795ddad916905266b6a");
    private static final Bytes PREMASTER = Bytes.hex(
            "1428dafbb9ea38ab5ea2f904f7899c983d504577bf17811c" + "3787c24813e8c9204ddff327bdb6987e64dafe1d312f62ca");
    private static final LicenseKeys CHALLENGE_KEYS = new LicenseKeys(
            Bytes.hex("015b9e5f06977158c3b88b8c6e772137"), Bytes.hex("e178e4a02ac5cab8a2d153b80723f3d2"));
    private static final Bytes CHALLENGE = Bytes.utf16le("TEST\0");

    @Test
    void keysOfAPublishedExchange() {
        LicenseKeys keys = LicenseKeys.derive(PREMASTER, CLIENT_RANDOM, SERVER_RANDOM);
        assertThat(keys.macSaltKey().toHex()).isEqualTo("f70375b95fdad0beb42af5c13d98857a");
        assertThat(keys.licensingEncryptionKey().toHex()).isEqualTo("fa44e878d82b3f1d4d00a0a655ce8ab7");
        assertThat(keys).asString().doesNotContain("f703").doesNotContain("fa44");
    }

    @Test
    void aPublishedChallengeIsDecryptedAndItsMacHolds() {
        Bytes plain = CHALLENGE_KEYS.crypt(Bytes.hex("26388877cbe8bfce2c51"));
        assertThat(plain).isEqualTo(CHALLENGE);
        assertThat(CHALLENGE_KEYS.verifies(Bytes.hex("514a272c7418ec8895ddac103e3f0a72"), plain))
                .isTrue();
        assertThat(CHALLENGE_KEYS.verifies(Bytes.hex("514a272c7418ec8895ddac103e3f0a73"), plain))
                .isFalse();
        assertThat(CHALLENGE_KEYS.verifies(Bytes.hex("51"), plain)).isFalse();
    }

    @Test
    void aResponseHoldsTheChallengeAndTheHardwareUnderOneMac() {
        HardwareId id = HardwareId.of(0x04010000, "laptop");
        PlatformChallengeResponse response = PlatformChallengeResponse.of(0x83, CHALLENGE_KEYS, CHALLENGE, id);
        Bytes data = CHALLENGE_KEYS.crypt(
                response.encryptedPlatformChallengeResponse().data());
        Bytes hardware = CHALLENGE_KEYS.crypt(response.encryptedHwid().data());
        assertThat(data.toHex()).isEqualTo("000100ff03000a005400450053005400" + "0000");
        assertThat(RecordedUserData.decode(hardware.toArray(), HardwareId::decode))
                .isEqualTo(id);
        assertThat(CHALLENGE_KEYS.verifies(response.macData(), Bytes.hex(data.toHex() + hardware.toHex())))
                .isTrue();
    }

    @Test
    void theHardwareIsTheSameForTheSameName() {
        assertThat(HardwareId.of(1, "laptop")).isEqualTo(HardwareId.of(1, "laptop"));
        assertThat(HardwareId.of(1, "laptop")).isNotEqualTo(HardwareId.of(1, "desktop"));
        assertThat(HardwareId.of(1, "laptop").toByteArray()).hasSize(HardwareId.SIZE);
    }

    @Test
    void whatIsInsideTheEncryptedBlobsSurvivesHostility() {
        RecordedUserData.holds(HardwareId.of(0x04010000, "laptop").toByteArray(), HardwareId::decode);
        RecordedUserData.holds(
                PlatformChallengeResponseData.of(CHALLENGE).toByteArray(), PlatformChallengeResponseData::decode);
        NewLicenseInformation information = new NewLicenseInformation(
                0x60000,
                Bytes.ascii("microsoft.com\0"),
                Bytes.utf16le("Microsoft Corporation\0"),
                Bytes.utf16le("A02\0"),
                Bytes.hex("3082"),
                Bytes.EMPTY);
        RecordedUserData.holds(information.toByteArray(), NewLicenseInformation::decode);
        assertThat(RecordedUserData.decode(information.toByteArray(), NewLicenseInformation::decode))
                .isEqualTo(information);
        assertThat(information).asString().contains("licenseInfo=2 octets").doesNotContain("3082");
    }
}
