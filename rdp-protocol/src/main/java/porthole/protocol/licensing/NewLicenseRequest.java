package porthole.protocol.licensing;

import java.math.BigInteger;
import porthole.protocol.security.RsaPublicKey;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPELE 2.2.2.2 Client New License Request (CLIENT_NEW_LICENSE_REQUEST).
 *
 * @param clientRandom 32 octets
 * @param encryptedPremasterSecret a {@code BB_RANDOM_BLOB} of what {@link #encryptPremasterSecret} gives
 * @param clientUserName ANSI text with a terminator
 * @param clientMachineName likewise
 */
public record NewLicenseRequest(
        int flags,
        long preferredKeyExchangeAlg,
        long platformId,
        Bytes clientRandom,
        LicenseBinaryBlob encryptedPremasterSecret,
        LicenseBinaryBlob clientUserName,
        LicenseBinaryBlob clientMachineName,
        Bytes trailing)
        implements LicensingPdu {
    public static final long KEY_EXCHANGE_ALG_RSA = 1;
    public static final long CLIENT_OS_ID_WINNT_POST_52 = 0x04000000;
    public static final long CLIENT_IMAGE_ID_MICROSOFT = 0x00010000;
    private static final int PREMASTER = 48;

    public NewLicenseRequest {
        if (clientRandom.size() != 32) {
            throw new IllegalArgumentException("clientRandom takes 32 octets, not " + clientRandom.size());
        }
    }

    /**
     * A request under protocol version 3.
     *
     * @param platformId operating system and image, for example {@link #CLIENT_OS_ID_WINNT_POST_52}
     * @param encryptedPremaster from {@link #encryptPremasterSecret}
     */
    public static NewLicenseRequest of(
            int flags,
            long platformId,
            Bytes clientRandom,
            Bytes encryptedPremaster,
            String userName,
            String machineName) {
        return new NewLicenseRequest(
                flags,
                KEY_EXCHANGE_ALG_RSA,
                platformId,
                clientRandom,
                new LicenseBinaryBlob(LicenseBinaryBlob.BB_RANDOM_BLOB, encryptedPremaster),
                LicenseBinaryBlob.name(LicenseBinaryBlob.BB_CLIENT_USER_NAME_BLOB, userName),
                LicenseBinaryBlob.name(LicenseBinaryBlob.BB_CLIENT_MACHINE_NAME_BLOB, machineName),
                Bytes.EMPTY);
    }

    /**
     * MS-RDPELE 5.1.2.1: textbook RSA over little-endian octets, with eight zero octets behind the result.
     *
     * @param premaster48 48 fresh random octets
     */
    public static Bytes encryptPremasterSecret(BigInteger modulus, BigInteger exponent, Bytes premaster48) {
        if (premaster48.size() != PREMASTER) {
            throw new IllegalArgumentException("a premaster secret has 48 octets, not " + premaster48.size());
        }
        return new RsaPublicKey(modulus, exponent).encrypt(premaster48);
    }

    static NewLicenseRequest decode(int flags, WireReader in) {
        return new NewLicenseRequest(
                flags,
                in.u32le("preferredKeyExchangeAlg"),
                in.u32le("platformId"),
                in.bytes(32, "clientRandom"),
                LicenseBinaryBlob.read(in, "encryptedPremasterSecret"),
                LicenseBinaryBlob.read(in, "clientUserName"),
                LicenseBinaryBlob.read(in, "clientMachineName"),
                in.rest("trailing"));
    }

    @Override
    public int msgType() {
        return NEW_LICENSE_REQUEST;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(preferredKeyExchangeAlg).u32le(platformId).bytes(clientRandom);
        out.pdu(encryptedPremasterSecret)
                .pdu(clientUserName)
                .pdu(clientMachineName)
                .bytes(trailing);
    }
}
