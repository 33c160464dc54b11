package porthole.protocol.licensing;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPELE 2.2.2.7 Server New License (SERVER_NEW_LICENSE).
 */
public record NewLicense(int flags, LicenseBinaryBlob encryptedLicenseInfo, Bytes macData, Bytes trailing)
        implements LicensingPdu {
    public NewLicense {
        if (macData.size() != 16) {
            throw new IllegalArgumentException("macData takes 16 octets, not " + macData.size());
        }
    }

    static NewLicense decode(int flags, WireReader in) {
        return new NewLicense(
                flags,
                LicenseBinaryBlob.read(in, "encryptedLicenseInfo"),
                in.bytes(16, "macData"),
                in.rest("trailing"));
    }

    @Override
    public int msgType() {
        return NEW_LICENSE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.pdu(encryptedLicenseInfo);
        out.bytes(macData);
        out.bytes(trailing);
    }
}
