package porthole.client.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.client.replay.Replay;
import porthole.client.replay.ReplayOptions;
import porthole.client.replay.ReplayResult;
import porthole.client.safe.Pseudonyms;
import porthole.client.safe.SafeFacts;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.wire.Bytes;

class SafeTranscriptTest {
    private static final Path FIXTURES = Path.of(System.getProperty("porthole.fixtures"));

    /** What is larger has only more pictures, all of which are left out. */
    private static final int LARGE = 400_000;

    /** Texts that specifications fix or that this program says of itself. */
    private static final Set<String> COMMON = Set.of(
            "Cookie: mstshash=",
            "MSTSC",
            "rdpdr",
            "rdpsnd",
            "cliprdr",
            "drdynvc",
            "snddbg",
            "0",
            "-2146893048",
            "rail");

    @TempDir
    Path folder;

    static Stream<Path> recordings() throws IOException {
        try (Stream<Path> all = Files.walk(FIXTURES)) {
            return all
                    .filter(file -> file.getFileName().toString().equals("timing.json"))
                    .map(Path::getParent)
                    .filter(folder -> folder.resolve("s2c.bin").toFile().length() < LARGE)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static SafeTranscript transcript(Capture capture) {
        Pseudonyms names = new Pseudonyms();
        SafeTranscript transcript = new SafeTranscript(names, new SafeFacts(names));
        long server = 0;
        Optional<Capture.Mark> tls = capture.tls();
        boolean marked = false;
        for (Capture.Chunk chunk : capture.chunks()) {
            if (!marked && tls.isPresent() && chunk.at().compareTo(tls.get().at()) >= 0) {
                transcript.tls(tls.get().at(), "TLSv1.3", "TLS_AES_128_GCM_SHA256", Optional.empty());
                marked = true;
            }
            transcript.octets(
                    chunk.at(),
                    chunk.direction(),
                    Unpooled.wrappedBuffer(chunk.octets().toArray()));
            server += chunk.octets().size();
        }
        assertThat(server).isPositive();
        return transcript;
    }

    private Capture written(SafeTranscript transcript) throws IOException {
        return Capture.open(Files.write(folder.resolve("safe.porthole"), transcript.recording()));
    }

    private static List<DecodedPdu> decoded(Capture capture) {
        List<DecodedPdu> pdus = new ArrayList<>();
        CaptureDecoder decoder = new CaptureDecoder(capture.origin(), pdus::add);
        capture.chunks().forEach(chunk -> decoder.octets(chunk.at(), chunk.direction(), chunk.octets()));
        decoder.end();
        return pdus;
    }

    /** Nothing that was text or octets, and could be recognised, is in what is handed on. */
    @ParameterizedTest
    @MethodSource("recordings")
    void noTextIsHandedOn(Path recording) throws IOException {
        Capture capture = Capture.open(recording).withoutSecrets();
        Capture safe = written(transcript(capture));
        String all = safe.stream(Direction.CLIENT_TO_SERVER).toAscii()
                + safe.stream(Direction.SERVER_TO_CLIENT).toAscii();
        Set<String> kept = decoded(safe).stream().map(DecodedPdu::name).collect(Collectors.toSet());
        assertThat(kept).noneMatch(name -> name.startsWith("FastPath") || name.startsWith("Channel("));
        for (DecodedPdu pdu : decoded(capture)) {
            for (DecodedPdu.Field field : pdu.fields()) {
                if (field.path().matches(".*(correlationId|authentication_result|errorCode|t124Identifier)")) {
                    continue;
                }
                if (field.value() instanceof String text) {
                    absent(all, text.replace("\0", ""), field);
                } else if (field.value() instanceof Bytes octets && octets.size() >= 6) {
                    absent(all, octets.toAscii().replaceAll("[\0\1].*", ""), field);
                    String wide = octets.toUtf16le().split("\\x00", 2)[0];
                    if (wide.chars().allMatch(c -> c < 0x250)) {
                        absent(all, wide, field);
                    }
                }
            }
        }
    }

    private static void absent(String all, String text, DecodedPdu.Field field) {
        boolean telling = text.length() >= 4 && text.chars().distinct().count() > 3 && !COMMON.contains(text);
        if (telling) {
            assertThat(all).as(field.path()).doesNotContain(text);
            byte[] wide = text.getBytes(StandardCharsets.UTF_16LE);
            assertThat(all).as(field.path()).doesNotContain(new String(wide, StandardCharsets.ISO_8859_1));
        }
    }

    /** What is handed on ends in the same stage for the same reason, as far as it goes without keys and licences. */
    @ParameterizedTest
    @MethodSource("recordings")
    void itReplaysToTheSameEnd(Path recording) throws IOException {
        Capture capture = Capture.open(recording).withoutSecrets();
        SafeTranscript transcript = transcript(capture);
        ReplayResult before;
        try {
            before = Replay.run(capture, ReplayOptions.DEFAULT);
        } catch (RdpFailure unreadable) {
            return; // nothing that anybody could replay
        }
        ReplayResult after = Replay.run(written(transcript), ReplayOptions.DEFAULT);
        boolean encrypted = transcript.leftOut().keySet().stream().anyMatch(kind -> kind.contains("encrypted"));
        boolean unreadable = transcript.leftOut().keySet().stream().anyMatch(kind -> kind.contains("malformed"));
        if (!encrypted && !unreadable) {
            assertThat(after.active()).as(String.valueOf(after.failure())).isEqualTo(before.active());
            if (!before.active()) {
                assertThat(stage(after)).isEqualTo(stage(before));
            }
        }
    }

    private static String stage(ReplayResult result) {
        return result.failure()
                .map(failure ->
                        failure.report().stage() + " " + failure.report().cause())
                .orElse("");
    }

    @Test
    void namesAreTheSameWhereverTheyStand() throws IOException {
        Capture capture = Capture.open(FIXTURES.resolve("freerdp-tls-xrdp/login-screen"));
        SafeTranscript transcript = transcript(capture);
        assertThat(transcript.leftOut()).containsKey("UpdatePdu");
        transcript.mark(
                Duration.ofDays(1),
                "stage",
                Map.of("stage", "connect", "address", "10.1.2.3:3389", "user", "alice", "count", "17"));
        List<DecodedPdu> pdus = decoded(written(transcript));
        String info = pdus.stream()
                .filter(pdu -> pdu.name().equals("ClientInfoPdu"))
                .flatMap(pdu -> pdu.fields().stream())
                .map(field -> field.name() + "=" + field.value())
                .collect(Collectors.joining(" "));
        assertThat(info).contains("infoPacket.password=");
        assertThat(new String(transcript.recording(), StandardCharsets.UTF_8)).doesNotContain("10.1.2.3", "alice");
    }

    @Test
    void anotherConnectionForgetsTheOneBefore() throws IOException {
        Capture capture = Capture.open(FIXTURES.resolve("freerdp-tls-xrdp/login-screen"));
        Pseudonyms names = new Pseudonyms();
        SafeTranscript transcript = new SafeTranscript(names, new SafeFacts(names));
        Capture.Chunk first = capture.chunks().get(0);
        transcript.octets(
                first.at(),
                first.direction(),
                Unpooled.wrappedBuffer(first.octets().toArray()));
        transcript.again();
        assertThat(written(transcript).chunks()).isEmpty();
    }
}
