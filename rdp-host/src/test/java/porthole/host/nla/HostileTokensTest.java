package porthole.host.nla;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import porthole.protocol.failure.WireException;
import porthole.protocol.ntlm.ChallengeMessage;
import porthole.protocol.ntlm.NegotiateMessage;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.ntlm.NtlmExchange;
import porthole.protocol.ntlm.NtlmFlags;
import porthole.protocol.ntlm.NtlmIdentity;
import porthole.protocol.ntlm.NtlmNonces;
import porthole.protocol.ntlm.NtlmVersion;
import porthole.protocol.spnego.NegTokenInit;
import porthole.protocol.spnego.NegTokenResp;
import porthole.protocol.spnego.Oid;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** Tokens of clients that mean no good: refused with a status or a WireException, and nobody is let in. */
@Timeout(60)
class HostileTokensTest {
    private static final int RUNS = 3000;
    private static final Bytes NONE = Bytes.of(new byte[16]);
    private static final Bytes CHALLENGE = Bytes.hex("0123456789abcdef");
    private static final Bytes NEGOTIATE =
            Bytes.of(NegotiateMessage.of(NtlmFlags.CLIENT, NtlmVersion.CLIENT).toByteArray());

    private static NlaHost host() {
        return NlaHost.of(List.of(HostUser.of("alice", "x")), Runnable::run);
    }

    private static Acceptor acceptor(NlaHost host, Bytes first) {
        return host.acceptor(first, "box.lab.test", CHALLENGE, NONE, 0);
    }

    /** What a client with the right password answers. */
    private static Bytes authenticate(Bytes challenge) {
        return Bytes.of(NtlmExchange.answer(
                        new NtlmExchange.Client(new NtlmIdentity("alice", "", Ntlm.ntHash("x")), "", "TERMSRV/box"),
                        NEGOTIATE,
                        challenge,
                        ChallengeMessage.decode(WireReader.of(challenge, "ChallengeMessage", "")),
                        new NtlmNonces(Bytes.of(new byte[8]), Bytes.of(new byte[16]), 0))
                .message()
                .toByteArray());
    }

    private static Optional<Acceptor.Step> step(Acceptor acceptor, Bytes token) {
        try {
            return Optional.of(acceptor.accept(token));
        } catch (WireException refused) {
            return Optional.empty();
        }
    }

    @Test
    void theRightAnswerLetsInAndEveryOtherOneDoesNot() {
        Acceptor right = acceptor(host(), NEGOTIATE);
        Bytes challenge = right.accept(NEGOTIATE).answer().orElseThrow();
        Bytes answer = authenticate(challenge);
        assertThat(right.accept(answer).status()).isZero();
        assertThat(right.user()).isEqualTo("alice");
        for (int length = 0; length < answer.size(); length++) {
            assertStaysOut(answer.slice(0, length));
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int run = 0; run < RUNS; run++) {
            byte[] changed = answer.toArray();
            changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            assertStaysOut(Bytes.of(changed));
        }
    }

    private static void assertStaysOut(Bytes answer) {
        Acceptor acceptor = acceptor(host(), NEGOTIATE);
        acceptor.accept(NEGOTIATE);
        step(acceptor, answer).ifPresent(step -> assertThat(step.status()).isNotZero());
        assertThat(acceptor.isComplete()).isFalse();
    }

    @Test
    void brokenNegotiationsGetAnAnswerOrARefusal() {
        Bytes init = Bytes.of(NegTokenInit.of(List.of(Oid.MS_KERBEROS, Oid.NTLM), Bytes.hex("00"))
                .toByteArray());
        Bytes resp = Bytes.of(NegTokenResp.of(
                        NegTokenResp.ACCEPT_INCOMPLETE,
                        Optional.of(Oid.NTLM),
                        Optional.of(NEGOTIATE),
                        Optional.of(Bytes.hex("00")))
                .toByteArray());
        SplittableRandom random = new SplittableRandom(2);
        for (int run = 0; run < RUNS; run++) {
            Acceptor acceptor = acceptor(host(), init);
            Bytes first = run % 2 == 0 ? changed(init, random) : init;
            step(acceptor, first);
            step(acceptor, changed(resp, random));
            step(acceptor, changed(resp, random));
            assertThat(acceptor.isComplete()).isFalse();
        }
        for (int length = 0; length < init.size(); length++) {
            Acceptor acceptor = acceptor(host(), init);
            assertThat(step(acceptor, init.slice(0, length))).isEmpty();
        }
        assertThat(acceptor(host(), resp).accept(resp).status()).isNotZero();
    }

