package porthole.protocol.ntlm;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import porthole.protocol.crypto.Rc4;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;

/** The NTLMv2 functions of MS-NLMP 3.3.2 and 3.4, named as there; each depends on its arguments alone. */
public final class Ntlm {
    private static final long UNIX_EPOCH_SECONDS = 11_644_473_600L;
    private static final Bytes END_POINT = Bytes.ascii("tls-server-end-point:");

    private Ntlm() {}

    /** The NT hash of a password: MD4 of its UTF-16LE octets, 16 octets. */
    public static Bytes ntHash(String password) {
        return Bytes.of(Md4.digest(Bytes.utf16le(password).toArray()));
    }

    /** NTOWFv2 (MS-NLMP 3.3.2) from the NT hash. */
    public static Bytes ntowfV2(Bytes ntHash, String user, String userDom) {
        char[] upper = user.toCharArray();
        for (int i = 0; i < upper.length; i++) {
            upper[i] = Character.toUpperCase(upper[i]); // one unit for one unit, as RtlUpcaseUnicodeString does
        }
        return hmacMd5(ntHash, Bytes.utf16le(new String(upper)), Bytes.utf16le(userDom));
    }

    /** NTProofStr (MS-NLMP 3.3.2). */
    public static Bytes ntProofStr(Bytes responseKeyNt, Bytes serverChallenge, Bytes temp) {
        return hmacMd5(responseKeyNt, serverChallenge, temp);
    }

    /** LMv2_RESPONSE (MS-NLMP 2.2.2.4), 24 octets. */
    public static Bytes lmV2Response(Bytes responseKeyLm, Bytes serverChallenge, Bytes clientChallenge) {
        return concat(hmacMd5(responseKeyLm, serverChallenge, clientChallenge), clientChallenge);
    }

    /** SessionBaseKey (MS-NLMP 3.3.2); for NTLMv2 it is the KeyExchangeKey as well. */
    public static Bytes sessionBaseKey(Bytes responseKeyNt, Bytes ntProofStr) {
        return hmacMd5(responseKeyNt, ntProofStr);
    }

    /** RC4 under a fresh key: EncryptedRandomSessionKey from ExportedSessionKey, and the way back. */
    public static Bytes rc4k(Bytes key, Bytes octets) {
        return Bytes.of(new Rc4(key.toArray()).apply(octets.toArray()));
    }

    /** The MIC over the three messages, the last one with zeros in its place (MS-NLMP 3.1.5.1.2). */
    public static Bytes mic(Bytes exportedSessionKey, Bytes negotiate, Bytes challenge, Bytes authenticate) {
        return hmacMd5(exportedSessionKey, negotiate, challenge, authenticate);
    }

    /** SIGNKEY with extended session security (MS-NLMP 3.4.5.2). */
    public static Bytes signKey(Bytes exportedSessionKey, boolean client) {
        return md5(exportedSessionKey, magic(client, "signing"));
    }

    /** SEALKEY with extended session security and 128-bit encryption (MS-NLMP 3.4.5.3). */
    public static Bytes sealKey(Bytes exportedSessionKey, boolean client) {
        return md5(exportedSessionKey, magic(client, "sealing"));
    }

    private static Bytes magic(boolean client, String use) {
        String way = client ? "client-to-server" : "server-to-client";
        return Bytes.ascii("session key to " + way + " " + use + " key magic constant\0");
    }

    /**
     * MsvAvChannelBindings (MS-NLMP 2.2.2.1): MD5 of gss_channel_bindings_struct with the type tls-server-end-point of RFC
     * 5929.
     *
     * @param certificateHash the hash of the host's certificate, by the algorithm of its signature
     */
    public static Bytes channelBindings(Bytes certificateHash) {
        return md5(Bytes.of(WireWriter.toByteArray(struct -> struct.zeros(16)
                .u32le(END_POINT.size() + certificateHash.size())
                .bytes(END_POINT)
                .bytes(certificateHash))));
    }

    /** FILETIME: 100 ns since 1601, UTC. */
    public static long fileTime(long epochSecond, int nano) {
        return (epochSecond + UNIX_EPOCH_SECONDS) * 10_000_000L + nano / 100;
    }

    static Bytes hmacMd5(Bytes key, Bytes... parts) {
        try {
            Mac mac = Mac.getInstance("HmacMD5");
            mac.init(new SecretKeySpec(key.toArray(), "HmacMD5"));
            for (Bytes part : parts) {
                mac.update(part.toArray());
            }
            return Bytes.of(mac.doFinal());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw missing(e);
        }
    }

    private static Bytes md5(Bytes... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (Bytes part : parts) {
                digest.update(part.toArray());
            }
            return Bytes.of(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw missing(e);
        }
    }

    static Bytes concat(Bytes... parts) {
        return Bytes.of(WireWriter.toByteArray(out -> {
            for (Bytes part : parts) {
                out.bytes(part);
            }
        }));
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("NTLM needs MD5 and HmacMD5, which this Java runtime does not allow", e);
    }
}
