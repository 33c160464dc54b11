package porthole.cli.session;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import porthole.cli.control.Desktop;
import porthole.cli.output.WholeFile;
import porthole.client.RdpClient;
import porthole.client.RdpSession;
import porthole.client.SessionInput;
import porthole.client.SessionOptions;
import porthole.graphics.picture.Picture;
import porthole.graphics.picture.PixelRect;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;
import porthole.transport.Connection;
import porthole.transport.ConnectionSpec;
import porthole.transport.SessionEnd;
import porthole.transport.Target;

/** A session that can begin again, with the picture as it was before the last input or wait, so that no change is missed. */
public final class LiveDesktop implements Desktop {
    private static final Duration GOODBYE = Duration.ofSeconds(3);
    private static final Duration RESIZABLE = Duration.ofSeconds(3);

    private final RdpClient client;
    private final ConnectionSpec spec;
    private final SessionOptions options;
    private final Consumer<RdpSession> sessions;
    private volatile RdpSession session;
    private Picture before;
    private int connections;
    private int pointerX;
    private int pointerY;

    public LiveDesktop(RdpClient client, ConnectionSpec spec, SessionOptions options) {
        this(client, spec, options, session -> {});
    }

    /** @param sessions is told each session that is up, before its first frame is awaited */
    public LiveDesktop(RdpClient client, ConnectionSpec spec, SessionOptions options, Consumer<RdpSession> sessions) {
        this.client = client;
        this.sessions = sessions;
        this.spec = spec;
        this.options = options;
    }

    /** Connects, and waits for the first frame; both together have the total deadline. */
    public void connect() throws InterruptedException {
        long start = System.nanoTime();
        session = Outcomes.of(client.connect(spec, numbered()));
        sessions.accept(session);
        Duration total = connected().deadlines().total(); // longer where a host had to be started first
        Duration left = total.minusNanos(System.nanoTime() - start);
        if (!awaitFrame(left)) {
            throw new LocalFailure(
                            "deadline",
                            "the session is up, but no picture came",
                            session.frames() + " frames",
                            "pixels within " + spec.deadlines().total().toMillis() + " ms of the start",
                            "see with -v what the host sends; it may draw in a way that this client does not announce")
                    .in(Stage.FIRST_FRAME);
        }
        before = session.snapshot(false);
    }

    /** A session that begins again is recorded behind the connections of the last one. */
    private SessionOptions numbered() {
        RdpSession last = session;
        if (last != null) {
            connections += last.connections();
        }
        return options.recording()
                .map(where -> options.withRecording(new SessionOptions.RecordingOptions(
                        where.file(), where.secrets(), where.first() + connections)))
                .orElse(options);
    }

    private ConnectionSpec connected() {
        return session.connection().map(Connection::spec).orElse(spec);
    }

    /** Where the session is, for people: the host, and the gateway of Azure Virtual Desktop before it; only after {@link #connect}. */
    public String target() {
        Target target = connected().target();
        return connected().route().avd().isPresent() ? target.tlsName() + " through " + target : target.toString();
    }

    /** The session; only after {@link #connect}. */
    public RdpSession session() {
        return session;
    }

    @Override
    public boolean isConnected() {
        RdpSession now = session;
        return now != null
                && !now.ended().isDone()
                && (options.reconnect().attempts() > 0
                        || now.connection()
                                .map(connection -> !connection.isOver())
                                .orElse(false));
    }

    @Override
    public Map<String, Object> screenshot(Path file, boolean pointer) throws IOException {
        Picture picture = session.snapshot(pointer);
        WholeFile.write(file, picture::writePng);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("file", file.toString());
        facts.put("width", picture.width());
        facts.put("height", picture.height());
        facts.put("frames", session.frames());
        return facts;
    }

    private SessionInput input() {
        before = session.snapshot(false);
        return session.input();
    }

    private static void sent(CompletableFuture<Void> sending) throws InterruptedException {
        Outcomes.of(sending);
    }

    @Override
    public void type(String text) throws InterruptedException {
        sent(input().type(text));
    }

    @Override
    public void key(int scancode, boolean extended, boolean down) throws InterruptedException {
        sent(input().key(scancode, extended, down));
    }

    @Override
    public void movePointer(int x, int y) throws InterruptedException {
        pointerX = x;
        pointerY = y;
        sent(input().move(x, y));
    }

    @Override
    public void button(int button, boolean down, int x, int y) throws InterruptedException {
        pointerX = x;
        pointerY = y;
        sent(input().button(SessionInput.Button.values()[button - 1], down, x, y));
    }

    @Override
    public void wheel(int delta, boolean horizontal, int x, int y) throws InterruptedException {
        sent(input().wheel(delta, horizontal, x < 0 ? pointerX : x, y < 0 ? pointerY : y));
    }

    @Override
    public void sync(boolean scroll, boolean num, boolean caps, boolean kana) throws InterruptedException {
        sent(input().synchronize(scroll, num, caps, kana));
    }

    @Override
    public void suppressOutput(boolean suppress) throws InterruptedException {
        sent(session.suppressOutput(suppress));
    }

    @Override
    public void refresh(int x, int y, int width, int height) throws InterruptedException {
        sent(session.refresh(List.of(
                width == 0
                        ? new PixelRect(0, 0, session.width(), session.height())
                        : new PixelRect(x, y, width, height))));
    }

    @Override
    public boolean resize(int width, int height) throws InterruptedException {
        // a session is up a moment before the host opens the channel
        if (!Outcomes.inTime(session.resizable()
                .orTimeout(RESIZABLE.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(LiveDesktop::late))) {
            return false;
        }
        before = session.snapshot(false);
        sent(session.resize(width, height));
        return true;
    }

    @Override
    public boolean awaitFrame(Duration timeout) throws InterruptedException {
        CompletableFuture<Long> first = session.firstFrame();
        return Outcomes.inTime(first.orTimeout(Math.max(0, timeout.toMillis()), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(LiveDesktop::late));
    }

    private static <T> CompletableFuture<T> late(Throwable thrown) {
        return CompletableFuture.failedFuture(
                thrown instanceof TimeoutException
                        ? new LocalFailure("deadline", "no frame came in time", "", "", "")
                        : thrown);
    }

    @Override
    public boolean awaitQuiet(Duration quiet, Duration timeout) throws InterruptedException {
        boolean came = Outcomes.inTime(session.quiet(quiet, timeout));
        before = session.snapshot(false);
        return came;
    }

    @Override
    public boolean awaitChange(Duration timeout) throws InterruptedException {
        CompletableFuture<Long> next = session.change(timeout);
        Picture now = session.snapshot(false);
        boolean already = now.differingPixels(before) > 0;
        boolean came = already || Outcomes.inTime(next);
        next.cancel(false);
        if (came) {
            before = session.snapshot(false);
        }
        return came;
    }

    @Override
    public void reconnect() throws InterruptedException {
        disconnect();
        connect();
    }

    @Override
    public boolean logoff() throws InterruptedException {
        return Outcomes.of(session.logoff(GOODBYE)).kind() == SessionEnd.Kind.HOST;
    }

    /** Says goodbye and waits a moment for the end; does nothing where no session is. */
    @Override
    public void disconnect() {
        RdpSession now = session;
        if (now == null || now.ended().isDone()) {
            return;
        }
        CompletableFuture<SessionEnd> end = now.disconnect("disconnected");
        end.completeOnTimeout(
                        new SessionEnd(SessionEnd.Kind.LOCAL, "disconnected", Optional.empty()),
                        GOODBYE.toMillis(),
                        TimeUnit.MILLISECONDS)
                .join();
    }
}
