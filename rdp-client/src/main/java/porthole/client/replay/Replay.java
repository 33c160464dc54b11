package porthole.client.replay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import porthole.client.GraphicsOffer;
import porthole.client.RdpSession;
import porthole.client.SessionListener;
import porthole.client.SessionOptions;
import porthole.client.capture.Capture;
import porthole.client.capture.CaptureDecoder;
import porthole.client.capture.DecodedPdu;
import porthole.client.capture.Direction;
import porthole.graphics.picture.PixelRect;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Bytes;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.Connection;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionSpec;
import porthole.transport.Deadlines;
import porthole.transport.RandomSource;
import porthole.transport.RouteSettings;
import porthole.transport.SessionEnd;
import porthole.transport.StageClock;
import porthole.transport.Target;
import porthole.transport.TlsEvidence;
import porthole.transport.Trust;
import porthole.transport.sequence.ConnectionSequence;

/**
 * Plays the host's side of a capture to the client's own phases, on an embedded channel: no socket, no TLS, no clock, and no thread unless several
 * are asked for to decode tiles.
 *
 * <p>The client takes its settings from what the recorded client said, so that it is in the same situation; what was typed and what
 * went through channels is not repeated.
 */
public final class Replay {
    private static final Duration NEVER = Duration.ofDays(1);
    private static final int LARGEST_CUT = 4096;

    private final Capture capture;
    private final ReplayOptions options;
    private final RecordedClient client;
    private final List<ConnectionEvent> events = new ArrayList<>();
    private final List<DecodedPdu> sent = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final CaptureDecoder decoder;
    private final RdpSession session;
    private final Connection connection;
    private Duration now = Duration.ZERO;
    private boolean becameActive;
    private byte[] clientOctets = new byte[0];

    private Replay(Capture capture, ReplayOptions options) {
        this.capture = capture;
        this.options = options;
        this.client = RecordedClient.of(capture, options.takesApart());
        this.decoder = new CaptureDecoder(capture.origin(), capture.secrets(), this::decoded);
        ConnectionSpec spec = spec();
        // whatever the recorded client offered, and the host drew with; nobody waits for the decoder
        this.session = RdpSession.inline(
                spec.client(),
                SessionOptions.DEFAULT
                        .withGraphics(GraphicsOffer.AVC444)
                        .withListener(new Watcher())
                        .withDecodeThreads(options.decodeThreads()));
        RecordedLayer layer = new RecordedLayer(client, capture.secrets());
        boolean whole = capture.origin() == Capture.Origin.FIRST_OCTET;
        this.connection = new Connection(
                spec,
                layer,
                layer,
                ConnectionSequence.recorded(spec, whole),
                (context, s) -> CompletableFuture.completedFuture(tls()),
                session.sink(),
                random(),
                new StageClock(this::event, () -> now.toNanos()));
        if (!whole) {
            connection
                    .facts()
                    .negotiated(requestedAccordingToHost(), client.selectedProtocol(), client.negotiationFlags());
        }
    }

    /** Replays a capture from its beginning to its end, or to the end of the connection. */
    public static ReplayResult run(Capture capture, ReplayOptions options) {
        return new Replay(capture, options).run();
    }

    private ConnectionSpec spec() {
        return new ConnectionSpec(
                Target.of("recording", Target.DEFAULT_PORT),
                List.of(new RecordedLayer(client, capture.secrets())),
                client.credentials(),
                new Trust.Ignore(),
                new Deadlines(NEVER, NEVER, NEVER),
                client.settings(),
                Stage.ACTIVE,
                RouteSettings.DIRECT,
                client.approach());
    }

    /** The recorded random octets, as often as they are asked for; zeros where none were recorded. */
    private RandomSource random() {
        byte[] recorded = client.licenseRandom().toArray();
        return octets -> {
            for (int i = 0; i < octets.length; i++) {
                octets[i] = recorded.length == 0 ? 0 : recorded[i % recorded.length];
            }
        };
    }

    /** What the host says in its core data that it was asked for. */
    private SecurityProtocols requestedAccordingToHost() {
        return client.pdus().stream()
                .filter(pdu -> pdu.name().equals("ConnectResponse"))
                .flatMap(pdu -> pdu.fields().stream())
                .filter(field -> field.path().endsWith("clientRequestedProtocols"))
                .findFirst()
                .map(field -> new SecurityProtocols(((Long) field.value()).intValue()))
                .orElse(client.selectedProtocol());
    }

