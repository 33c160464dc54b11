package porthole.transport;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.multitransport.HeartbeatPdu;

/**
 * Notices when a host that sends heartbeats has fallen silent (MS-RDPBCGR 2.2.16.1): the first count is worth a note, the
 * second ends the connection. Belongs to the connection's event loop, whose clock it goes by.
 *
 * <p>Whatever else the host sends shows that it lives, and a client that reads nothing has no reason to complain.
 */
public final class Heartbeats {
    private final Connection connection;
    private HeartbeatPdu last;
    private long received;
    private Future<?> warning;
    private Future<?> loss;

    Heartbeats(Connection connection) {
        this.connection = connection;
    }

    /** A heartbeat came; it says when the next ones are due. */
    public void beat(HeartbeatPdu beat) {
        last = beat;
        watch();
    }

    private void watch() {
        stop();
        received = connection.octetsReceived();
        warning = after(last.count1(), this::missed);
        loss = after(last.count2(), this::lost);
    }

    /** Half a period is left to the network; a period or a count of zero asks for nothing. */
    private Future<?> after(int count, Runnable work) {
        if (last.period() == 0 || count == 0) {
            return null;
        }
        EventLoop loop = connection.channel().eventLoop();
        return loop.schedule(work, millis(count), TimeUnit.MILLISECONDS);
    }

    private long millis(int count) {
        return TimeUnit.SECONDS.toMillis(last.period()) * (2L * count + 1) / 2;
    }

    private boolean lives() {
        return connection.octetsReceived() != received
                || !connection.channel().config().isAutoRead();
    }

    private void missed() {
        if (lives()) {
            watch();
        } else {
            connection
                    .clock()
                    .note("heartbeat-missed", Map.of("missed", last.count1(), "millis", millis(last.count1())));
        }
    }

    private void lost() {
        if (lives()) {
            watch();
        } else {
            connection.fail(new LocalFailure(
                    "heartbeat-lost",
                    "the host's heartbeat has stopped",
                    "nothing for " + millis(last.count2()) + " ms",
                    "a heartbeat each " + last.period() + " s, of which " + last.count2() + " may be missed",
                    "see whether the network between was cut; --reconnect restores the session"));
        }
    }

    void stop() {
        if (warning != null) {
            warning.cancel(false);
        }
        if (loss != null) {
            loss.cancel(false);
        }
    }
}
