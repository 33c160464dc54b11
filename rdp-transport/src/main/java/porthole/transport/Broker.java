package porthole.transport;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Somebody who is asked, before each connection, where the host is: it may be another one each time, and what was said for the
 * last connection does not open the next one.
 */
public interface Broker {
    /**
     * The specification with target, route, trust and security as they are now; fails with an
     * {@link porthole.protocol.failure.RdpFailure}. Its time does not count against the deadline of the connection, as a host may
     * have to be started first; cancelling it ends the asking.
     *
     * @param clock is told of stage {@code broker}
     * @param blocking for what may wait
     */
    CompletionStage<ConnectionSpec> locate(ConnectionSpec spec, StageClock clock, Executor blocking);
}
