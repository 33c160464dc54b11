package porthole.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.rdpfile.RdpFile;
import porthole.protocol.gcc.ClientCoreData;
import porthole.protocol.info.InfoPacket;
import porthole.transport.ClientSettings;
import porthole.transport.Credentials;
import porthole.transport.Trust;

class HostOptionsTest {
    @Command
    private static final class Holder {
        @Mixin
        private HostOptions host;

        @Mixin
        private DesktopOptions desktop;

        @Mixin
        private DecodeOptions decode;
    }

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private String typed;
    private String input = "";

    @TempDir
    Path folder;

    private Surroundings surroundings() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        return new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                nowhere,
                nowhere,
                environment,
                typed == null
                        ? Optional.empty()
                        : Optional.of(text -> {
                            asked.add(text);
                            return typed.toCharArray();
                        }));
    }

    private static Holder parse(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder;
    }

    private RdpFile file(String text) throws Exception {
        return RdpFile.read(Files.writeString(folder.resolve("a.rdp"), text));
    }

    @Test
    void theOptionCountsBeforeTheEnvironmentAndThatBeforeTheFile() throws Exception {
        RdpFile file = file("username:s:file\ndomain:s:filedomain\ndesktopwidth:i:800\ndesktopheight:i:600\n");
        assertThat(parse().host.credentials(surroundings(), file, false).user()).isEqualTo("file");
        assertThat(parse().desktop.settings(surroundings(), file).width()).isEqualTo(800);
        environment.put("PORTHOLE_USER", "environment");
        environment.put("PORTHOLE_SIZE", "1280x720");
        Credentials fromEnvironment = parse().host.credentials(surroundings(), file, false);
        assertThat(fromEnvironment.user()).isEqualTo("environment");
        assertThat(fromEnvironment.domain()).isEqualTo("filedomain");
        assertThat(parse().desktop.settings(surroundings(), file).width()).isEqualTo(1280);
        assertThat(parse("--user", "option")
                        .host
                        .credentials(surroundings(), file, false)
                        .user())
                .isEqualTo("option");
        assertThat(parse("--size", "640x480")
                        .desktop
                        .settings(surroundings(), file)
                        .width())
                .isEqualTo(640);
    }

    @Test
    void oneThreadDecodesUnlessMoreAreAskedFor() {
        assertThat(parse().decode.threads(surroundings())).isOne();
        environment.put("PORTHOLE_DECODE_THREADS", "3");
        assertThat(parse().decode.threads(surroundings())).isEqualTo(3);
        assertThat(parse("--decode-threads", "16").decode.threads(surroundings()))
                .isEqualTo(16);
        assertThatThrownBy(() -> parse("--decode-threads", "0").decode.threads(surroundings()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--decode-threads: 0 is not within 1 to 16");
    }

    @Test
    void anEnvironmentValueIsNeverAnOptionOrAVariable() {
        environment.put("PORTHOLE_USER", "${sys:user.home} --certificate ignore @/etc/passwd");
        Credentials credentials = parse().host.credentials(surroundings(), RdpFile.empty(), false);
        assertThat(credentials.user()).isEqualTo("${sys:user.home} --certificate ignore @/etc/passwd");
        assertThat(parse().host.trust(surroundings())).isInstanceOf(Trust.Strict.class);
    }

    @Test
    void aPasswordComesFromAFileTheEnvironmentStandardInputOrAPerson() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "one\r\n");
        assertThat(password("--user", "u", "--password-file", secret.toString()))
                .isEqualTo("one");
        input = "two\nrest";
        assertThat(password("--user", "u", "--password-file", "-")).isEqualTo("two");
        environment.put("MY_SECRET", "three");
        assertThat(password("--user", "u", "--password-env", "MY_SECRET")).isEqualTo("three");
        assertThat(password("--user", "u")).isEmpty();
        typed = "four";
        assertThat(password("--user", "u")).isEqualTo("four");
        assertThat(asked).containsExactly("Password for u: ");
        assertThat(password()).isEmpty();
        environment.put("PORTHOLE_PASSWORD", "five");
        assertThat(password("--user", "u")).isEqualTo("five");
        assertThatThrownBy(() -> password("--password-file", secret.toString(), "--password-env", "MY_SECRET"))
                .isInstanceOf(UsageException.class);
    }

    private String password(String... arguments) {
        return parse(arguments)
                .host
                .credentials(surroundings(), RdpFile.empty(), true)
                .password()
                .reveal();
    }

    @Test
    void aDomainBeforeTheUserNameIsTakenApart() {
        Credentials credentials =
                parse("--user", "EXAMPLE\\anna").host.credentials(surroundings(), RdpFile.empty(), false);
        assertThat(credentials.domain()).isEqualTo("EXAMPLE");
        assertThat(credentials.user()).isEqualTo("anna");
    }

    @Test
    void readsTheRuleForCertificates() {
        String pin = "AB:".repeat(31) + "AB";
        assertThat(parse("--certificate", "pin:" + pin).host.trust(surroundings()))
                .isEqualTo(new Trust.Pin("ab".repeat(32)));
        environment.put("HOME", "/people/u");
        assertThat(parse("--certificate", "tofu").host.trust(surroundings()))
                .isEqualTo(new Trust.OnFirstUse(Path.of("/people/u/.config/porthole/known-hosts")));
        assertThat(parse("--certificate", "ignore").host.trust(surroundings())).isEqualTo(new Trust.Ignore());
    }

    @Test
    void theFilesPortCountsWhereTheAddressHasNone() throws Exception {
        RdpFile file = file("full address:s:h\nserver port:i:4000\n");
        assertThat(parse().host.target("h", file).port()).isEqualTo(4000);
        assertThat(parse().host.target("h:3389", file).port()).isEqualTo(3389);
        assertThat(parse("--tls-name", "other").host.target("h", file).tlsName())
                .isEqualTo("other");
    }

    @Test
    void aTimeoutLimitsEveryDeadline() {
        assertThat(parse("--timeout", "2s").host.deadlines(surroundings()).total())
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(parse("--timeout", "2s").host.deadlines(surroundings()).phase())
                .isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void theFileSaysWhatTheSessionIsLike() throws Exception {
        RdpFile file = file("administrative session:i:1\nalternate shell:s:a.exe\nshell working directory:s:D:\\\n"
                + "compression:i:1\ndesktopscalefactor:i:200\nconnection type:i:2\nnetworkautodetect:i:0\n"
                + "disable wallpaper:i:1\n");
        ClientSettings settings = parse().desktop.settings(surroundings(), file);
        assertThat(settings.redirectedSessionId()).hasValue(0);
        assertThat(settings.alternateShell()).isEqualTo("a.exe");
        assertThat(settings.workingDirectory()).isEqualTo("D:\\");
        assertThat(settings.desktopScale()).isEqualTo(200);
        assertThat(settings.connectionType()).isEqualTo(2);
        assertThat(settings.earlyCapabilityFlags() & ClientCoreData.SUPPORT_NETCHAR_AUTODETECT)
                .isZero();
        assertThat(settings.performanceFlags()).isEqualTo(ClientSettings.DEFAULT.performanceFlags() | 1);
        assertThat(settings.infoFlags() & InfoPacket.INFO_COMPRESSION).isNotZero();
        ClientSettings given = parse("--compression", "off", "--shell", "b.exe", "--shell-directory", "E:\\")
                .desktop
                .settings(surroundings(), file);
        assertThat(given.infoFlags() & InfoPacket.INFO_COMPRESSION).isZero();
        assertThat(given.alternateShell()).isEqualTo("b.exe");
        assertThat(given.workingDirectory()).isEqualTo("E:\\");
        environment.put("PORTHOLE_COMPRESSION", "8k");
        assertThat(parse().desktop.settings(surroundings(), RdpFile.empty()).infoFlags() & InfoPacket.INFO_COMPRESSION)
                .isNotZero();
    }

    @Test
    void theAdministrativeSessionIsAskedForByFlagToo() {
        assertThat(parse("--admin")
                        .desktop
                        .settings(surroundings(), RdpFile.empty())
                        .redirectedSessionId())
                .hasValue(0);
        assertThat(parse().desktop.settings(surroundings(), RdpFile.empty()))
                .isEqualTo(ClientSettings.DEFAULT
                        .but()
                        .width(1024)
                        .height(768)
                        .bulkCompression(OptionalInt.empty())
                        .build());
    }

    @Test
    void aFileChoosesTheSecurityThatNobodyElseChose() throws Exception {
        RdpFile entra = file("enablerdsaadauth:i:1\nenablecredsspsupport:i:0\n");
        assertThat(parse().host.security(surroundings(), entra)).isEqualTo(HostOptions.Security.AAD);
        RdpFile withoutNla = file("enablecredsspsupport:i:0\n");
        assertThat(parse().host.security(surroundings(), withoutNla)).isEqualTo(HostOptions.Security.TLS);
        assertThat(parse("--security-floor", "nla").host.security(surroundings(), withoutNla))
                .isEqualTo(HostOptions.Security.AUTO);
        assertThat(parse("--security", "nla").host.security(surroundings(), withoutNla))
                .isEqualTo(HostOptions.Security.NLA);
        assertThat(parse().host.security(surroundings(), RdpFile.empty())).isEqualTo(HostOptions.Security.AUTO);
    }
}
