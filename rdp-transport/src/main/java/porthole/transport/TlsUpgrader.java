package porthole.transport;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.CompletionStage;

/** Puts TLS in front of the frames of an open connection; a replay only notes that it was done. */
@FunctionalInterface
public interface TlsUpgrader {
    /**
     * Starts the handshake on the pipeline of {@code context}; completes on its event loop.
     *
     * <p>Fails with a {@link porthole.protocol.failure.LocalFailure} that says what the peer or its certificate did.
     */
    CompletionStage<TlsEvidence> upgrade(ChannelHandlerContext context, ConnectionSpec spec);
}
