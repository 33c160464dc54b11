package porthole.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.transport.CertificateHashes;
import porthole.transport.Trust;

/** Judges certificates without a connection. */
class CertificateRulesTest {
    private static final KeyPair KEYS = TestCertificates.keys();

    @TempDir
    private static Path folder;

    private static Trust strict;

    @BeforeAll
    static void authority() throws Exception {
        Path file = folder.resolve("authority.pem");
        Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(TestCertificates.AUTHORITY.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        strict = new Trust.Strict(Optional.of(file));
    }

    private static TestCertificates certificate() {
        return TestCertificates.of(KEYS);
    }

    /** Why the certificate passed, or the cause of the refusal. */
    private static String judged(Trust rule, String name, TestCertificates made) throws Exception {
        return judged(rule, name, made.create().certificate());
    }

    private static String judged(Trust rule, String name, X509Certificate certificate) {
        HostTrustManager manager = new HostTrustManager(rule, name, name + ":3389");
        try {
            manager.checkServerTrusted(new X509Certificate[] {certificate}, "UNKNOWN");
            return manager.because();
        } catch (CertificateException e) {
            return manager.refusal().orElseThrow().report().cause();
        }
    }

    @Test
    void aMatchingAlternativeNamePassesAndTheReasonSaysWhich() throws Exception {
        assertThat(judged(strict, "a.host.example", certificate().dns("*.host.example")))
                .isEqualTo("a chain to an authority of " + folder.resolve("authority.pem")
                        + ", issued by CN=Test Authority, and its name *.host.example covers a.host.example");
        assertThat(judged(strict, "192.0.2.7", certificate().address(192, 0, 2, 7)))
                .endsWith("its name 192.0.2.7 covers 192.0.2.7");
    }

    @Test
    void theCommonNameCountsOnlyWithoutAlternativeNames() throws Exception {
        assertThat(judged(strict, "host.example", certificate().subject("CN=host.example")))
                .endsWith("its name host.example covers host.example");
        assertThat(judged(
                        strict,
                        "host.example",
                        certificate().subject("CN=host.example").dns("other.example")))
                .isEqualTo("certificate-name");
        assertThat(judged(
                        strict,
                        "host.example",
                        certificate().subject("CN=host.example").address(192, 0, 2, 7)))
                .isEqualTo("certificate-name");
        assertThat(judged(strict, "192.0.2.7", certificate().subject("CN=192.0.2.7")))
                .isEqualTo("certificate-name");
        assertThat(judged(strict, "192.0.2.7", certificate().dns("192.0.2.7"))).isEqualTo("certificate-name");
    }

    @Test
    void anotherPartOfTheSubjectIsNoCommonName() throws Exception {
        assertThat(judged(strict, "host.example", certificate().subject("O=x\\,CN\\=host.example,CN=other.example")))
                .isEqualTo("certificate-name");
        assertThat(judged(strict, "host.example", certificate().subject("CN=host.example\\,x")))
                .isEqualTo("certificate-name");
    }

    @ParameterizedTest
    @CsvSource({
        "*.host.example, a.b.host.example",
        "*.host.example, host.example",
        "*.example, host.example",
        "*, host",
        "h*.host.example, hx.host.example",
        "*.*.example, a.b.example"
    })
    void aWildcardIsOneWholeLabelAboveTwo(String pattern, String name) throws Exception {
        assertThat(judged(strict, name, certificate().dns(pattern))).isEqualTo("certificate-name");
    }

    @Test
    void aNameWithANulIsNobodys() throws Exception {
        assertThat(judged(strict, "host.example", certificate().dns("host.example\0.evil.example")))
                .isEqualTo("certificate-name");
        assertThat(judged(strict, "host.example", certificate().subject("CN=host.example\0.evil.example")))
                .isEqualTo("certificate-name");
        assertThat(judged(
                        strict,
                        "host.example",
                        certificate().subject("CN=host.example").dns("host.example\0")))
                .isEqualTo("certificate-name");
    }

    @Test
    void namesInternationalAndWithTheRootsDot() {
        assertThat(CertificateNames.matches("host.example", "HOST.example.")).isTrue();
        assertThat(CertificateNames.matches("xn--bcher-kva.example", "bücher.example"))
                .isTrue();
        assertThat(CertificateNames.matches("", "")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {TestCertificates.SERVER_USAGE, TestCertificates.RDP_USAGE})
    void aUsageForServersOrForRdpPasses(String usage) throws Exception {
        assertThat(judged(
                        strict,
                        "host.example",
                        certificate().dns("host.example").usage(usage)))
                .startsWith("a chain to an authority");
    }

    @Test
    void anyUsagePasses() throws Exception {
        assertThat(judged(
                        strict,
                        "host.example",
                        certificate().dns("host.example").usage(TestCertificates.ANY_USAGE)))
                .startsWith("a chain to an authority");
    }

    @Test
    void anotherUsageIsRefused() throws Exception {
        assertThat(judged(
                        strict,
                        "host.example",
                        certificate().dns("host.example").usage(TestCertificates.CLIENT_USAGE)))
                .isEqualTo("certificate-usage");
    }

    @Test
    void theUsageForRdpIsNoWayAroundTheAuthority() throws Exception {
        assertThat(judged(
                        new Trust.Strict(Optional.empty()),
                        "host.example",
                        certificate().dns("host.example").usage(TestCertificates.RDP_USAGE)))
                .isEqualTo("certificate-untrusted");
        assertThat(judged(
                        strict,
                        "other.example",
                        certificate().dns("host.example").usage(TestCertificates.RDP_USAGE)))
                .isEqualTo("certificate-name");
    }

    @Test
    void pinsOfBothKindsAndSeveral() throws Exception {
        X509Certificate own = certificate().create().certificate();
        X509Certificate renewed = certificate().create().certificate();
        CertificateHashes hashes = CertificateHashes.of(own);
        Trust certificate = new Trust.Pin(hashes.certificate());
        assertThat(judged(certificate, "h", own))
                .isEqualTo("the certificate is pinned as sha256:" + hashes.certificate());
        assertThat(judged(certificate, "h", renewed)).isEqualTo("certificate-pin");
        Trust key = new Trust.Pin("sha256:" + "00".repeat(32) + ",spki:" + hashes.publicKeyBase64());
        assertThat(judged(key, "h", own)).isEqualTo("the public key is pinned as spki:" + hashes.publicKeyBase64());
        assertThat(judged(key, "h", renewed)).isEqualTo("the public key is pinned as spki:" + hashes.publicKeyBase64());
        assertThat(judged(new Trust.Pin("spki:" + hashes.certificate()), "h", own))
                .isEqualTo("certificate-pin");
        assertThat(judged(new Trust.Ignore(), "h", own)).contains("switched off");
    }

    @Test
    void aRefusedPinShowsBothHashesToCopy() throws Exception {
        X509Certificate own = certificate().create().certificate();
        HostTrustManager manager = new HostTrustManager(new Trust.Pin("00".repeat(32)), "h", "h:3389");
        assertThatThrownBy(() -> manager.checkServerTrusted(new X509Certificate[] {own}, "UNKNOWN"))
                .isInstanceOf(CertificateException.class);
        assertThat(manager.refusal().orElseThrow().report().seen())
                .isEqualTo(CertificateHashes.of(own).toString())
                .contains("sha256:")
                .contains("spki:");
    }

    @Test
    void firstUseRenewalAndChangeEachSayWhy() throws Exception {
        Path file = folder.resolve("known-hosts");
        Trust tofu = new Trust.OnFirstUse(file);
        X509Certificate first = certificate().create().certificate();
        X509Certificate renewed = certificate().create().certificate();
        X509Certificate other =
                TestCertificates.of(TestCertificates.AUTHORITY_KEYS).create().certificate();
        assertThat(judged(tofu, "h", first)).isEqualTo("first use of h:3389, now kept in " + file);
        assertThat(judged(tofu, "h", first)).isEqualTo("the same certificate as kept for h:3389 in " + file);
        assertThat(judged(tofu, "h", renewed))
                .isEqualTo("renewed with the known key that is kept for h:3389 in " + file
                        + ", which now has the new certificate");
        assertThat(judged(tofu, "h", renewed)).startsWith("the same certificate");
        assertThat(judged(tofu, "h", other)).isEqualTo("certificate-changed");
        assertThat(Files.readString(file)).isEqualTo("h:3389 " + CertificateHashes.of(renewed) + "\n");
    }

    @Test
    void aKnownHostsFileThatCannotBeReadIsAFailureOfItsOwn() throws Exception {
        assertThat(judged(new Trust.OnFirstUse(folder), "h", certificate())).isEqualTo("known-hosts");
    }

    @Test
    void noCertificateIsRefused() {
        HostTrustManager manager = new HostTrustManager(new Trust.Ignore(), "h", "h:3389");
        assertThatThrownBy(() -> manager.checkServerTrusted(new X509Certificate[0], "UNKNOWN"))
                .isInstanceOf(CertificateException.class);
    }
}
