package porthole.protocol.ntlm;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * AUTHENTICATE_MESSAGE (MS-NLMP 2.2.1.3).
 *
 * @param domainName UTF-16LE or OEM, as the flags say; so are the other two names
 * @param encryptedRandomSessionKey 16 octets, or none where no key is exchanged
 * @param mic 16 octets over all three messages
 * @param otherForm the whole message as received where its payload lies otherwise; else empty
 */
public record AuthenticateMessage(
        Bytes lmChallengeResponse,
        Bytes ntChallengeResponse,
        Bytes domainName,
        Bytes userName,
        Bytes workstation,
        Bytes encryptedRandomSessionKey,
        int negotiateFlags,
        Optional<NtlmVersion> version,
        Optional<Bytes> mic,
        Bytes otherForm)
        implements Pdu {
    private static final int TYPE = 3;
    private static final int MIC = 16;
    private static final int HEADER = NtlmSignature.SIZE + 6 * PayloadField.SIZE + 4;

    public static AuthenticateMessage decode(WireReader token) {
        int begin = token.offset();
        int length = token.remaining();
        WireReader in = token;
        NtlmSignature.decode(in, TYPE);
        PayloadField lm = PayloadField.decode(in, "lmChallengeResponse");
        PayloadField nt = PayloadField.decode(in, "ntChallengeResponse");
        PayloadField domain = PayloadField.decode(in, "domainName");
        PayloadField user = PayloadField.decode(in, "userName");
        PayloadField workstation = PayloadField.decode(in, "workstation");
        PayloadField key = PayloadField.decode(in, "encryptedRandomSessionKey");
        int flags = in.s32le("negotiateFlags");
        int start = PayloadField.payloadStart(length, lm, nt, domain, user, workstation, key);
        Optional<NtlmVersion> version = start >= HEADER + NtlmVersion.SIZE
                ? Optional.of(in.within("version", "MS-NLMP 2.2.2.10", NtlmVersion::decode))
                : Optional.empty();
        Optional<Bytes> mic =
                start >= HEADER + NtlmVersion.SIZE + MIC ? Optional.of(in.bytes(MIC, "mic")) : Optional.empty();
        int read = in.offset() - begin;
        Bytes payload = in.rest("payload");
        AuthenticateMessage plain = new AuthenticateMessage(
                lm.in(in, payload, read),
                nt.in(in, payload, read),
                domain.in(in, payload, read),
                user.in(in, payload, read),
                workstation.in(in, payload, read),
                key.in(in, payload, read),
                flags,
                version,
                mic,
                Bytes.EMPTY);
        return plain.with(mic, in.otherForm(begin, plain));
    }

    private AuthenticateMessage with(Optional<Bytes> newMic, Bytes newOtherForm) {
        return new AuthenticateMessage(
                lmChallengeResponse,
                ntChallengeResponse,
                domainName,
                userName,
                workstation,
                encryptedRandomSessionKey,
                negotiateFlags,
                version,
                newMic,
                newOtherForm);
    }

    /** The same message with this MIC. */
    public AuthenticateMessage withMic(Bytes newMic) {
        return with(Optional.of(newMic), Bytes.EMPTY);
    }

    @Override
    public void encode(WireWriter out) {
        if (!otherForm.isEmpty()) {
            out.bytes(otherForm);
            return;
        }
        int domainAt = HEADER
                + (version.isPresent() ? NtlmVersion.SIZE : 0)
                + mic.map(Bytes::size).orElse(0);
        int userAt = domainAt + domainName.size();
        int workstationAt = userAt + userName.size();
        int lmAt = workstationAt + workstation.size();
        int ntAt = lmAt + lmChallengeResponse.size();
        NtlmSignature.encode(out, TYPE);
        PayloadField.encode(out, lmChallengeResponse, lmAt);
        PayloadField.encode(out, ntChallengeResponse, ntAt);
        PayloadField.encode(out, domainName, domainAt);
        PayloadField.encode(out, userName, userAt);
        PayloadField.encode(out, workstation, workstationAt);
        PayloadField.encode(out, encryptedRandomSessionKey, ntAt + ntChallengeResponse.size());
        out.u32le(negotiateFlags);
        version.ifPresent(out::pdu);
        mic.ifPresent(out::bytes);
        out.bytes(domainName)
                .bytes(userName)
                .bytes(workstation)
                .bytes(lmChallengeResponse)
                .bytes(ntChallengeResponse)
                .bytes(encryptedRandomSessionKey);
    }

    /** The names; the responses, which a password could be guessed from, are left out. */
    @Override
    public String toString() {
        return "AuthenticateMessage[domainName=" + domainName.toUtf16le() + ", userName=" + userName.toUtf16le()
                + ", workstation=" + workstation.toUtf16le()
                + String.format(", negotiateFlags=0x%08X]", negotiateFlags);
    }
}
