package porthole.transport.route;

import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import porthole.transport.ConnectionSpec;
import porthole.transport.StageClock;

/** Opens the byte pipe to the host: directly, or through whatever lies before it. */
public interface Route {
    /**
     * Completes with an open channel that reads nothing yet, or fails with an {@link porthole.protocol.failure.RdpFailure}
     * in its stage; cancelling it closes whatever is open.
     *
     * @param clock is told the stages that this takes
     */
    CompletableFuture<Channel> open(ConnectionSpec spec, StageClock clock);
}
