package porthole.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import porthole.client.bitmapcache.BitmapCacheStore;
import porthole.client.capture.Recorder;
import porthole.transport.ConnectionObserver;

/**
 * What a session does besides its connection.
 *
 * @param observer sees stages, messages and notes of the connection
 * @param listener sees pictures, sizes and the end
 * @param channels static virtual channels that are asked for in addition to those of the client settings; by default a clipboard that is
 *     always empty
 * @param graphics how the host may draw
 * @param recording where the session is recorded, if at all
 * @param bitmapCache where bitmaps are kept from one session to the next, if at all
 * @param reconnect how the session is restored when the line is cut; not at all by default
 * @param transcripts makes what keeps each connection of the session in another form, beside a recording
 * @param decodeThreads how many threads decode the tiles of one RemoteFX or progressive frame, 1 to 16; 1 by default
 */
public record SessionOptions(
        ConnectionObserver observer,
        SessionListener listener,
        List<StaticChannel> channels,
        GraphicsOffer graphics,
        Optional<RecordingOptions> recording,
        Optional<BitmapCacheStore> bitmapCache,
        ReconnectPolicy reconnect,
        Optional<Supplier<Recorder>> transcripts,
        int decodeThreads) {
    public static final int MOST_DECODE_THREADS = 16;

    public static final SessionOptions DEFAULT = new SessionOptions(
            ConnectionObserver.NONE,
            SessionListener.NONE,
            List.of(new EmptyClipboard()),
            GraphicsOffer.AUTO,
            Optional.empty(),
            Optional.empty(),
            ReconnectPolicy.NONE,
            Optional.empty(),
            1);

    public SessionOptions {
        channels = List.copyOf(channels);
        if (decodeThreads < 1 || decodeThreads > MOST_DECODE_THREADS) {
            throw new IllegalArgumentException(
                    "decodeThreads: " + decodeThreads + " is not within 1 to " + MOST_DECODE_THREADS);
        }
    }

    /**
     * Where to record: each connection of a session in a file of its own, which {@link #file(int)} names.
     *
     * @param file of the first connection; is replaced where it exists
     * @param secrets keeps passwords, tokens and what is typed
     * @param first the number of the session's first connection, for a session that goes on where another ended
     */
    public record RecordingOptions(Path file, boolean secrets, int first) {
        public RecordingOptions(Path file, boolean secrets) {
            this(file, secrets, 1);
        }

        /** The file of a connection, counted from 1: {@code a.porthole}, {@code a-2.porthole}, {@code a-3.porthole}. */
        public Path file(int connection) {
            return numbered(file, connection);
        }

        /** The name that a recording of that name has for a connection, counted from 1. */
        public static Path numbered(Path file, int connection) {
            String name = file.getFileName().toString();
            int dot = name.lastIndexOf('.');
            int at = dot > 0 ? dot : name.length();
            return connection == 1
                    ? file
                    : file.resolveSibling(name.substring(0, at) + "-" + connection + name.substring(at));
        }
    }

    public SessionOptions withObserver(ConnectionObserver value) {
        return new SessionOptions(
                value, listener, channels, graphics, recording, bitmapCache, reconnect, transcripts, decodeThreads);
    }

    public SessionOptions withListener(SessionListener value) {
        return new SessionOptions(
                observer, value, channels, graphics, recording, bitmapCache, reconnect, transcripts, decodeThreads);
    }

    public SessionOptions withChannels(List<StaticChannel> value) {
        return new SessionOptions(
                observer, listener, value, graphics, recording, bitmapCache, reconnect, transcripts, decodeThreads);
    }

    public SessionOptions withGraphics(GraphicsOffer value) {
        return new SessionOptions(
                observer, listener, channels, value, recording, bitmapCache, reconnect, transcripts, decodeThreads);
    }

    public SessionOptions withRecording(RecordingOptions value) {
        return new SessionOptions(
                observer,
                listener,
                channels,
                graphics,
                Optional.of(value),
                bitmapCache,
                reconnect,
                transcripts,
                decodeThreads);
    }

    public SessionOptions withReconnect(ReconnectPolicy value) {
        return new SessionOptions(
                observer, listener, channels, graphics, recording, bitmapCache, value, transcripts, decodeThreads);
    }

    public SessionOptions withBitmapCache(BitmapCacheStore value) {
        return new SessionOptions(
                observer,
                listener,
                channels,
                graphics,
                recording,
                Optional.of(value),
                reconnect,
                transcripts,
                decodeThreads);
    }

    /** @param value is asked once for each connection */
    public SessionOptions withTranscripts(Supplier<Recorder> value) {
        return new SessionOptions(
                observer,
                listener,
                channels,
                graphics,
                recording,
                bitmapCache,
                reconnect,
                Optional.of(value),
                decodeThreads);
    }

    /** @param value 1 to {@link #MOST_DECODE_THREADS}, the thread that paints among them */
    public SessionOptions withDecodeThreads(int value) {
        return new SessionOptions(
                observer, listener, channels, graphics, recording, bitmapCache, reconnect, transcripts, value);
    }
}
