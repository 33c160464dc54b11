package porthole.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.rdpedisp.DisplayControlPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.Monitor;

/**
 * The display control channel of one session: tells the host of other monitors, once the host has said what it allows.
 * MS-RDPEDISP 3.2.
 */
final class DisplayControl implements DynamicChannel {
    private final Object lock = new Object();
    private CompletableFuture<Void> ready = new CompletableFuture<>();
    private DisplayControlPdu.Caps caps;
    private Sink out;

    @Override
    public String name() {
        return DisplayControlPdu.CHANNEL_NAME;
    }

    @Override
    public int maximumMessage() {
        return 4096;
    }

    @Override
    public void received(WireReader message, Sink sink) {
        DisplayControlPdu pdu =
                DisplayControlPdu.decode(message.renamed("DisplayControlPdu", DisplayControlPdu.SECTION));
        if (pdu instanceof DisplayControlPdu.Caps received) {
            CompletableFuture<Void> told;
            synchronized (lock) {
                caps = received;
                out = sink;
                told = ready;
            }
            told.complete(null);
        }
    }

    @Override
    public void closed() {
        synchronized (lock) {
            caps = null;
            out = null;
            if (ready.isDone()) {
                ready = new CompletableFuture<>();
            }
        }
    }

    /** Completes when the host has opened the channel and said what it allows; a host without it never does. */
    CompletableFuture<Void> ready() {
        synchronized (lock) {
            return ready.copy();
        }
    }

    /** Sends another layout; what the host makes of it comes as a reset of the graphics, or as a reactivation. */
    void layout(List<Monitor> monitors) {
        List<DisplayControlPdu.MonitorLayout.Monitor> all = new ArrayList<>();
        long pixels = 0;
        for (Monitor monitor : monitors) {
            int width = monitor.width() & ~1; // odd widths are not allowed
            pixels += (long) width * monitor.height();
            all.add(new DisplayControlPdu.MonitorLayout.Monitor(
                    all.isEmpty() ? DisplayControlPdu.MonitorLayout.Monitor.PRIMARY : 0,
                    monitor.left(),
                    monitor.top(),
                    width,
                    monitor.height(),
                    monitor.physicalWidth(),
                    monitor.physicalHeight(),
                    monitor.orientation(),
                    monitor.desktopScale(),
                    monitor.deviceScale()));
        }
        DisplayControlPdu.Caps allowed;
        Sink to;
        synchronized (lock) {
            allowed = caps;
            to = out;
        }
        if (allowed == null) {
            throw failure(
                    "the desktop cannot be given another size",
                    "no display control channel",
                    "a host that opens " + DisplayControlPdu.CHANNEL_NAME,
                    "connect again with the size that is wanted");
        }
        if (!allowed.allows(all.size(), pixels)) {
            throw failure(
                    "the host does not allow these monitors",
                    all.size() + " monitors of " + pixels + " pixels",
                    "at most " + allowed.maxNumMonitors() + " of " + allowed.maxMonitorAreaFactorA() + " x "
                            + allowed.maxMonitorAreaFactorB() + " pixels each, on average",
                    "ask for fewer or smaller monitors");
        }
        if (!to.send(Bytes.of(new DisplayControlPdu.MonitorLayout(all).toByteArray()))) {
            throw failure(
                    "the desktop cannot be given another size now",
                    "a host that is slow, or a session that is not active",
                    "a session that takes messages",
                    "try again in a moment");
        }
    }

    private static LocalFailure failure(String problem, String seen, String expected, String remedy) {
        return new LocalFailure("display-control", problem, seen, expected, remedy);
    }
}
