package porthole.host.fault;

import static porthole.host.fault.FaultBuilder.fault;
import static porthole.host.fault.FaultBuilder.instead;
import static porthole.host.fault.FaultBuilder.rewrite;
import static porthole.host.fault.ServerMessage.AUTHORIZATION_RESULT;
import static porthole.host.fault.ServerMessage.NLA_CHALLENGE;
import static porthole.host.fault.ServerMessage.NLA_KEY;
import static porthole.host.fault.ServerMessage.NLA_RESULT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import porthole.protocol.credssp.EarlyUserAuthorizationResult;
import porthole.protocol.credssp.NtStatus;
import porthole.protocol.credssp.TsRequest;
import porthole.protocol.failure.Stage;
import porthole.protocol.spnego.NegTokenResp;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** What can be wrong with CredSSP and NTLM, and every state of an account in which a host refuses a logon. */
final class NlaFaults {
    private static final String MALFORMED = "malformed-pdu";
    private static final String UNEXPECTED = "unexpected-message";
    private static final String NO_PROOF = "public-key-mismatch";
    private static final int VERSION = 6;
    private static final int TYPE_AT = 8;
    private static final int NAME_LENGTH_AT = 12;
    private static final int FLAGS_AT = 20;
    private static final int INFO_LENGTH_AT = 40;
    private static final int INFO_OFFSET_AT = 44;
    private static final int MANY = 1000;
    private static final List<Long> LATE = List.of(0xC000015BL, 0xC000006EL, 0xC0000413L, 0xC000006DL, 0xC0000022L);

