package porthole.cli.rdpfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
    void refusesControlCharactersAndNumbersThatAreNone() {
        assertThatThrownBy(() -> parse("username:s:a\u0000b\n"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("control character");
        assertThatThrownBy(() -> parse("\ndesktopwidth:i:9999999999999\n"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("line 2");
        assertThatThrownBy(() -> parse("desktopwidth:i:100000\n").width())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("not within");
        assertThatThrownBy(() -> parse("desktopwidth:s:wide\n").width()).isInstanceOf(UsageException.class);
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
        byte[] octets = new byte[RdpFile.MAXIMUM_SIZE + 1];
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
