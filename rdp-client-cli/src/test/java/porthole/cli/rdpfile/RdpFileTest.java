package porthole.cli.rdpfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import porthole.cli.base.UsageException;

class RdpFileTest {
    private static final String TYPICAL = "full address:s:host.example:3390\r\n"
            + "username:s:ANNA\\anna@example.org\r\n"
            + "domain:s:EXAMPLE\r\n"
            + "desktopwidth:i:1280\r\n"
            + "desktopheight:i:800\r\n"
            + "session bpp:i:24\r\n"
            + "enablerdsaadauth:i:1\r\n"
            + "audiomode:i:0\r\n"
            + "loadbalanceinfo:s:tsv://MS Terminal Services Plugin.1.Farm\r\n";

    private static RdpFile parse(String text) {
        return RdpFile.parse("test.rdp", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsTheKeysThatTheClientUnderstandsAndListsTheOthers() {
        RdpFile file = parse(TYPICAL);
        assertThat(file.address()).contains("host.example:3390");
        assertThat(file.user()).contains("ANNA\\anna@example.org");
        assertThat(file.domain()).contains("EXAMPLE");
        assertThat(file.width()).hasValue(1280);
        assertThat(file.height()).hasValue(800);
        assertThat(file.bitsPerPixel()).hasValue(24);
        assertThat(file.wantsEntra()).isTrue();
        assertThat(file.loadBalanceInfo()).contains("tsv://MS Terminal Services Plugin.1.Farm");
        assertThat(file.ignored()).containsExactly("audiomode");
    }

    @Test
    void readsEveryEncodingThatWindowsWrites() {
        byte[] utf16le = TYPICAL.getBytes(StandardCharsets.UTF_16LE);
        byte[] marked = new byte[utf16le.length + 2];
        marked[0] = (byte) 0xFF;
        marked[1] = (byte) 0xFE;
        System.arraycopy(utf16le, 0, marked, 2, utf16le.length);
        byte[] utf16be = ("\uFEFF" + TYPICAL).getBytes(StandardCharsets.UTF_16BE);
        byte[] utf8 = ("\uFEFF" + TYPICAL).getBytes(StandardCharsets.UTF_8);
        for (byte[] octets : new byte[][] {marked, utf16le, utf16be, utf8}) {
            assertThat(RdpFile.parse("test.rdp", octets).address()).contains("host.example:3390");
        }
    }

    @Test
    void prefersTheAlternateFullAddress() {
        assertThat(parse("full address:s:a\nalternate full address:s:b\nserver port:i:4000\n")
                        .address())
                .contains("b");
    }

    @Test
    void aValueStaysAValueWhateverItLooksLike() {
        RdpFile file = parse("username:s:--certificate ignore\n--certificate:s:ignore\n--json\nfull address:s:h\n");
        assertThat(file.user()).contains("--certificate ignore");
        assertThat(file.address()).contains("h");
        assertThat(file.ignored()).containsExactly("--certificate", "--json");
    }

    @Test
    void noKeyLoosensTheCertificateCheckOrNamesACommand() {
        RdpFile file = parse("authentication level:i:0\ntoken-command:s:rm\ncertificate:s:ignore\n");
        assertThat(file.ignored()).containsExactly("authentication level", "token-command", "certificate");
    }

    @Test
    void tellsLineAndColumnOfAWrongValue() {
        refused("username:s:a\u0000b\n", "line 1 column 13", "control character");
        refused("\ndesktopwidth:i:9999999999999\n", "line 2 column 16", "not a number");
        refused("desktopwidth:i:100000\n", "line 1 column 16", "not within 200 to 8192");
        refused("session bpp:i: 31\n", "line 1 column 16", "none of 8, 15, 16, 24, 32");
        refused("desktopwidth:s:800\n", "line 1 column 14", "is of type 'i', not 's'");
        refused("full address:i:1\n", "line 1 column 14", "is of type 's', not 'i'");
    }

    private static void refused(String text, String... parts) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(UsageException.class).hasMessageContainingAll(parts);
    }

    @Test
    void whatHasNoEffectMayBeWrong() {
        RdpFile file = parse("audiomode:s:loud\nscreen mode id:i:99\nfull address:s:h\n");
        assertThat(file.address()).contains("h");
        assertThat(file.ignored()).containsExactly("audiomode", "screen mode id");
    }

    @Test
    void theLastValueOfAKeyCounts() {
        assertThat(parse("username:s:a\nUSERNAME:S:b\nusername:s:\n").user()).contains("b");
    }

    @Test
    void readsWhatConcernsTheSession() {
        RdpFile file =
                parse("administrative session:i:1\nalternate shell:s:C:\\a b.exe\nshell working directory:s:C:\\\n"
                        + "desktopscalefactor:i:150\nconnection type:i:6\nnetworkautodetect:i:0\ncompression:i:1\n"
                        + "autoreconnect max retries:i:7\nautoreconnection enabled:i:0\nenablecredsspsupport:i:0\npcb:s:vm;x\n"
                        + "desktop size id:i:3\ndisable wallpaper:i:1\nallow font smoothing:i:0\n");
        assertThat(file.wantsAdministrativeSession()).isTrue();
        assertThat(file.alternateShell()).contains("C:\\a b.exe");
        assertThat(file.shellWorkingDirectory()).contains("C:\\");
        assertThat(file.desktopScale()).hasValue(150);
        assertThat(file.connectionType()).hasValue(6);
        assertThat(file.allowsAutoDetection()).isFalse();
        assertThat(file.compression()).contains(true);
        assertThat(file.autoReconnection()).contains(false);
        assertThat(file.reconnectionAttempts()).hasValue(7);
        assertThat(file.allowsNla()).isFalse();
        assertThat(file.preConnectionBlob()).contains("vm;x");
        assertThat(file.width()).hasValue(1280);
        assertThat(file.height()).hasValue(1024);
        assertThat(file.performanceFlags(0x86)).isEqualTo(0x07);
        assertThat(parse("connect to console:i:1\n").wantsAdministrativeSession())
                .isTrue();
        RdpFile nothing = RdpFile.empty();
        assertThat(nothing.performanceFlags(0x86)).isEqualTo(0x86);
        assertThat(nothing.autoReconnection()).isEmpty();
        assertThat(nothing.allowsNla() && nothing.allowsAutoDetection()).isTrue();
        assertThat(nothing.width()).isEmpty();
        assertThat(nothing.ignored()).isEmpty();
    }

    @Test
    void readsTheGatewayAndHidesItsToken() {
        GatewayKeys gateway = parse("gatewayhostname:s:gate:443\ngatewayusagemethod:i:2\ngatewaycredentialssource:i:5\n"
                        + "gatewayaccesstoken:s:hunter2\npromptcredentialonce:i:0\n")
                .gateway()
                .orElseThrow();
        assertThat(gateway.host()).isEqualTo("gate:443");
        assertThat(gateway.isUsed()).isTrue();
        assertThat(gateway.credentialsSource()).isEqualTo(GatewayKeys.COOKIE);
        assertThat(gateway.sharesCredentials()).isFalse();
        assertThat(gateway.accessToken().orElseThrow().reveal()).isEqualTo("hunter2");
        assertThat(gateway.toString()).doesNotContain("hunter2");
        assertThat(parse("gatewayhostname:s:g\ngatewayusagemethod:i:4\n")
                        .gateway()
                        .orElseThrow()
                        .isUsed())
                .isFalse();
        assertThat(RdpFile.empty().gateway()).isEmpty();
    }

    @Test
    void readsAnAzureResource() {
        AzureKeys azure = parse(
                        "resourceprovider:s:arm\nwvd endpoint pool:s:p\ngeo:s:EU\narmpath:s:/a\nworkspace id:s:w\n"
                                + "aadtenantid:s:t\ndiagnosticserviceurl:s:https://d\nhubdiscoverygeourl:s:https://h\n"
                                + "activityhint:s:x\nremoteapplicationprogram:s:||g\n")
                .azure();
        assertThat(azure.isArm()).isTrue();
        assertThat(azure)
                .isEqualTo(new AzureKeys(
                        Optional.of("arm"),
                        Optional.of("p"),
                        Optional.of("EU"),
                        Optional.of("/a"),
                        Optional.of("w"),
                        Optional.of("t"),
                        Optional.of("https://d"),
                        Optional.of("https://h"),
                        Optional.of("x"),
                        Optional.of("||g")));
        assertThat(RdpFile.empty().azure().isArm()).isFalse();
    }

    @Test
    void everyCredentialOfAFileIsLeftAlone() {
        RdpFile file = parse("password 51:b:0102\npassword:s:hunter2\nendpointfedauth:s:hunter2\n");
        assertThat(file.ignored()).containsExactly("password 51", "password", "endpointfedauth");
        assertThat(file.document().toString()).doesNotContain("hunter2");
    }

    @Test
    void ignoredLinesCannotSteerATerminalAndAreShort() {
        String line = "\u001B[31m" + "x".repeat(5000);
        RdpFile file = parse(line);
        assertThat(file.ignored()).hasSize(1);
        assertThat(file.ignored().get(0)).startsWith("?[31m").hasSize(60);
    }

    @Test
    void refusesAHugeFileWithoutReadingAllOfIt(@TempDir Path folder) throws Exception {
        Path huge = folder.resolve("huge.rdp");
        byte[] octets = new byte[RdpDocument.MAXIMUM_SIZE + 1];
        Arrays.fill(octets, (byte) 'a');
        Files.write(huge, octets);
        assertThatThrownBy(() -> RdpFile.read(huge))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("larger than");
    }

    @Test
    void anyOctetsGiveAFileOrAUsageException() {
        SplittableRandom random = new SplittableRandom(11);
        byte[] seed = TYPICAL.getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] octets = seed.clone();
            for (int change = random.nextInt(8); change >= 0; change--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            try {
                RdpFile file = RdpFile.parse("fuzz.rdp", octets);
                file.width();
                file.height();
                file.port();
                file.bitsPerPixel();
            } catch (UsageException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, 2999);
    }

    @Test
    void knowsAFileByItsName() {
        assertThat(RdpFile.isNamedBy("desk.RDP")).isTrue();
        assertThat(RdpFile.isNamedBy("host.example")).isFalse();
    }
}
