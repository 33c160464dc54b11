package porthole.host.session;

import java.util.List;
import java.util.Optional;
import porthole.protocol.multitransport.HeartbeatPdu;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.redirection.ServerRedirectionPacket;

/** One connection, for whoever embeds the host; may be used from any thread. */
public final class HostSession {
    private final HostConnection connection;

    HostSession(HostConnection connection) {
        this.connection = connection;
    }

    /** The connection's number, from 1, as its events have it. */
    public long number() {
        return connection.number();
    }

    /** Changes the desktop's size by deactivation and reactivation; does nothing before the session is active. */
    public void resize(int width, int height) {
        DesktopSize size = new DesktopSize(width, height);
        onLoop(() -> active().ifPresent(active -> active.resize(size)));
    }

    /**
     * Ends the session in an orderly way; a connection that is not active yet is closed.
     *
     * @param errorInfo the reason that the client is told (MS-RDPBCGR 2.2.5.1.1)
     */
    public void disconnect(long errorInfo) {
        onLoop(() -> active().ifPresentOrElse(
                        active -> active.disconnect(errorInfo), () -> connection.end("closed by the host")));
    }

    /** Sends the client to another host; does nothing before the session is active. */
    public void redirect(ServerRedirectionPacket packet) {
        onLoop(() -> active().ifPresent(active -> active.redirect(packet)));
    }

    /**
     * Sends one heartbeat; does nothing before the session is active, or to a client without a message channel.
     *
     * @param period seconds until the next one is due
     * @param warnAfter missed heartbeats that are worth a warning
     * @param reconnectAfter missed heartbeats after which the client should take the connection for lost
     */
    public void heartbeat(int period, int warnAfter, int reconnectAfter) {
        HeartbeatPdu beat = HeartbeatPdu.of(period, warnAfter, reconnectAfter);
        onLoop(() -> active().ifPresent(active -> active.beat(beat)));
    }

    /**
     * Draws orders, on top of what the client shows; does nothing before the session is active. Only for a host that was
     * told of orders before it started, as others do not offer them.
     */
    public void orders(List<DrawingOrder> orders) {
        List<DrawingOrder> drawn = List.copyOf(orders);
        onLoop(() -> active().ifPresent(active -> active.draw(drawn)));
    }

    private Optional<ActiveSession> active() {
        return !connection.isOver() && connection.phase() instanceof ActiveSession active
                ? Optional.of(active)
                : Optional.empty();
    }

    private void onLoop(Runnable action) {
        connection.channel().eventLoop().execute(action);
    }
}
