package porthole.cli.rdpfile.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.cli.rdpfile.RdpDocument;
import porthole.cli.rdpfile.RdpKey;
import porthole.cli.rdpfile.signature.SignerTrust;

class RdpLintTest {
    private static List<Finding> lint(String text) {
        return RdpLint.check(
                RdpDocument.parse("test.rdp", text.getBytes(StandardCharsets.UTF_8)),
                new SignerTrust(Optional.empty(), Instant.EPOCH));
    }

    private static final String GOOD = "full address:s:host.example\nauthentication level:i:2\n";

    @Test
    void aGoodFileHasNotesOnly() {
        assertThat(lint(GOOD))
                .extracting(Finding::code, Finding::severity)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("signature-unsigned", Finding.Severity.NOTE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | syntax | ERROR | 1",
                "desktopwidth:s:800;desktopheight:i:600 | type | ERROR | 14",
                "desktopwidth:i:wide;desktopheight:i:600 | value | ERROR | 16",
                "desktopwidth:i:100;desktopheight:i:600 | value | ERROR | 16",
                "password 51:b:0G | value | ERROR | 15",
                "whatever:q:1 | type | ERROR | 10",
                "screen mode id:i:1;screen mode id:i:2 | duplicate | WARNING | 1",
                "screen mode id:i:1;screen mode id:i:1 | duplicate | NOTE | 1",
                "no such key at all:s:1 | unknown-key | NOTE | 1",
                "fulladress:s:h | unknown-key | WARNING | 1",
                "redirectclipboard:i:1 | redirection | WARNING | 21",
                "drivestoredirect:s:* | redirection | WARNING | 20",
                "redirectsmartcards:i:1 | redirection | WARNING | 22",
                "redirectwebauthn:i:1 | redirection | WARNING | 20",
                "usbdevicestoredirect:s:* | redirection | WARNING | 24",
                "camerastoredirect:s:* | redirection | WARNING | 21",
                "redirectprinters:i:1 | redirection | WARNING | 20",
                "password 51:b:0A | credential | WARNING | 15",
                "password:s:x | credential | ERROR | 12",
                "gatewayaccesstoken:s:x | credential | ERROR | 22",
                "gatewayusagemethod:i:1 | gateway-without-name | ERROR | 22",
                "gatewayhostname:s:g | gateway-unused | WARNING | 19",
                "gatewayhostname:s:g;gatewayusagemethod:i:2 | gateway-profile | WARNING | 19",
                "authentication level:i:0 | no-server-authentication | WARNING | 24",
                "negotiate security layer:i:0 | no-negotiation | WARNING | 28",
                "enablecredsspsupport:i:0 | no-network-level-authentication | WARNING | 24",
                "enablerdsaadauth:i:1;targetisaadjoined:i:1 | entra-twice | WARNING | 21",
                "resourceprovider:s:arm | azure-incomplete | ERROR | 20",
                "resourceprovider:s:xyz | resource-provider | WARNING | 20",
                "remoteapplicationmode:i:1 | application-without-program | ERROR | 25",
                "remoteapplicationcmdline:s:x | application-unused | NOTE | 28",
                "desktopwidth:i:800 | half-a-size | WARNING | 16",
                "use multimon:i:0;selectedmonitors:s:1,2 | monitors-unused | NOTE | 20",
                "alternate shell:s:cmd | starts-program | NOTE | 19",
                "signature:s:AAAA | signature-malformed | ERROR | 1"
            })
    void finds(String lines, String code, Finding.Severity severity, int column) {
        assertThat(lint("full address:s:h\n" + lines.replace(';', '\n')))
                .filteredOn(finding -> finding.code().equals(code))
                .first()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(severity);
                    assertThat(finding.column()).isEqualTo(column);
                    assertThat(finding.line()).isGreaterThan(1);
                    assertThat(finding.text()).isNotBlank();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "redirectclipboard:i:0, redirection",
        "drivestoredirect:s:, redirection",
        "gatewayusagemethod:i:4, gateway-without-name",
        "enablecredsspsupport:i:1, no-network-level-authentication",
        "authentication level:i:1, no-server-authentication"
    })
    void leavesAlone(String line, String code) {
        assertThat(lint("full address:s:h\n" + line)).extracting(Finding::code).doesNotContain(code);
    }

    @Test
    void entraSignInNeedsNoNetworkLevelAuthentication() {
        assertThat(lint(GOOD + "enablerdsaadauth:i:1\nenablecredsspsupport:i:0\n"))
                .extracting(Finding::code)
                .containsExactly("signature-unsigned");
    }

    @Test
    void aFileWithoutAddressLeadsNowhere() {
        assertThat(lint("desktopwidth:i:9\n")).first().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("no-address");
            assertThat(finding.line()).isZero();
        });
    }

    @Test
    void noCredentialIsRepeated() {
        assertThat(lint("password:s:hunter2\ngatewayaccesstoken:s:hunter2\npassword 51:b:hunter2\n"))
                .allSatisfy(finding -> assertThat(finding.toString()).doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @CsvSource({
        "fulladdress, full address",
        "full adress, full address",
        "desktop_width, desktopwidth",
        "redirectclibpoard, redirectclipboard",
        "gatewayhost, ''",
        "xyz, ''",
        "user name, username"
    })
    void saysWhichKeyWasMeant(String written, String meant) {
        assertThat(Suggestion.of(written).orElse("")).isEqualTo(meant);
    }

    @Test
    void everyKnownKeyIsKnown() {
        for (RdpKey key : RdpKey.all()) {
            String value = key.type() == 'i' ? key.values().split("[-,]")[0] : "00";
            assertThat(lint(key.name() + ":" + key.type() + ":" + value + "\n"))
                    .as(key.name())
                    .extracting(Finding::code)
                    .doesNotContain("unknown-key", "type", "value", "syntax");
        }
    }
}
