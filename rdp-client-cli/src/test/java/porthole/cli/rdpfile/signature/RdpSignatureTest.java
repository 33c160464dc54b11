package porthole.cli.rdpfile.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.cli.rdpfile.RdpDocument;
import porthole.cli.rdpfile.RdpLine;
import porthole.cli.rdpfile.signature.SignatureReport.State;

/** The file {@code signed.rdp} was signed with OpenSSL, as rdpsign does it. */
class RdpSignatureTest {
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");
    private static byte[] octets;
    private static Path authority;

    @BeforeAll
    static void read(@TempDir Path folder) throws Exception {
        octets = RdpDocument.class.getResourceAsStream("signed.rdp").readAllBytes();
        authority = folder.resolve("ca.pem");
        Files.write(
                authority,
                RdpDocument.class.getResourceAsStream("publisher-authority.pem").readAllBytes());
    }

    private static SignerTrust trust() {
        return new SignerTrust(Optional.of(authority), LATER);
    }

    private static String text() {
        return new String(octets, 2, octets.length - 2, StandardCharsets.UTF_16LE);
    }

    private static SignatureReport verify(String text, SignerTrust trust) {
        return RdpSignature.verify(RdpDocument.parse("test.rdp", text.getBytes(StandardCharsets.UTF_8)), trust);
    }

    @Test
    void aSignedFileIsTrustedWithItsAuthority() {
        SignatureReport report = RdpSignature.verify(RdpDocument.parse("signed.rdp", octets), trust());
        assertThat(report.state()).as(report.why()).isEqualTo(State.VALID);
        assertThat(report.isTrusted()).isTrue();
        assertThat(report.signerName()).isEqualTo("CN=Test publisher");
        assertThat(report.signerHashes())
                .hasValueSatisfying(hashes -> assertThat(hashes).startsWith("sha256:"));
        assertThat(report.digest()).isEqualTo("SHA256");
        assertThat(report.signed()).hasSize(10).extracting(RdpLine::key).contains("full address", "gatewayhostname");
    }

    @Test
    void theEncodingOfTheFileDoesNotMatter() {
        assertThat(verify(text(), trust()).state()).isEqualTo(State.VALID);
        assertThat(verify(text().replace("\r\n", "\n"), trust()).state()).isEqualTo(State.VALID);
    }

    @Test
    void nobodyVouchesForTheSignerWithTheSystemsAuthorities() {
        SignatureReport report = verify(text(), new SignerTrust(Optional.empty(), LATER));
        assertThat(report.state()).isEqualTo(State.UNTRUSTED);
        assertThat(report.why()).contains("the system");
        assertThat(verify(text(), new SignerTrust(Optional.of(authority), Instant.parse("2001-01-01T00:00:00Z")))
                        .state())
                .as("before the certificate was valid")
                .isEqualTo(State.UNTRUSTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "full address:s:host.example>full address:s:evil.example",
                "gatewayusagemethod:i:1>gatewayusagemethod:i:0",
                "redirectclipboard:i:0>redirectclipboard:i:1",
                "server port:i:3389>server port:s:3389",
                "RedirectClipboard>RedirectPrinters",
                "RedirectClipboard\r\n>\r\n",
                "audiomode:i:2\r\n>",
                "audiomode:i:2>AudioMode:i:2"
            })
    void anAlteredFileIsNoticed(String change) {
        String[] parts = change.split(">", -1);
        assertThat(text()).contains(parts[0]);
        assertThat(verify(text().replaceFirst(parts[0], parts[1]), trust()).state())
                .isEqualTo(State.ALTERED);
    }

    @Test
    void whatIsOutsideTheScopeMayChangeAndIsListed() {
        SignatureReport other = verify(text().replace("desktopwidth:i:1280", "desktopwidth:i:800"), trust());
        assertThat(other.isTrusted()).isTrue();
        SignatureReport added = verify(text() + "drivestoredirect:s:*\r\n", trust());
        assertThat(added.state()).isEqualTo(State.VALID);
        assertThat(added.isTrusted()).isFalse();
        assertThat(added.outside()).extracting(RdpLine::key).containsExactly("drivestoredirect");
    }

    @Test
    void aSecondAddressBehindTheSignedOneIsNotCovered() {
        SignatureReport report = verify(text() + "full address:s:evil.example\r\n", trust());
        assertThat(report.isTrusted()).isFalse();
        assertThat(report.outside()).extracting(RdpLine::value).containsExactly("evil.example");
    }

    @Test
    void aFileWithoutSignatureIsUnsigned() {
        assertThat(verify("full address:s:h\n", trust()).state()).isEqualTo(State.UNSIGNED);
        assertThat(verify("full address:s:h\nsignscope:s:Full Address\n", trust())
                        .state())
                .isEqualTo(State.MALFORMED);
        String twice = text() + text().substring(text().indexOf("signature:s:"));
        assertThat(verify(twice, trust()).state()).isEqualTo(State.MALFORMED);
    }

