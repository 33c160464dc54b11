package porthole.transport.sequence;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import porthole.fixtures.Direction;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.protocol.wire.Bytes;
import porthole.transport.Connection;
import porthole.transport.ConnectionEvent;
import porthole.transport.ConnectionSpec;
import porthole.transport.RandomSource;
import porthole.transport.SecurityLayer;
import porthole.transport.SessionSink;
import porthole.transport.StageClock;
import porthole.transport.TlsEvidence;

/** A recorded server stream that drives the client's phases on an embedded channel. */
final class RecordedHost {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Connection connection;
    private final List<byte[]> sent = new ArrayList<>();
    private final List<ConnectionEvent> events = new ArrayList<>();

    RecordedHost(ConnectionSpec spec, SecurityLayer layer, SecurityLayer.Attempt attempt, SessionSink sink) {
        this(spec, layer, attempt, sink, octets -> {}, Bytes.EMPTY);
    }

    /** @param publicKey of the TLS certificate, as CredSSP binds to it */
    RecordedHost(
            ConnectionSpec spec,
            SecurityLayer layer,
            SecurityLayer.Attempt attempt,
            SessionSink sink,
            RandomSource random,
            Bytes publicKey) {
        connection = new Connection(
                spec,
                layer,
                attempt,
                ConnectionSequence.INSTANCE,
                (context, s) -> CompletableFuture.completedFuture(
                        new TlsEvidence("TLSv1.3", "recorded", List.of(), "", publicKey, "recorded")),
                sink,
                random,
                new StageClock(events::add, System::nanoTime));
        sink.attached(connection);
        connection.install(channel.pipeline());
        collect();
    }

    Connection connection() {
        return connection;
    }

    /** Feeds octets of the host. */
    void feed(byte[] octets) {
        channel.writeInbound(Unpooled.copiedBuffer(octets));
        collect();
    }

    /** Feeds the recorded host messages up to the first of {@code kind}, included. */
    void feedThrough(Recording recording, String kind) {
        for (Row row : recording.rows()) {
            if (row.dir() == Direction.S2C) {
                feed(recording.pdu(row));
                if (row.kind().equals(kind)) {
                    return;
                }
            }
        }
    }

    /** Lets time pass on the connection's event loop, which stands still from the first call on. */
    void pass(Duration time) {
        channel.freezeTime();
        channel.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();
        collect();
    }

    private void collect() {
        channel.runPendingTasks();
        for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
            if (out.isReadable()) {
                sent.add(ByteBufUtil.getBytes(out));
            }
            out.release();
        }
    }

    /** The frames that the client sent, in order. */
    List<byte[]> sent() {
        return sent;
    }

    /** What the connection told its observer. */
    List<ConnectionEvent> events() {
        return events;
    }

    /** The failure that ended the connection, where one did. */
    Optional<Throwable> failure() {
        return connection.ended().isDone() ? connection.ended().join().failure().map(f -> f) : Optional.empty();
    }

    void close() {
        channel.finishAndReleaseAll();
    }
}
