package porthole.transport.route;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.concurrent.CompletionStage;
import porthole.transport.ConnectionSpec;
import porthole.transport.StageClock;

/** Opens the byte pipe to the host: directly, or through whatever lies before it. */
public interface Route {
    /**
     * Completes with an open channel, on its event loop, or fails with an {@link porthole.protocol.failure.RdpFailure}
     * in its stage.
     *
     * @param clock is told the stages that this takes
     * @param first is in the pipeline before the channel connects
     */
    CompletionStage<Channel> open(ConnectionSpec spec, StageClock clock, ChannelHandler first);
}
