package porthole.transport.sequence;

import porthole.protocol.licensing.HardwareId;
import porthole.protocol.licensing.LicenseInfo;
import porthole.protocol.licensing.LicenseKeys;
import porthole.protocol.licensing.LicensingPdu;
import porthole.protocol.licensing.NewLicenseRequest;
import porthole.protocol.security.RsaPublicKey;
import porthole.protocol.wire.Bytes;
import porthole.transport.Connection;
import porthole.transport.RandomSource;
import porthole.transport.licensing.LicenseStore.License;

/**
 * The client's answer to one license request, and the keys that both sides have from then on.
 *
 * @param message a {@link NewLicenseRequest} or, with a stored licence, a {@link LicenseInfo}
 */
record LicenseAnswer(LicensingPdu message, LicenseKeys keys, HardwareId hardwareId) {
    static final int FLAGS = LicensingPdu.PREAMBLE_VERSION_3_0 | LicensingPdu.EXTENDED_ERROR_MSG_SUPPORTED;
    private static final long PLATFORM =
            NewLicenseRequest.CLIENT_OS_ID_WINNT_POST_52 | NewLicenseRequest.CLIENT_IMAGE_ID_MICROSOFT;

    /** Asks for a new licence. */
    static LicenseAnswer forNew(Connection connection, RsaPublicKey key, Bytes serverRandom) {
        Secrets secrets = Secrets.draw(connection.random(), key);
        HardwareId id = HardwareId.of(PLATFORM, connection.spec().client().clientName());
        NewLicenseRequest request = NewLicenseRequest.of(
                FLAGS,
                PLATFORM,
                secrets.clientRandom,
                secrets.encrypted,
                connection.spec().credentials().user(),
                connection.spec().client().clientName());
        return new LicenseAnswer(request, secrets.keys(serverRandom), id);
    }

    /** Shows the licence that the store has. */
    static LicenseAnswer withStored(Connection connection, RsaPublicKey key, Bytes serverRandom, License license) {
        Secrets secrets = Secrets.draw(connection.random(), key);
        LicenseKeys keys = secrets.keys(serverRandom);
        LicenseInfo info = LicenseInfo.of(
                FLAGS, keys, secrets.clientRandom, secrets.encrypted, license.licenseInfo(), license.hardwareId());
        return new LicenseAnswer(info, keys, license.hardwareId());
    }

    private record Secrets(Bytes clientRandom, Bytes premaster, Bytes encrypted) {
        static Secrets draw(RandomSource random, RsaPublicKey key) {
            Bytes clientRandom = Bytes.of(random.octets(LicenseKeys.RANDOM_SIZE));
            Bytes premaster = Bytes.of(random.octets(LicenseKeys.PREMASTER_SIZE));
            return new Secrets(
                    clientRandom,
                    premaster,
                    NewLicenseRequest.encryptPremasterSecret(key.modulus(), key.exponent(), premaster));
        }

        LicenseKeys keys(Bytes serverRandom) {
            return LicenseKeys.derive(premaster, clientRandom, serverRandom);
        }
    }
}
