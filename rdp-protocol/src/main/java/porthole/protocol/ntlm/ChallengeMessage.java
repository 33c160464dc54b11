package porthole.protocol.ntlm;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * CHALLENGE_MESSAGE (MS-NLMP 2.2.1.2).
 *
 * @param negotiateFlags see {@link NtlmFlags}
 * @param targetName UTF-16LE or OEM, as the flags say
 * @param serverChallenge 8 octets
 * @param reserved 8 octets
 * @param targetInfo empty where the field is
 * @param otherForm the whole message as received where its payload lies otherwise; else empty
 */
public record ChallengeMessage(
        Bytes targetName,
        int negotiateFlags,
        Bytes serverChallenge,
        Bytes reserved,
        Optional<AvPairs> targetInfo,
        Optional<NtlmVersion> version,
        Bytes otherForm)
        implements Pdu {
    private static final int TYPE = 2;
    private static final int HEADER = NtlmSignature.SIZE + PayloadField.SIZE + 4 + 8 + 8 + PayloadField.SIZE;

    /** The message of a host, with its payload in the usual order. */
    public static ChallengeMessage of(
            String targetName, int negotiateFlags, Bytes serverChallenge, AvPairs targetInfo, NtlmVersion version) {
        return new ChallengeMessage(
                Bytes.utf16le(targetName),
                negotiateFlags,
                serverChallenge,
                Bytes.of(new byte[8]),
                Optional.of(targetInfo),
                Optional.of(version),
                Bytes.EMPTY);
    }

    public static ChallengeMessage decode(WireReader token) {
        int begin = token.offset();
        int length = token.remaining();
        WireReader in = token;
        NtlmSignature.decode(in, TYPE);
        PayloadField name = PayloadField.decode(in, "targetName");
        int flags = in.s32le("negotiateFlags");
        Bytes challenge = in.bytes(8, "serverChallenge");
        Bytes reserved = in.bytes(8, "reserved");
        PayloadField info = PayloadField.decode(in, "targetInfo");
        int start = PayloadField.payloadStart(length, name, info);
        Optional<NtlmVersion> version = start >= HEADER + NtlmVersion.SIZE
                ? Optional.of(in.within("version", "MS-NLMP 2.2.2.10", NtlmVersion::decode))
                : Optional.empty();
        int read = in.offset() - begin;
        Bytes payload = in.rest("payload");
        Bytes pairs = info.in(in, payload, read);
        Optional<AvPairs> targetInfo = pairs.isEmpty()
                ? Optional.empty()
                : Optional.of(AvPairs.decode(WireReader.of(
                        pairs, begin + (int) info.offset(), "ChallengeMessage.targetInfo", "MS-NLMP 2.2.2.1")));
        ChallengeMessage plain = new ChallengeMessage(
                name.in(in, payload, read), flags, challenge, reserved, targetInfo, version, Bytes.EMPTY);
        return new ChallengeMessage(
                plain.targetName, flags, challenge, reserved, targetInfo, version, in.otherForm(begin, plain));
    }

    @Override
    public void encode(WireWriter out) {
        if (!otherForm.isEmpty()) {
            out.bytes(otherForm);
            return;
        }
        Bytes info = targetInfo.map(pairs -> Bytes.of(pairs.toByteArray())).orElse(Bytes.EMPTY);
        int at = HEADER + (version.isPresent() ? NtlmVersion.SIZE : 0);
        NtlmSignature.encode(out, TYPE);
        PayloadField.encode(out, targetName, at);
        out.u32le(negotiateFlags).bytes(serverChallenge).bytes(reserved);
        PayloadField.encode(out, info, at + targetName.size());
        version.ifPresent(out::pdu);
        out.bytes(targetName).bytes(info);
    }
}
