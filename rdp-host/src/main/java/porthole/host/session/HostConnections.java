package porthole.host.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Takes connections on, up to a limit, and knows those that are open. */
public final class HostConnections extends ChannelInitializer<Channel> {
    private final HostSettings settings;
    private final int most;
    private final Reconnections reconnections;
    private final AtomicLong accepted = new AtomicLong();
    private final Map<Long, HostSession> open = new ConcurrentHashMap<>();

    /** @param most connections at the same time; further ones are closed at once */
    public HostConnections(HostSettings settings, int most) {
        this.settings = settings;
        this.most = most;
        this.reconnections = new Reconnections(settings.random());
    }

    /** How many connections were taken on so far. */
    public long accepted() {
        return accepted.get();
    }

    /** Those that are open now. */
    public List<HostSession> open() {
        return List.copyOf(open.values());
    }

    @Override
    protected void initChannel(Channel channel) {
        if (open.size() >= most) {
            channel.close();
            return;
        }
        long number = accepted.incrementAndGet();
        HostConnection connection = new HostConnection(number, settings, reconnections, () -> open.remove(number));
        open.put(number, new HostSession(connection));
        connection.install(channel.pipeline());
    }

    @Override
    public boolean isSharable() {
        return true;
    }
}
