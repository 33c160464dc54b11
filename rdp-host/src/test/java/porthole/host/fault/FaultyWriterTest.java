package porthole.host.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each effect does to the octets, in virtual time. */
class FaultyWriterTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
    private FaultyWriter writer;

    FaultyWriterTest() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        writer.release();
        channel.finishAndReleaseAll();
    }

    private void with(Effect... effects) {
        writer = new FaultyWriter(channel, List.of(Rule.on(ServerMessage.LICENSE, effects)));
    }

    private void send(ServerMessage message, String hex) {
        writer.write(message, Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex)));
    }

    private List<String> sent() {
        channel.runPendingTasks();
        List<String> all = new ArrayList<>();
        for (ByteBuf octets = channel.readOutbound(); octets != null; octets = channel.readOutbound()) {
            if (octets.isReadable()) {
                all.add(ByteBufUtil.hexDump(octets));
            }
            octets.release();
        }
        return all;
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void withoutARuleMessagesPass() {
        with();
        send(ServerMessage.FONT_MAP, "0102");
        send(ServerMessage.DEMAND_ACTIVE, "03");
        assertThat(sent()).containsExactly("0102", "03");
        assertThat(writer.isWritable()).isTrue();
    }

    @Test
    void onlyTheNamedMessageIsTouched() {
        with(new Effect.Drop());
        send(ServerMessage.FONT_MAP, "01");
        send(ServerMessage.LICENSE, "02");
        send(ServerMessage.LICENSE, "03");
        assertThat(sent()).containsExactly("01", "03");
    }

    @Test
    void everyOccurrenceCanBeMeant() {
        writer = new FaultyWriter(
                channel, List.of(new Rule(ServerMessage.LICENSE, Rule.EVERY, List.of(new Effect.Drop()))));
        send(ServerMessage.LICENSE, "02");
        send(ServerMessage.LICENSE, "03");
        assertThat(sent()).isEmpty();
    }

    @Test
    void rewritingAndRepeating() {
        with(new Effect.Rewrite(frame -> Frames.octet(frame, 0, 0xFF)), new Effect.Repeat(3));
        send(ServerMessage.LICENSE, "0102");
        assertThat(sent()).containsExactly("ff02ff02ff02");
    }

    @Test
    void lateHoldsEverythingBehindBackToo() {
        with(new Effect.Late(Duration.ofSeconds(2)));
        send(ServerMessage.LICENSE, "01");
        send(ServerMessage.FONT_MAP, "02");
        assertThat(sent()).isEmpty();
        assertThat(writer.isWritable()).isFalse();
        pass(Duration.ofMillis(1999));
        assertThat(sent()).isEmpty();
        pass(Duration.ofMillis(1));
        assertThat(sent()).containsExactly("01", "02");
        assertThat(writer.isWritable()).isTrue();
    }

    @Test
    void piecesGoOutOneAfterTheOther() {
        with(new Effect.Pieces(2, Duration.ofSeconds(1)));
        send(ServerMessage.LICENSE, "0102030405");
        send(ServerMessage.FONT_MAP, "06");
        assertThat(sent()).containsExactly("0102");
        pass(Duration.ofSeconds(1));
        assertThat(sent()).containsExactly("0304");
        pass(Duration.ofSeconds(1));
        assertThat(sent()).containsExactly("05", "06");
    }

    @Test
    void silenceLastsAndKeepsTheConnection() {
        with(new Effect.Silence());
        send(ServerMessage.LICENSE, "01");
        send(ServerMessage.FONT_MAP, "02");
        assertThat(sent()).isEmpty();
        assertThat(channel.isOpen()).isTrue();
        assertThat(writer.isWritable()).isFalse();
    }

    @Test
    void silenceCanBeginBehindTheMessage() {
        with(new Effect.SilenceAfter());
        send(ServerMessage.LICENSE, "01");
        send(ServerMessage.FONT_MAP, "02");
        assertThat(sent()).containsExactly("01");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void theConnectionEndsBeforeOrBehindTheMessage() {
        with(new Effect.Rewrite(frame -> Arrays.copyOf(frame, 1)), new Effect.EndAfter(false));
        send(ServerMessage.LICENSE, "0102");
        assertThat(sent()).containsExactly("01");
        assertThat(channel.isOpen()).isFalse();
        EmbeddedChannel other = new EmbeddedChannel(new ChannelInboundHandlerAdapter());
        FaultyWriter reset =
                new FaultyWriter(other, List.of(Rule.on(ServerMessage.LICENSE, new Effect.EndBefore(true))));
        reset.write(ServerMessage.LICENSE, Unpooled.wrappedBuffer(new byte[] {1}));
        assertThat(other.outboundMessages()).isEmpty();
        assertThat(other.isOpen()).isFalse();
    }

    @Test
    void aMomentCanBeDelayedReplacedOrKept() {
        with();
        List<String> done = new ArrayList<>();
        writer.at(ServerMessage.TLS_HANDSHAKE, () -> done.add("kept"));
        writer = new FaultyWriter(channel, List.of(Rule.on(ServerMessage.TLS_HANDSHAKE, new Effect.Rewrite(nothing ->
                new byte[] {0x15}))));
        writer.at(ServerMessage.TLS_HANDSHAKE, () -> done.add("never"));
        assertThat(sent()).containsExactly("15");
        writer = new FaultyWriter(channel, List.of(Rule.on(ServerMessage.TLS_HANDSHAKE, new Effect.Silence())));
        writer.at(ServerMessage.TLS_HANDSHAKE, () -> done.add("never"));
        writer = new FaultyWriter(
                channel, List.of(Rule.on(ServerMessage.TLS_HANDSHAKE, new Effect.Late(Duration.ofSeconds(1)))));
        writer.at(ServerMessage.TLS_HANDSHAKE, () -> done.add("late"));
        assertThat(done).containsExactly("kept");
        pass(Duration.ofSeconds(1));
        assertThat(done).containsExactly("kept", "late");
    }
}