    private NlaFaults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (NtStatus status : NtStatus.all()) {
            all.add(instead(
                            status.cause(),
                            NLA_KEY,
                            "refuses the logon with " + status.name(),
                            error(VERSION, status.code()))
                    .fails(status.cause()));
        }
        all.add(instead("nla-unknown-status", NLA_KEY, "refuses with an unknown status", error(VERSION, 0xC0FFEE00L))
                .fails("nla-refused"));
        for (long code : LATE) {
            NtStatus status = NtStatus.of(code);
            all.add(instead(
                            status.cause() + "-late",
                            NLA_RESULT,
                            "takes the credentials, then refuses with " + status.name(),
                            error(VERSION, code))
                    .fails(status.cause()));
        }
        requests(all);
        challenges(all);
        proofs(all);
        authorization(all);
        return all;
    }

    private static byte[] error(long version, long code) {
        return TsRequest.of(version).withErrorCode(code).toByteArray();
    }

    private static void requests(List<Fault> all) {
        all.add(instead("nla-version-0", NLA_CHALLENGE, "speaks version 0 of CredSSP", version(0))
                .fails("credssp-version"));
        all.add(request("nla-version-changes", NLA_KEY, "changes its version of CredSSP", r -> copy(5, r))
                .fails(UNEXPECTED));
        all.add(request("nla-version-99", NLA_CHALLENGE, "speaks a version to come, once", r -> copy(99, r))
                .fails(UNEXPECTED));
        all.add(instead("nla-no-token", NLA_CHALLENGE, "sends a TSRequest with its version alone", version(VERSION))
                .fails(UNEXPECTED));
        all.add(request(
                        "nla-many-tokens",
                        NLA_CHALLENGE,
                        "sends a thousand tokens",
                        r -> new TsRequest(
                                r.version(),
                                Collections.nCopies(MANY, Bytes.hex("00")),
                                r.authInfo(),
                                r.pubKeyAuth(),
                                r.errorCode(),
                                r.clientNonce(),
                                Bytes.EMPTY))
                .fails(MALFORMED));
        all.add(rewrite(
                        "nla-unknown-element",
                        NLA_CHALLENGE,
                        "adds an element that nobody knows",
                        frame -> Frames.der(Frames.join(Frames.derContents(frame), Frames.hex("a9030201ff"))))
                .survived());
        all.add(request("nla-error-code-0", NLA_CHALLENGE, "adds an error code of zero", r -> r.withErrorCode(0))
                .survived());
        all.add(rewrite(
                        "nla-inner-length",
                        NLA_CHALLENGE,
                        "says a length of four gigabytes inside",
                        frame -> Frames.der(Frames.hex("a003020106a184ffffffff3000")))
                .fails(MALFORMED));
    }

    private static byte[] version(long number) {
        return TsRequest.of(number).toByteArray();
    }

    private static TsRequest copy(long version, TsRequest request) {
        return new TsRequest(
                version,
                request.negoTokens(),
                request.authInfo(),
                request.pubKeyAuth(),
                request.errorCode(),
                request.clientNonce(),
                Bytes.EMPTY);
    }

    private static void challenges(List<Fault> all) {
        all.add(challenge("signature", "spells NTLMSSP wrongly", t -> Frames.octet(t, 0, 'M'))
                .fails(MALFORMED));
        all.add(challenge("type", "answers with a NEGOTIATE_MESSAGE", t -> Frames.octet(t, TYPE_AT, 1))
                .fails(MALFORMED));
        all.add(challenge("empty", "sends an empty token", t -> new byte[0]).fails(MALFORMED));
        all.add(challenge("name-length", "says 65535 octets of target name", t -> u16(t, NAME_LENGTH_AT, 0xFFFF))
                .fails(MALFORMED));
        all.add(challenge("info-offset", "puts the target info four gigabytes away", t -> u32(t, INFO_OFFSET_AT, -1))
                .fails(MALFORMED));
        all.add(challenge("info-in-header", "lets the target info begin in the header", t -> u32(t, INFO_OFFSET_AT, 4))
                .fails(MALFORMED));
        all.add(challenge("info-cut", "cuts the list of AV pairs off", t -> {
                    int length = (t[INFO_LENGTH_AT] & 0xFF | (t[INFO_LENGTH_AT + 1] & 0xFF) << 8) - 4;
                    return u16(t, INFO_LENGTH_AT, length);
                })
                .fails(MALFORMED));
        all.add(info("endless-av-pairs", "sends 60000 octets of AV pairs without an end", endless())
                .fails(MALFORMED));
        all.add(info("av-length", "says a length beyond the list in an AV pair", Frames.hex("0200ffff41000000"))
                .fails(MALFORMED));
        all.add(info("no-av-pairs", "sends no AV pairs but their end", Frames.hex("00000000"))
                .survived());
        all.add(challenge(
                        "weak-flags",
                        "offers neither 128 bits nor extended session security",
                        t -> u32(t, FLAGS_AT, 0x00828201))
                .fails("ntlm-too-weak"));
        all.add(challenge(
                        "spnego-reject",
                        "answers bare NTLM with a SPNEGO reject",
                        t -> NegTokenResp.of(NegTokenResp.REJECT, Optional.empty(), Optional.empty(), Optional.empty())
                                .toByteArray())
                .fails(MALFORMED));
    }

    private static byte[] endless() {
        byte[] pairs = new byte[60_000];
        for (int at = 0; at < pairs.length; at += 4) {
            pairs[at] = 2;
        }
        return pairs;
    }

    /** A challenge with other AV pairs, which come last in it. */
    private static FaultBuilder info(String name, String description, byte[] pairs) {
        return challenge(name, description, token -> {
            int offset = token[INFO_OFFSET_AT] & 0xFF | (token[INFO_OFFSET_AT + 1] & 0xFF) << 8;
            byte[] head = Arrays.copyOf(token, offset);
            return Frames.join(u16(u16(head, INFO_LENGTH_AT, pairs.length), INFO_LENGTH_AT + 2, pairs.length), pairs);
        });
    }

    private static FaultBuilder challenge(String name, String description, UnaryOperator<byte[]> rewriting) {
        return request(
                "ntlm-challenge-" + name,
                NLA_CHALLENGE,
                description,
                r -> TsRequest.of(r.version())
                        .withNegoToken(
                                Bytes.of(rewriting.apply(r.negoTokens().get(0).toArray()))));
    }

    private static void proofs(List<Fault> all) {
        all.add(proof("altered", "alters an octet of the proof", p -> Frames.octet(p, -1, p[p.length - 1] ^ 1))
                .fails(NO_PROOF));
        all.add(proof("empty", "proves the key with nothing", p -> new byte[0]).fails(NO_PROOF));
        all.add(proof("short", "cuts the proof in its signature", p -> Arrays.copyOf(p, 8))
                .fails(NO_PROOF));
        all.add(quirk("echoed", "proves the key with the client's own proof", Quirk.KEY_PROOF_ECHOED));
        all.add(quirk("of-other-key", "proves another key than its certificate's", Quirk.KEY_PROOF_OF_OTHER_KEY));
        all.add(quirk("of-other-nonce", "proves the key with another nonce", Quirk.KEY_PROOF_OF_OTHER_NONCE));
        all.add(instead("nla-key-absent", NLA_KEY, "goes on without a proof of the key", version(VERSION))
                .fails(UNEXPECTED));
        all.add(request(
                        "nla-key-with-token",
                        NLA_KEY,
                        "adds a token to the proof",
                        r -> r.withNegoToken(Bytes.ascii("NTLMSSP")))
                .fails(UNEXPECTED));
        all.add(instead("nla-success-late", NLA_RESULT, "sends one more TSRequest", version(VERSION))
                .fails(Stage.BASIC_SETTINGS_EXCHANGE, UNEXPECTED));
    }

    private static FaultBuilder proof(String name, String description, UnaryOperator<byte[]> rewriting) {
        return request(
                "nla-key-proof-" + name,
                NLA_KEY,
                description,
                r -> r.withPubKeyAuth(
                        Bytes.of(rewriting.apply(r.pubKeyAuth().orElseThrow().toArray()))));
    }

    private static Fault quirk(String name, String description, Quirk quirk) {
        return fault("nla-key-proof-" + name, Stage.AUTHENTICATION, description)
                .needs(Fault.NLA)
                .quirk(quirk)
                .fails(NO_PROOF);
    }

    private static void authorization(List<Fault> all) {
        all.add(authorization("denied", "says that the user may not log on", 5).fails("not-authorized"));
        all.add(authorization("unknown", "says an unknown result", 0x12345678).fails("not-authorized"));
        all.add(instead(
                        "authorization-error",
                        AUTHORIZATION_RESULT,
                        "sends an error in place of the result",
                        error(VERSION, 0xC000015BL))
                .fails("nla-logon-type-not-granted"));
        all.add(instead("authorization-request", AUTHORIZATION_RESULT, "sends one more TSRequest", version(VERSION))
                .fails(UNEXPECTED));
        all.add(fault(
                        "authorization-cut-off",
                        AUTHORIZATION_RESULT,
                        "sends half of the result and closes",
                        new Effect.Rewrite(frame -> new byte[2]),
                        new Effect.EndAfter(false))
                .fails("early-close"));
        all.add(fault("authorization-missing", AUTHORIZATION_RESULT, "sends no result", new Effect.Silence())
                .fails("deadline"));
    }

    private static FaultBuilder authorization(String name, String description, long result) {
        return instead(
                "authorization-" + name,
                AUTHORIZATION_RESULT,
                description,
                new EarlyUserAuthorizationResult(result).toByteArray());
    }

    private static FaultBuilder request(
            String name, ServerMessage message, String description, UnaryOperator<TsRequest> rewriting) {
        return rewrite(
                name,
                message,
                description,
                frame -> rewriting
                        .apply(TsRequest.decode(WireReader.of(frame, "TsRequest", "MS-CSSP 2.2.1")))
                        .toByteArray());
    }

    private static byte[] u16(byte[] octets, int at, int value) {
        octets[at] = (byte) value;
        octets[at + 1] = (byte) (value >> 8);
        return octets;
    }

    private static byte[] u32(byte[] octets, int at, int value) {
        return u16(u16(octets, at, value), at + 2, value >> 16);
    }
}
