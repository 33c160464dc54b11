package porthole.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.rdpfile.RdpFile;
import porthole.transport.Credentials;
import porthole.transport.nla.KerberosSettings;
import porthole.transport.nla.NlaSettings;

/** What the options of network level authentication make of it. */
class NlaOptionsTest {
    @Command
    private static final class Holder {
        @Mixin
        private HostOptions host;
    }

    private static final String HASH = "8846f7eaee8fb117ad06bdd830b7586c";
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    Path folder;

    private Surroundings surroundings() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        return new Surroundings(
                new ByteArrayInputStream((HASH + "\n").getBytes(StandardCharsets.UTF_8)),
                nowhere,
                nowhere,
                environment,
                Optional.of(text -> {
                    throw new AssertionError("asked for: " + text);
                }));
    }

    private static HostOptions parse(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder.host;
    }

    private NlaSettings nla(String... arguments) {
        return parse(arguments).nla(surroundings());
    }

    private String touched(String name) throws Exception {
        return Files.writeString(folder.resolve(name), "").toString();
    }

    @Test
    void offersBothUnlessToldOtherwise() {
        assertThat(nla("--nla-mechanism", "ntlm").mechanism()).isEqualTo(NlaSettings.Mechanism.NTLM);
        assertThat(nla("--nla-mechanism", "ntlm", "--realm", "LAB.TEST").kerberos())
                .isEmpty();
        NlaSettings both = nla("--realm", "LAB.TEST", "--kdc", "kdc.lab.test:88");
        assertThat(both.mechanism()).isEqualTo(NlaSettings.Mechanism.AUTO);
        assertThat(both.restrictedAdmin()).isFalse();
        assertThat(both.kerberos().orElseThrow())
                .isEqualTo(KerberosSettings.of(new KerberosSettings.Password())
                        .withRealm("LAB.TEST")
                        .withKdc("kdc.lab.test:88"));
        assertThat(nla("--no-ntlm").mechanism()).isEqualTo(NlaSettings.Mechanism.KERBEROS);
        assertThat(nla("--nla-mechanism", "kerberos", "--restricted-admin").restrictedAdmin())
                .isTrue();
    }

    @Test
    void takesKeysAndTicketsFromFiles() throws Exception {
        String keytab = touched("user.keytab");
        String cache = touched("krb5cc");
        assertThat(nla("--keytab", keytab).kerberos().orElseThrow().source())
                .isEqualTo(new KerberosSettings.Keytab(Path.of(keytab)));
        assertThat(nla("--ccache", "FILE:" + cache).kerberos().orElseThrow().source())
                .isEqualTo(new KerberosSettings.TicketCache(Path.of(cache)));
        environment.put("KRB5CCNAME", cache);
        assertThat(nla().kerberos().orElseThrow().source()).isEqualTo(new KerberosSettings.TicketCache(Path.of(cache)));
        assertThat(nla("--realm", "LAB.TEST", "--password-file", keytab)
                        .kerberos()
                        .orElseThrow()
                        .source())
                .isEqualTo(new KerberosSettings.Password());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nla-mechanism digest",
                "--no-ntlm --nla-mechanism ntlm",
                "--keytab /no/such/keytab",
                "--ccache /no/such/cache",
                "--ccache KEYRING:persistent:0",
                "--realm LAB{TEST}",
                "--realm LAB.TEST --kdc a,b",
                "--realm LAB.TEST --kdc kdc:port",
                "--password-hash-file /no/such/file"
            })
    void refusesWhatCannotBeMeant(String arguments) {
        assertThatThrownBy(() -> nla(arguments.split(" "))).isInstanceOf(UsageException.class);
    }

    @Test
    void aHashStandsForAPasswordAndStaysHidden() throws Exception {
        NlaSettings settings = nla("--password-hash-file", "-");
        assertThat(settings.ntHash().orElseThrow().reveal()).isEqualTo(HASH);
        assertThat(settings.toString()).doesNotContain(HASH);
        assertThat(parse("--password-hash-file", "-").readsStandardInput()).isTrue();
        Path wrong = Files.writeString(folder.resolve("hash"), "not a hash");
        assertThatThrownBy(() -> nla("--password-hash-file", wrong.toString()))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("32 hexadecimal digits")
                .hasMessageNotContaining("not a hash");
    }

    /** Nobody is asked for a password where something else stands for it. */
    @ParameterizedTest
    @CsvSource({
        "alice, alice, ''",
        "LAB\\alice, alice, LAB",
        ".\\alice, alice, .",
        "alice@lab.test, alice@lab.test, ''",
    })
    void readsEveryFormOfAName(String given, String user, String domain) throws Exception {
        Credentials who = parse("--user", given, "--keytab", touched("user.keytab"))
                .credentials(surroundings(), RdpFile.empty(), true);
        assertThat(who.user()).isEqualTo(user);
        assertThat(who.domain()).isEqualTo(domain);
        assertThat(who.password().isEmpty()).isTrue();
    }
}
