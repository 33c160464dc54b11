package porthole.protocol.licensing;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPELE 2.2.2.3 Client License Information (CLIENT_LICENSE_INFO): the client has a license already.
 */
public record LicenseInfo(
        int flags,
        long preferredKeyExchangeAlg,
        long platformId,
        Bytes clientRandom,
        LicenseBinaryBlob encryptedPremasterSecret,
        LicenseBinaryBlob licenseInfo,
        LicenseBinaryBlob encryptedHwid,
        Bytes macData,
        Bytes trailing)
        implements LicensingPdu {
    public LicenseInfo {
        if (clientRandom.size() != 32) {
            throw new IllegalArgumentException("clientRandom takes 32 octets, not " + clientRandom.size());
        }
        if (macData.size() != 16) {
            throw new IllegalArgumentException("macData takes 16 octets, not " + macData.size());
        }
    }

    /**
     * Presents a stored licence under protocol version 3.
     *
     * @param encryptedPremaster from {@link NewLicenseRequest#encryptPremasterSecret}
     * @param license as the server gave it
     */
    public static LicenseInfo of(
            int flags, LicenseKeys keys, Bytes clientRandom, Bytes encryptedPremaster, Bytes license, HardwareId id) {
        Bytes plain = Bytes.of(id.toByteArray());
        return new LicenseInfo(
                flags,
                NewLicenseRequest.KEY_EXCHANGE_ALG_RSA,
                id.platformId(),
                clientRandom,
                new LicenseBinaryBlob(LicenseBinaryBlob.BB_RANDOM_BLOB, encryptedPremaster),
                new LicenseBinaryBlob(LicenseBinaryBlob.BB_DATA_BLOB, license),
                keys.sealed(plain),
                keys.mac(plain),
                Bytes.EMPTY);
    }

    static LicenseInfo decode(int flags, WireReader in) {
        return new LicenseInfo(
                flags,
                in.u32le("preferredKeyExchangeAlg"),
                in.u32le("platformId"),
                in.bytes(32, "clientRandom"),
                LicenseBinaryBlob.read(in, "encryptedPremasterSecret"),
                LicenseBinaryBlob.read(in, "licenseInfo"),
                LicenseBinaryBlob.read(in, "encryptedHwid"),
                in.bytes(16, "macData"),
                in.rest("trailing"));
    }

    @Override
    public int msgType() {
        return LICENSE_INFO;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(preferredKeyExchangeAlg);
        out.u32le(platformId);
        out.bytes(clientRandom);
        out.pdu(encryptedPremasterSecret);
        out.pdu(licenseInfo);
        out.pdu(encryptedHwid);
        out.bytes(macData);
        out.bytes(trailing);
    }

    /** Without the licence. */
    @Override
    public String toString() {
        return "LicenseInfo[flags=" + flags + ", preferredKeyExchangeAlg=" + preferredKeyExchangeAlg + ", platformId="
                + platformId + ", licenseInfo=" + licenseInfo.data().size() + " octets, trailing=" + trailing + "]";
    }
}
