package porthole.protocol.info;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.4.3 Client Auto-Reconnect Packet (ARC_CS_PRIVATE_PACKET).
 *
 * @param securityVerifier 16 octets; whoever has them can take over the session
 */
public record ArcCsPrivatePacket(long version, long logonId, Bytes securityVerifier) implements Pdu {
    /** Octets on the wire. */
    public static final int SIZE = 28;

    public ArcCsPrivatePacket {
        if (securityVerifier.size() != 16) {
            throw new IllegalArgumentException("securityVerifier takes 16 octets, not " + securityVerifier.size());
        }
    }

    public static ArcCsPrivatePacket decode(WireReader in) {
        in.expect(in.u32le("cbLen"), SIZE, 4, "cbLen");
        return new ArcCsPrivatePacket(in.u32le("version"), in.u32le("logonId"), in.bytes(16, "securityVerifier"));
    }

    /**
     * The answer to a server's cookie (MS-RDPBCGR 5.5): HMAC-MD5 of the client random under the server's random bits.
     *
     * @param clientRandom 32 octets; all zero under enhanced security
     */
    public static ArcCsPrivatePacket answer(ArcScPrivatePacket cookie, Bytes clientRandom) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(cookie.arcRandomBits().toArray(), "HmacMD5"));
            return new ArcCsPrivatePacket(
                    cookie.version(), cookie.logonId(), Bytes.of(mac.doFinal(clientRandom.toArray())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-MD5", e);
        }
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(SIZE).u32le(version).u32le(logonId).bytes(securityVerifier);
    }

    /** Without the verifier. */
    @Override
    public String toString() {
        return "ArcCsPrivatePacket[version=" + version + ", logonId=" + logonId + ", securityVerifier=(redacted)]";
    }
}
