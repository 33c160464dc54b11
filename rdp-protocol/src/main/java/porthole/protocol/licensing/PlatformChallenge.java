package porthole.protocol.licensing;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPELE 2.2.2.4 Server Platform Challenge (SERVER_PLATFORM_CHALLENGE).
 */
public record PlatformChallenge(
        int flags, long connectFlags, LicenseBinaryBlob encryptedPlatformChallenge, Bytes macData, Bytes trailing)
        implements LicensingPdu {
    public PlatformChallenge {
        if (macData.size() != 16) {
            throw new IllegalArgumentException("macData takes 16 octets, not " + macData.size());
        }
    }

    static PlatformChallenge decode(int flags, WireReader in) {
        return new PlatformChallenge(
                flags,
                in.u32le("connectFlags"),
                LicenseBinaryBlob.read(in, "encryptedPlatformChallenge"),
                in.bytes(16, "macData"),
                in.rest("trailing"));
    }

    @Override
    public int msgType() {
        return PLATFORM_CHALLENGE;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(connectFlags);
        out.pdu(encryptedPlatformChallenge);
        out.bytes(macData);
        out.bytes(trailing);
    }
}
