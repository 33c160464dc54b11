package porthole.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import porthole.cli.ExitCode;
import porthole.client.GraphicsOffer;
import porthole.client.RdpClient;
import porthole.client.RdpSession;
import porthole.client.SessionOptions;
import porthole.fixtures.ClientMessages;
import porthole.fixtures.Conversation;
import porthole.fixtures.OrdinaryHost;
import porthole.fixtures.Script;
import porthole.fixtures.ScriptedHost;
import porthole.fixtures.ServerCapabilities;
import porthole.fixtures.ServerMessages;
import porthole.graphics.picture.Picture;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.RdpFailure;
import porthole.transport.ConnectionSpec;
import porthole.transport.Deadlines;
import porthole.transport.SessionEnd;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

/** A client in an active session with a scripted host that a test tells what to do, step by step. */
final class LiveHost implements AutoCloseable {
    static final int WIDTH = 640;
    static final int HEIGHT = 480;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int FRAME_ACKNOWLEDGE = 0x38;
    private static final int SHARE_DATA_BODY = 18;

    private record Step(Script script, CompletableFuture<Void> played) {}

    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final ScriptedHost host;
    private final RdpSession session;
    private volatile List<byte[]> said = List.of();

    LiveHost(RdpClient client, GraphicsOffer offer) {
        try {
            host = ScriptedHost.playing(OrdinaryHost.tls()
                    .capabilities(capabilities())
                    .session(Script.EMPTY.decide(this::next))
                    .script());
            session = client.connect(
                            ConnectionSpec.of(
                                            Target.of("127.0.0.1", host.port()),
                                            List.of(new TlsSecurityLayer()),
                                            new Trust.Ignore())
                                    .withDeadlines(new Deadlines(LONG, LONG, LONG)),
                            SessionOptions.DEFAULT.withGraphics(offer))
                    .get(LONG.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("no session", e);
        }
    }

    /** What hosts of surface commands and large pointers say in addition. */
    private static List<byte[]> capabilities() {
        List<byte[]> sets = new ArrayList<>(ServerCapabilities.of(WIDTH, HEIGHT, 32));
        sets.add(ServerCapabilities.set(0x001C, new Octets().u32(0x52, 0).done())); // surface commands
        sets.add(ServerCapabilities.set(0x001A, new Octets().u32(0x400000).done())); // multifragment updates
        sets.add(ServerCapabilities.set(0x001B, new Octets().u16(3).done())); // large pointers
        sets.add(ServerCapabilities.set(0x001E, new Octets().u32(20).done())); // frame acknowledge
        return sets;
    }

    private Script next(Conversation conversation) {
        if (said.isEmpty()) {
            said = conversation.received();
        }
        try {
            Step step = steps.take();
            return step.script().decide(c -> {
                step.played().complete(null);
                return next(c);
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Script.EMPTY;
        }
    }

    /** Plays a script and waits until it is through, which the end of the session must not prevent. */
    void play(Script script) {
        CompletableFuture<Void> played = new CompletableFuture<>();
        steps.add(new Step(script, played));
        CompletableFuture.anyOf(played, session.ended())
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        assertThat(played)
                .as(() -> "the session ended: " + session.ended().getNow(null))
                .isCompleted();
    }

    /** Plays a script whose effect is the end of the session. */
    void playTheLast(Script script) {
        steps.add(new Step(script.expectEnd(), new CompletableFuture<>()));
    }

    /** The client's MCS Connect Initial. */
    byte[] connectInitial() {
        return said.stream()
                .filter(m -> m[7] == 0x7f && m[8] == 0x65)
                .findFirst()
                .orElseThrow();
    }

    /** Where something stands in the first message of the client that has it, with that message up to its end. */
    byte[] said(byte... wanted) {
        for (byte[] message : said) {
            for (int at = 0; at + wanted.length <= message.length; at++) {
                if (Arrays.equals(message, at, at + wanted.length, wanted, 0, wanted.length)) {
                    return Arrays.copyOfRange(message, at, message.length);
                }
            }
        }
        throw new AssertionError("the client did not say " + Arrays.toString(wanted));
    }

    /** A message of the static channel drdynvc, in chunks. */
    byte[] staticChannel(byte[] message) {
        List<String> names = ClientMessages.channelNames(connectInitial());
        int id = 1008 + names.indexOf("drdynvc");
        Octets out = new Octets();
        int from = 0;
        do {
            int part = Math.min(1600, message.length - from);
            int flags = (from == 0 ? 1 : 0) | (from + part == message.length ? 2 : 0);
            out.raw(ServerMessages.sendData(
                    id,
                    new Octets()
                            .u32(message.length, flags)
                            .raw(Arrays.copyOfRange(message, from, from + part))
                            .done()));
            from += part;
        } while (from < message.length);
        return out.done();
    }

    /** A fast-path update, in fragments where it is long. */
    static byte[] fastPath(int updateCode, byte[] body) {
        int longest = 15_000;
        Octets out = new Octets();
        for (int from = 0; from == 0 || from < body.length; from += longest) {
            boolean last = from + longest >= body.length;
            int fragment = from == 0 ? last ? 0 : 2 : last ? 1 : 3;
            byte[] part = Arrays.copyOfRange(body, from, Math.min(body.length, from + longest));
            int length = part.length + 6;
            out.u8(0, 0x80 | length >> 8, length, updateCode | fragment << 4)
                    .u16(part.length)
                    .raw(part);
        }
        return out.done();
    }

    /** Waits for the client's Frame Acknowledge PDU of that frame. */
    Script expectFrameAcknowledge(long frameId) {
        return Script.EMPTY.expectAmongOthers(
                "the acknowledgement of frame " + frameId,
                m -> ClientMessages.shareDataType(m) == FRAME_ACKNOWLEDGE
                        && u32(m, m.length - 4) == frameId
                        && m.length > SHARE_DATA_BODY);
    }

    static long u32(byte[] octets, int at) {
        return (octets[at] & 0xFF | (octets[at + 1] & 0xFF) << 8 | (octets[at + 2] & 0xFF) << 16 | octets[at + 3] << 24)
                & 0xFFFFFFFFL;
    }

    RdpSession session() {
        return session;
    }

    Picture picture() {
        return session.snapshot(false);
    }

    Picture pictureWithPointer() {
        return session.snapshot(true);
    }

    /** The session must end, at once, in a failure that names what was wrong and has an exit code. */
    FailureReport failure() {
        SessionEnd end;
        try {
            end = session.ended().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the client did not end the session", e);
        }
        assertThat(end.kind()).as(end::toString).isEqualTo(SessionEnd.Kind.FAILED);
        RdpFailure failure = end.failure().orElseThrow();
        FailureReport report = failure.report();
        assertThat(report.cause()).isNotIn("deadline", "internal", "early-close");
        assertThat(report.stage()).isNotEmpty();
        assertThat(report.seen()).isNotEmpty();
        assertThat(report.expected()).isNotEmpty();
        assertThat(report.remedy()).isNotEmpty();
        assertThat(ExitCode.of(failure)).isEqualTo(ExitCode.ACTIVE);
        return report;
    }

    @Override
    public void close() {
        session.disconnect("tested");
        steps.add(new Step(Script.EMPTY.expectEnd(), new CompletableFuture<>()));
        try {
            session.ended().get(20, TimeUnit.SECONDS);
            host.close();
        } catch (Exception e) {
            throw new AssertionError("no end", e);
        }
    }
}
