package porthole.transport.route;

import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import porthole.protocol.failure.Stage;
import porthole.transport.ConnectionSpec;
import porthole.transport.StageClock;

/** TCP to the host itself, through the proxy of the specification where there is one. */
public final class DirectRoute implements Route {
    private final TcpConnector tcp;

    public DirectRoute(TcpConnector tcp) {
        this.tcp = tcp;
    }

    @Override
    public CompletableFuture<Channel> open(ConnectionSpec spec, StageClock clock) {
        CompletableFuture<TcpConnector.Opened> pipe =
                tcp.connect(spec.target().host(), spec.target().port(), spec, clock);
        CompletableFuture<Channel> open = pipe.thenApply(opened -> {
            clock.finished(Stage.CONNECT, opened.evidence());
            return opened.channel();
        });
        open.whenComplete((channel, failed) -> {
            if (open.isCancelled()) {
                pipe.cancel(false);
                pipe.thenAccept(opened -> opened.channel().close());
            }
        });
        return open;
    }
}
