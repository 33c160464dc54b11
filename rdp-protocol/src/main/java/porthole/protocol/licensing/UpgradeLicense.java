package porthole.protocol.licensing;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPELE 2.2.2.6 Server Upgrade License (SERVER_UPGRADE_LICENSE).
 */
public record UpgradeLicense(int flags, LicenseBinaryBlob encryptedLicenseInfo, Bytes macData, Bytes trailing)
        implements LicensingPdu {
    public UpgradeLicense {
        if (macData.size() != 16) {
            throw new IllegalArgumentException("macData takes 16 octets, not " + macData.size());
        }
    }

    static UpgradeLicense decode(int flags, WireReader in) {
        return new UpgradeLicense(
                flags,
                LicenseBinaryBlob.read(in, "encryptedLicenseInfo"),
                in.bytes(16, "macData"),
                in.rest("trailing"));
    }

    @Override
    public int msgType() {
        return UPGRADE_LICENSE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.pdu(encryptedLicenseInfo);
        out.bytes(macData);
        out.bytes(trailing);
    }
}