    private static Bytes changed(Bytes token, SplittableRandom random) {
        byte[] octets = token.toArray();
        for (int change = 0; change <= random.nextInt(3); change++) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
        }
        return Bytes.of(octets);
    }

    @Test
    void aListWithoutASignatureIsNotBelievedWhereTheMechanismWasNotTheFirst() {
        Acceptor acceptor = acceptor(host(), Bytes.hex("60"));
        Acceptor.Step chosen =
                acceptor.accept(Bytes.of(NegTokenInit.of(List.of(Oid.KERBEROS, Oid.NTLM), Bytes.hex("00"))
                        .toByteArray()));
        assertThat(answer(chosen).negState()).hasValue(NegTokenResp.REQUEST_MIC);
        assertThat(answer(chosen).supportedMech()).contains(Oid.NTLM);
        Bytes challenge =
                answer(acceptor.accept(inner(NEGOTIATE))).responseToken().orElseThrow();
        acceptor.accept(inner(authenticate(challenge)));
        assertThat(acceptor.isComplete()).isFalse();
        Bytes nothing = Bytes.of(
                NegTokenResp.of(NegTokenResp.ACCEPT_COMPLETED, Optional.empty(), Optional.empty(), Optional.empty())
                        .toByteArray());
        assertThat(acceptor.accept(nothing).status()).isNotZero();
        assertThat(acceptor.isComplete()).isFalse();
    }

    private static Bytes inner(Bytes token) {
        return Bytes.of(
                NegTokenResp.of(NegTokenResp.ACCEPT_INCOMPLETE, Optional.empty(), Optional.of(token), Optional.empty())
                        .toByteArray());
    }

    private static NegTokenResp answer(Acceptor.Step step) {
        return NegTokenResp.decode(WireReader.of(step.answer().orElseThrow(), "NegTokenResp", ""));
    }

    /** The JDK reads Kerberos tokens; whatever it thinks of these, the host has to live on. */
    @Test
    void kerberosTokensOfAllKindsAreRefused(@TempDir Path folder) throws Exception {
        KerberosKeys keys = KerberosKeys.of(keytab(folder.resolve("host.keytab")));
        NlaHost host = NlaHost.of(List.of(), Runnable::run).withKerberos(keys).withoutNtlm();
        // the GSS-API frame, the token id of an AP-REQ, and an APPLICATION 14 with the beginning of its sequence
        String apReq = "6026" + "06092a864886f712010202" + "0100" + "6e17" + "3015" + "a003020105" + "a10302010e"
                + "a20703050020000000";
        SplittableRandom random = new SplittableRandom(3);
        for (int run = 0; run < 500; run++) {
            Bytes token = run < 50
                    ? Bytes.hex(apReq).slice(0, Math.min(run, apReq.length() / 2))
                    : changed(Bytes.hex(apReq), random);
            Acceptor acceptor = acceptor(host, Bytes.hex("60"));
            Optional<Acceptor.Step> step = step(
                    acceptor,
                    Bytes.of(NegTokenInit.of(List.of(Oid.MS_KERBEROS, Oid.KERBEROS), token)
                            .toByteArray()));
            step.ifPresent(one -> assertThat(one.status()).isNotZero());
            assertThat(acceptor.isComplete()).isFalse();
        }
    }

    /** One key of TERMSRV/box@LAB.TEST in MIT's file format, version 2. */
    private static Path keytab(Path file) throws IOException {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(entry);
        out.writeShort(2);
        for (String text : List.of("LAB.TEST", "TERMSRV", "box")) {
            out.writeShort(text.length());
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeInt(1); // name type
        out.writeInt(0); // time
        out.writeByte(1); // key version
        out.writeShort(18); // aes256-cts-hmac-sha1-96
        out.writeShort(32);
        out.write(new byte[32]);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        DataOutputStream all = new DataOutputStream(whole);
        all.writeShort(0x0502);
        all.writeInt(entry.size());
        all.write(entry.toByteArray());
        return Files.write(file, whole.toByteArray());
    }
}
