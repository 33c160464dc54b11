package porthole.protocol.gcc;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Server Security Data, TS_UD_SC_SEC1 (MS-RDPBCGR 2.2.1.4.3).
 *
 * <p>With an encryption method other than none, both optional fields are present and the random has 32 octets.
 *
 * @param encryptionMethod the one that the host chose, see {@link EncryptionMethod}
 * @param encryptionLevel {@link #LEVEL_NONE} to {@link #LEVEL_FIPS}
 * @param serverCertificate proprietary or X.509, for whoever reads MS-RDPBCGR 2.2.1.4.3.1; present with the random
 */
public record ServerSecurityData(
        int encryptionMethod,
        int encryptionLevel,
        Optional<Bytes> serverRandom,
        Optional<Bytes> serverCertificate,
        Bytes trailing)
        implements ServerDataBlock {
    public static final int TYPE = 0x0C02;

    public static final int LEVEL_NONE = 0;
    public static final int LEVEL_LOW = 1;
    public static final int LEVEL_CLIENT_COMPATIBLE = 2;
    public static final int LEVEL_HIGH = 3;
    public static final int LEVEL_FIPS = 4;

    public static final int SERVER_RANDOM_SIZE = 32;

    public ServerSecurityData {
        if (serverRandom.isPresent() != serverCertificate.isPresent()) {
            throw new IllegalArgumentException("serverRandom and serverCertificate are present together");
        }
    }

    /** The host's choice under enhanced security: no encryption of its own. */
    public static ServerSecurityData none() {
        return new ServerSecurityData(0, 0, Optional.empty(), Optional.empty(), Bytes.EMPTY);
    }

    public ServerSecurityData(int encryptionMethod, int encryptionLevel, Bytes serverRandom, Bytes serverCertificate) {
        this(encryptionMethod, encryptionLevel, Optional.of(serverRandom), Optional.of(serverCertificate), Bytes.EMPTY);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Decodes what follows the header. */
    public static ServerSecurityData decode(WireReader in) {
        int method = in.s32le("encryptionMethod");
        int level = in.s32le("encryptionLevel");
        if (method == 0 && !in.has(8)) {
            return new ServerSecurityData(method, level, Optional.empty(), Optional.empty(), in.rest("trailing"));
        }
        int randomLength = in.count(in.u32le("serverRandomLen"), 1, "serverRandomLen");
        in.check(method == 0 || randomLength == SERVER_RANDOM_SIZE, 4, "serverRandomLen", randomLength, "32");
        long certificateLength = in.u32le("serverCertLen");
        int left = in.remaining();
        in.check(
                randomLength + certificateLength <= left,
                4,
                "serverCertLen",
                certificateLength,
                "with the random no more than the " + left + " octets that follow");
        Bytes random = in.bytes(randomLength, "serverRandom");
        Bytes certificate = in.bytes((int) certificateLength, "serverCertificate");
        return new ServerSecurityData(
                method, level, Optional.of(random), Optional.of(certificate), in.rest("trailing"));
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(encryptionMethod).u32le(encryptionLevel);
        if (serverRandom.isPresent()) {
            Bytes random = serverRandom.get();
            Bytes certificate = serverCertificate.orElseThrow();
            out.u32le(random.size()).u32le(certificate.size()).bytes(random).bytes(certificate);
        }
        out.bytes(trailing);
    }
}
