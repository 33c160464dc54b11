package porthole.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import porthole.fixtures.ClientMessages;
import porthole.fixtures.ServerCapabilities;
import porthole.fixtures.ServerMessages;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.wire.Bytes;
import porthole.transport.Connection;
import porthole.transport.ConnectionObserver;
import porthole.transport.ConnectionSpec;
import porthole.transport.SecurityLayer;
import porthole.transport.SessionEnd;
import porthole.transport.StageClock;
import porthole.transport.TlsEvidence;
import porthole.transport.sequence.ConnectionSequence;

/** A host on an embedded channel: right up to some moment, and then whatever it is given. Counts every buffer. */
final class FuzzedHost implements AutoCloseable {
    /** How far the host behaves before the input takes over. */
    enum Moment {
        START,
        CONFIRM,
        AUTHENTICATED,
        CONNECT_RESPONSE,
        ATTACH_USER_CONFIRM,
        JOINED,
        LICENSED,
        DEMAND_ACTIVE,
        SYNCHRONIZED,
        ACTIVE
    }

    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(false, true);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Connection connection;
    private final List<byte[]> sent = new ArrayList<>();
    private final int protocol;

    FuzzedHost(ConnectionSpec spec, SecurityLayer layer, SecurityLayer.Attempt attempt) {
        channel.config().setAllocator(memory);
        protocol = layer.protocol().bits();
        connection = new Connection(
                spec,
                layer,
                attempt,
                ConnectionSequence.INSTANCE,
                (context, s) -> CompletableFuture.completedFuture(
                        new TlsEvidence("TLSv1.3", "none", List.of(), "", Bytes.EMPTY, "none")),
                new PaintingSink(),
                octets -> {},
                new StageClock(ConnectionObserver.NONE, () -> 0));
        connection.install(channel.pipeline());
        collect();
    }

    /** Plays a host that does everything right, up to {@code moment}. */
    void behaveUntil(Moment moment) {
        for (Moment next : Moment.values()) {
            if (next.compareTo(moment) > 0) {
                break;
            }
            for (byte[] message : messages(next)) {
                feed(message, message.length);
            }
        }
        assertThat(connection.isOver())
                .as("the ordinary part, up to %s: %s", moment, failure())
                .isFalse();
    }

    private List<byte[]> messages(Moment moment) {
        return switch (moment) {
            case START -> List.of();
            case CONFIRM -> List.of(ServerMessages.confirm(protocol));
            case AUTHENTICATED ->
                protocol == 0x10
                        ? List.of(ServerMessages.serverNonce("nonce"), ServerMessages.authenticationResult(0))
                        : List.of();
            case CONNECT_RESPONSE -> {
                int requested = ClientMessages.requestedProtocols(sent.get(0));
                int count =
                        ClientMessages.channelNames(sent.get(sent.size() - 1)).size();
                List<Integer> ids = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    ids.add(1008 + i);
                }
                yield List.of(ServerMessages.connectResponse(requested, ids));
            }
            case ATTACH_USER_CONFIRM -> List.of(ServerMessages.attachUserConfirm());
            case JOINED -> {
                join();
                yield List.of();
            }
            case LICENSED -> List.of(ServerMessages.validClientLicense());
            case DEMAND_ACTIVE -> List.of(ServerMessages.demandActive(ServerCapabilities.of(64, 64, 16)));
            case SYNCHRONIZED ->
                List.of(
                        ServerMessages.synchronize(),
                        ServerMessages.controlCooperate(),
                        ServerMessages.controlGranted());
            case ACTIVE -> List.of(ServerMessages.fontMap());
        };
    }

    /** Confirms each join, whether they come one by one or all at once. */
    private void join() {
        for (int i = 0; i < sent.size(); i++) {
            byte[] message = sent.get(i);
            if (message.length > 7 && message[4] == 2 && message[7] == 14 << 2) {
                byte[] confirm = ServerMessages.joinConfirm(ClientMessages.joinedChannel(message));
                feed(confirm, confirm.length);
            }
        }
    }

    /** Feeds octets of the host in reads of {@code cut} octets. */
    void feed(byte[] octets, int cut) {
        for (int from = 0; from < octets.length && channel.isOpen(); from += cut) {
            int length = Math.min(cut, octets.length - from);
            ByteBuf read = memory.heapBuffer(length);
            read.writeBytes(octets, from, length);
            channel.writeInbound(read);
            collect();
        }
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

    private Optional<RdpFailure> failure() {
        return Optional.ofNullable(connection.ended().getNow(null)).flatMap(SessionEnd::failure);
    }

    /** Closes; every ending must be a proper one, and no buffer may stay behind. */
    @Override
    public void close() {
        channel.close();
        collect();
        channel.finishAndReleaseAll();
        channel.checkException();
        assertThat(connection.ended()).isCompleted();
        failure().ifPresent(Oracle::explains);
        assertThat(connection.reached()).isDone();
        assertThat(memory.metric().usedHeapMemory() + memory.metric().usedDirectMemory())
                .as("octets of buffers that nobody released")
                .isZero();
    }
}
