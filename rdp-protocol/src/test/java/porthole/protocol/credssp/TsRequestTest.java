package porthole.protocol.credssp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.protocol.DecoderLaws;
import porthole.protocol.Recorded;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

class TsRequestTest {
    private static final DecoderLaws LAWS =
            new DecoderLaws("TsRequest", b -> TsRequest.decode(WireReader.of(b, "TsRequest", "MS-CSSP 2.2.1")));
    private static final DecoderLaws CREDENTIALS = new DecoderLaws(
            "TsCredentials", b -> TsCredentials.decode(WireReader.of(b, "TsCredentials", "MS-CSSP 2.2.1.2")));
    private static final DecoderLaws PASSWORD = new DecoderLaws(
            "TsPasswordCreds", b -> TsPasswordCreds.decode(WireReader.of(b, "TsPasswordCreds", "MS-CSSP 2.2.1.2.1")));

    static Stream<Recorded> recorded() {
        // elsewhere the recorder takes every octet 0x30 for one of these
        return Recorded.ofKind("tsrequest").stream()
                .filter(recorded -> recorded.origin().startsWith("freerdp-nla-shadow/"));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void keepsTheRecordedOctetsInTheCanonicalForm(Recorded recorded) {
        TsRequest request = (TsRequest) LAWS.keeps(recorded.octets());
        assertThat(request.otherForm()).isEqualTo(Bytes.EMPTY);
        assertThat(request.version()).isEqualTo(6);
        LAWS.refusesEveryTruncation(recorded.octets());
    }

    @Test
    void changedMessagesAreRefusedOrKept() {
        byte[] all = TsRequest.of(6)
                .withNegoToken(Bytes.of(new byte[300]))
                .withAuthInfo(Bytes.of(new byte[20]))
                .withPubKeyAuth(Bytes.of(new byte[150]))
                .withErrorCode(0xC000006DL)
                .withClientNonce(Bytes.of(new byte[32]))
                .toByteArray();
        LAWS.keeps(all);
        LAWS.refusesEveryTruncation(all);
        LAWS.survivesMutations(all, 10_000, 7, octets -> octets);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 255, 0x7FFFFFFFL, 0x80000000L, 0x80090308L, 0xC000006DL, 0xFFFFFFFFL})
    void writesErrorCodesAsSignedNumbers(long code) {
        TsRequest request =
                (TsRequest) LAWS.keeps(TsRequest.of(3).withErrorCode(code).toByteArray());
        assertThat(request.errorCode()).hasValue(code);
        assertThat(request.otherForm()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void readsErrorCodesThatWereWrittenAsUnsigned() {
        TsRequest request = (TsRequest)
                LAWS.keeps(Bytes.hex("300e a003020103 a407 020500c000006d").toArray());
        assertThat(request.errorCode()).hasValue(0xC000006DL);
    }

    @Test
    void keepsElementsOfLaterVersions() {
        TsRequest request =
                (TsRequest) LAWS.keeps(Bytes.hex("300a a003020107 a603 0401ff").toArray());
        assertThat(request.version()).isEqualTo(7);
        assertThat(request.otherForm().size()).isEqualTo(12);
    }

    @Test
    void keepsCredentialsAndDoesNotShowThem() {
        TsPasswordCreds creds = TsPasswordCreds.of("LAB", "alice", "s3cret-word");
        PASSWORD.keeps(creds.toByteArray());
        TsCredentials credentials = TsCredentials.of(creds);
        CREDENTIALS.keeps(credentials.toByteArray());
        CREDENTIALS.refusesEveryTruncation(credentials.toByteArray());
        PASSWORD.refusesEveryTruncation(creds.toByteArray());
        CREDENTIALS.survivesMutations(credentials.toByteArray(), 3000, 1, octets -> octets);
        PASSWORD.survivesMutations(creds.toByteArray(), 3000, 2, octets -> octets);
        assertThat(creds + credentials.toString())
                .contains("alice")
                .doesNotContain("s3cret")
                .doesNotContain(Bytes.utf16le("s3cret").toHex());
    }

    @Test
    void bindsToTheKeyInBothForms() {
        Bytes key = Bytes.hex("3082010a02");
        Bytes nonce = Bytes.of(new byte[32]);
        PublicKeyBinding echo = new PublicKeyBinding(4, nonce, key);
        assertThat(echo.fromClient()).isEqualTo(key);
        assertThat(echo.fromServer().toHex()).isEqualTo("3182010a02");
        PublicKeyBinding hash = new PublicKeyBinding(5, nonce, key);
        assertThat(hash.fromClient().size()).isEqualTo(32);
        assertThat(hash.fromServer()).isNotEqualTo(hash.fromClient());
        assertThat(new PublicKeyBinding(2, nonce, Bytes.EMPTY).fromServer()).isEqualTo(Bytes.EMPTY);
    }

    @Test
    void explainsStatusCodes() {
        assertThat(NtStatus.of(0xC000006DL).name()).isEqualTo("STATUS_LOGON_FAILURE");
        assertThat(NtStatus.of((int) 0xC0000234L).meaning()).contains("locked");
        assertThat(NtStatus.of(0xC0000071L).remedy()).contains("new password");
        assertThat(NtStatus.of(0xC00700EAL).name()).isEqualTo("NTSTATUS_FROM_WIN32(234)");
        assertThat(NtStatus.of(0xC00700EAL).remedy()).contains("password");
        assertThat(NtStatus.of(0xC0070005L).meaning()).contains("Win32 error 5");
        assertThat(NtStatus.of(0xC0123456L).name()).isEqualTo("unknown");
        assertThat(NtStatus.all()).hasSizeGreaterThan(30).allSatisfy(status -> {
            assertThat(status.name()).matches("(STATUS|SEC_E)_[A-Z0-9_]+");
            assertThat(status.meaning()).isNotBlank().doesNotEndWith(".");
            assertThat(status.remedy()).isNotBlank();
        });
    }

    @Test
    void keepsTheEarlyUserAuthorizationResult() {
        DecoderLaws laws = new DecoderLaws(
                "EarlyUserAuthorizationResult",
                b -> EarlyUserAuthorizationResult.decode(
                        WireReader.of(b, "EarlyUserAuthorizationResult", "MS-RDPBCGR 2.2.10.2")));
        EarlyUserAuthorizationResult denied =
                (EarlyUserAuthorizationResult) laws.keeps(Bytes.hex("05000000").toArray());
        assertThat(denied.name()).isEqualTo("AUTHZ_ACCESS_DENIED");
        laws.refusesEveryTruncation(denied.toByteArray());
        assertThat(new EarlyUserAuthorizationResult(0).name()).isEqualTo("AUTHZ_SUCCESS");
        assertThat(new EarlyUserAuthorizationResult(7).name()).isEqualTo("unknown");
    }
}
