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
}
