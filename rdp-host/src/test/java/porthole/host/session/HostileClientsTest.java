package porthole.host.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.protocol.x224.SecurityProtocols;

/** Whatever a client sends, the host goes on or ends the connection with a failure of the one family. */
class HostileClientsTest {
    private static final int RUNS = 120;
    private static final int OUTPUT_LIMIT = 64 << 20;
    private static HostSettings settings;
    private static final List<HostEvent> EVENTS = new ArrayList<>();

    @BeforeAll
    static void makeSettings() {
        SecureRandom random = new SecureRandom();
        settings = new HostSettings(
                "porthole.test",
                SecurityProtocols.TLS,
                HostIdentity.selfSigned("porthole.test", random).tls(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new DesktopSize(1024, 768),
                32,
                true,
                false,
                0,
                Optional.empty(),
                true,
                OptionalInt.of(3),
                Optional.empty(),
                true,
                true,
                Optional.empty(),
                Duration.ofMinutes(1),
                random,
                List.of(),
                Set.of(),
                EVENTS::add);
    }

    /** Everything that the recorded client sent behind TLS, its confirm active naming our share. */
    private static List<byte[]> messages() {
        Recording recording = Fixtures.recording("freerdp-tls-xrdp/bpp16-plain");
        List<byte[]> messages = new ArrayList<>();
        for (Row row : recording.rows()) {
            if (row.dir() == Direction.C2S
                    && row.layer().equals("tls")
                    && !row.kind().equals("license")) {
                byte[] octets = recording.pdu(row);
                if (row.kind().equals("confirm-active")) {
                    octets[21] = (byte) 0xEA; // share id, behind TPKT, X.224, MCS and share control header
                    octets[22] = 3;
                    octets[23] = 1;
                    octets[24] = 0;
                }
                messages.add(octets);
            }
        }
        return messages;
    }

    private static boolean run(byte[] octets, int cut) {
        EVENTS.clear();
        EmbeddedChannel channel = new EmbeddedChannel();
        HostConnection connection = new HostConnection(1, settings, new Reconnections(new SecureRandom()), () -> {});
        connection.install(channel.pipeline());
        connection.facts().selected = SecurityProtocols.TLS;
        connection.facts().requested = SecurityProtocols.TLS;
        connection.replace(new BasicSettingsExchange(connection));
        long sent = 0;
        for (int at = 0; at < octets.length && channel.isActive(); at += cut) {
            channel.writeInbound(Unpooled.copiedBuffer(octets, at, Math.min(cut, octets.length - at)));
            channel.runPendingTasks();
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                sent += out.readableBytes();
                out.release();
            }
        }
        boolean active = EVENTS.stream().anyMatch(e -> e.name().equals("active"));
        assertThat(sent).isLessThan(OUTPUT_LIMIT);
        assertThat(EVENTS.stream().filter(e -> e.name().equals("ended")).count())
                .isLessThanOrEqualTo(1);
        assertThat(EVENTS)
                .filteredOn(e -> e.name().equals("ended") && e.facts().containsKey("cause"))
                .allSatisfy(e -> assertThat(e.facts().get("cause"))
                        .as(String.valueOf(e.facts().get("failure")))
                        .isIn("malformed-pdu", "unexpected-message"));
        channel.finishAndReleaseAll();
        return active;
    }

    private static byte[] join(List<byte[]> messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        messages.forEach(all::writeBytes);
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void theRecordedClientReachesTheCardHoweverItsOctetsAreCut(int cut) {
        assertThat(run(join(messages()), cut)).isTrue();
    }

    @Test
    void changedOctetsNeverBuyMoreThanAFailure() {
        List<byte[]> plain = messages();
        SplittableRandom random = new SplittableRandom(7);
        int active = 0;
        for (int i = 0; i < RUNS; i++) {
            byte[] octets = join(plain);
            int changes = 1 + random.nextInt(3);
            for (int j = 0; j < changes; j++) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            active += run(octets, 1500) ? 1 : 0;
        }
        assertThat(active).isPositive();
    }

    @Test
    void changedMessagesNeverBuyMoreThanAFailure() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < RUNS; i++) {
            List<byte[]> messages = messages();
            int at = random.nextInt(messages.size());
            switch (random.nextInt(4)) {
                case 0 -> messages.remove(at);
                case 1 -> messages.add(at, messages.get(random.nextInt(messages.size())));
                case 2 -> messages.set(at, shortened(messages.get(at), random));
                default -> messages.set(at, noise(random));
            }
            run(join(messages), 1500);
        }
    }

    /** A message that ends early and says so in its TPKT header. */
    private static byte[] shortened(byte[] message, SplittableRandom random) {
        int length = 7 + random.nextInt(Math.max(1, message.length - 7));
        byte[] cut = Arrays.copyOf(message, Math.min(length, message.length));
        if (cut.length > 3 && cut[0] == 3) {
            cut[2] = (byte) (cut.length >> 8);
            cut[3] = (byte) cut.length;
        }
        return cut;
    }

    private static byte[] noise(SplittableRandom random) {
        byte[] octets = new byte[random.nextInt(200)];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) random.nextInt(256);
        }
        return octets;
    }

    @Test
    void theLoginDeadlineEndsAClientThatSaysNothing() {
        EVENTS.clear();
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.freezeTime();
        new HostConnection(1, settings, new Reconnections(new SecureRandom()), () -> {}).install(channel.pipeline());
        channel.advanceTimeBy(61, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        assertThat(EVENTS.get(EVENTS.size() - 1).facts()).containsEntry("cause", "deadline");
        channel.finishAndReleaseAll();
    }
}