    @Test
    void brokenBlobsAreMalformed() {
        for (String blob : new String[] {
            "", "A", "AAAA", "!!!!", "AQABAAEAAAD/////", "AQABAAEAAAAAAAAA", "AQABAAIAAAAAAAAA", "AQABAAEAAAACAAAAMAA="
        }) {
            String changed = text().replaceFirst("signature:s:[^\r]*", "signature:s:" + blob);
            State state = verify(changed, trust()).state();
            assertThat(state).as(blob).isEqualTo(State.MALFORMED);
        }
    }

    @Test
    void everyChangedOrMissingOctetOfTheSignatureIsNoticed() {
        String value = RdpDocument.parse("signed.rdp", octets)
                .line("signature")
                .orElseThrow()
                .value();
        byte[] blob = Base64.getDecoder().decode(value.replace(" ", ""));
        SplittableRandom random = new SplittableRandom(9);
        int valid = 0;
        for (int i = 0; i < 400; i++) {
            byte[] changed = blob.clone();
            if (i % 4 == 0) {
                changed = Arrays.copyOf(blob, random.nextInt(blob.length));
            } else {
                changed[random.nextInt(blob.length)] ^= (byte) (1 << random.nextInt(8));
            }
            String file = text().replaceFirst(
                            "signature:s:[^\r]*",
                            "signature:s:" + Base64.getEncoder().encodeToString(changed));
            SignatureReport report = verify(file, trust());
            // the version numbers inside, and unsigned parts of the structure, may change without harm
            if (report.state() == State.VALID) {
                assertThat(report.signed()).hasSize(10);
                valid++;
            } else {
                assertThat(report.why()).isNotBlank();
            }
        }
        assertThat(valid).isLessThan(40);
    }

    private static TestPublisher publisher(int keyUsage, KeyPurposeId... usages) throws Exception {
        return new TestPublisher(LATER.minus(Duration.ofDays(1)), Duration.ofDays(10), keyUsage, usages);
    }

    private static SignatureReport verify(TestPublisher publisher, Path folder) throws Exception {
        return verify(publisher.file(), new SignerTrust(Optional.of(publisher.authority(folder)), LATER));
    }

    @Test
    void usagesOfTheSignersCertificateCount(@TempDir Path folder) throws Exception {
        for (KeyPurposeId usage : new KeyPurposeId[] {
            KeyPurposeId.id_kp_codeSigning,
            KeyPurposeId.id_kp_serverAuth,
            KeyPurposeId.anyExtendedKeyUsage,
            KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.4.1.311.54.1.2"))
        }) {
            assertThat(verify(publisher(KeyUsage.digitalSignature, usage), folder)
                            .state())
                    .isEqualTo(State.VALID);
        }
        assertThat(verify(publisher(KeyUsage.digitalSignature), folder).state()).isEqualTo(State.VALID);
        assertThat(verify(publisher(KeyUsage.digitalSignature, KeyPurposeId.id_kp_clientAuth), folder))
                .satisfies(report -> assertThat(report.state()).isEqualTo(State.UNTRUSTED))
                .satisfies(report -> assertThat(report.why()).contains("neither for code nor for servers"));
        assertThat(verify(publisher(KeyUsage.keyEncipherment, KeyPurposeId.id_kp_codeSigning), folder)
                        .why())
                .contains("not for signatures");
    }

    @Test
    void anExpiredSignerIsNotTrusted(@TempDir Path folder) throws Exception {
        TestPublisher expired =
                new TestPublisher(LATER.minus(Duration.ofDays(10)), Duration.ofDays(1), KeyUsage.digitalSignature);
        assertThat(verify(expired, folder).state()).isEqualTo(State.UNTRUSTED);
    }

    @Test
    void signedAttributesAreReadToo(@TempDir Path folder) throws Exception {
        TestPublisher publisher = publisher(KeyUsage.digitalSignature);
        publisher.withAttributes = true;
        assertThat(verify(publisher, folder).state()).isEqualTo(State.VALID);
        String altered = publisher.file().replace("address:s:h", "address:s:i");
        assertThat(verify(altered, new SignerTrust(Optional.of(publisher.authority(folder)), LATER))
                        .state())
                .isEqualTo(State.ALTERED);
    }

    @Test
    void formsThatRdpsignDoesNotMakeAreRefused(@TempDir Path folder) throws Exception {
        TestPublisher sha1 = publisher(KeyUsage.digitalSignature);
        sha1.algorithm = "SHA1withRSA";
        assertThat(verify(sha1, folder))
                .satisfies(report -> assertThat(report.state()).isEqualTo(State.UNTRUSTED))
                .satisfies(report -> assertThat(report.why()).contains("can be forged"));
        TestPublisher withContent = publisher(KeyUsage.digitalSignature);
        withContent.withContent = true;
        assertThat(verify(withContent, folder).why()).contains("content of its own");
        TestPublisher twice = publisher(KeyUsage.digitalSignature);
        twice.signers = 2;
        assertThat(verify(twice, folder).why()).contains("2 signers");
        TestPublisher nameless = publisher(KeyUsage.digitalSignature);
        nameless.withCertificate = false;
        assertThat(verify(nameless, folder).why()).contains("certificate is missing");
    }
}