    private TlsEvidence tls() {
        String version = fact("version");
        String cipher = fact("cipher");
        List<X509Certificate> chain = new ArrayList<>();
        String sha256 = "";
        if (capture.serverCertificate().isPresent()) {
            byte[] der = capture.serverCertificate().get().toArray();
            try {
                chain.add((X509Certificate)
                        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)));
                sha256 = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(der));
            } catch (CertificateException e) {
                chain.clear(); // the host showed something that is no certificate; the recording goes on all the same
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has SHA-256", e);
            }
        }
        return new TlsEvidence(version, cipher, chain, sha256, Bytes.EMPTY, "it was trusted when it was recorded");
    }

    private String fact(String name) {
        return capture.tls().map(mark -> mark.facts().get(name)).orElse("recorded");
    }

    private ReplayResult run() {
        try {
            session.sink().attached(connection);
            connection.install(channel.pipeline());
            drain();
            feedAll();
            finish();
            decoder.end();
        } finally {
            channel.finishAndReleaseAll();
        }
        SessionEnd end = connection.ended().getNow(null);
        return new ReplayResult(
                end,
                becameActive,
                session.snapshot(false),
                session.snapshot(true),
                session.frames(),
                events,
                Bytes.of(clientOctets),
                sent,
                options.takesApart() ? client.pdus() : List.of());
    }

    private void feedAll() {
        long boundary = capture.origin() == Capture.Origin.FIRST_OCTET
                ? capture.tls().map(Capture.Mark::serverOffset).orElse(-1L)
                : -1L;
        SplittableRandom cuts = new SplittableRandom(options.cutSeed().orElse(0));
        long offset = 0;
        for (Capture.Chunk chunk : capture.chunks()) {
            if (chunk.direction() != Direction.SERVER_TO_CLIENT) {
                continue;
            }
            now = chunk.at();
            int size = chunk.octets().size();
            int from = 0;
            while (from < size && !connection.isOver()) {
                int length = options.cutSeed().isPresent()
                        ? Math.min(size - from, 1 + cuts.nextInt(LARGEST_CUT))
                        : size - from;
                if (offset + from < boundary && offset + from + length > boundary) {
                    length = (int)
                            (boundary - offset - from); // what went through TLS never comes together with what did not
                }
                feed(chunk.octets().slice(from, length));
                from += length;
            }
            offset += size;
        }
    }

    private void feed(Bytes octets) {
        if (options.takesApart()) {
            decoder.octets(now, Direction.SERVER_TO_CLIENT, octets);
        }
        channel.writeInbound(Unpooled.wrappedBuffer(octets.toArray()));
        drain();
    }

    private void drain() {
        channel.runPendingTasks();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            try {
                byte[] octets = ByteBufUtil.getBytes(out);
                int before = clientOctets.length;
                clientOctets = Arrays.copyOf(clientOctets, before + octets.length);
                System.arraycopy(octets, 0, clientOctets, before, octets.length);
                if (options.takesApart()) {
                    decoder.octets(now, Direction.CLIENT_TO_SERVER, Bytes.of(octets));
                }
            } finally {
                out.release();
            }
        }
    }

    /** The recording is over, and so is the session: the host closed it where the recording says so. */
    private void finish() {
        if (!connection.isOver()) {
            boolean byHost = capture.mark(Capture.END)
                    .map(mark -> mark.facts().getOrDefault("reason", ""))
                    .filter(reason -> reason.contains("server") || reason.contains("host"))
                    .isPresent();
            if (byHost || !becameActive) {
                channel.close();
            } else {
                connection.close("the recording ends here");
            }
        }
        drain();
    }

    private void decoded(DecodedPdu pdu) {
        if (pdu.direction() == Direction.CLIENT_TO_SERVER) {
            sent.add(pdu);
        }
    }

    private void event(ConnectionEvent event) {
        events.add(event);
        options.observer().on(event);
    }

    private final class Watcher implements SessionListener {
        @Override
        public void active() {
            becameActive = true;
        }

        @Override
        public void painted(long frame, List<PixelRect> dirty) {
            options.frames().painted(frame, now, session);
        }
    }
}
