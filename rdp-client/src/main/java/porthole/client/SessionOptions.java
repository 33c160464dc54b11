package porthole.client;

import java.util.List;
import java.util.Optional;
import porthole.transport.ConnectionObserver;

/**
 * What a session does besides its connection.
 *
 * @param observer sees stages, messages and notes of the connection
 * @param listener sees pictures, sizes and the end
 * @param channels static virtual channels that are asked for in addition to those of the client settings
 * @param recording where the session is recorded, if at all
 */
public record SessionOptions(
        ConnectionObserver observer,
        SessionListener listener,
        List<StaticChannel> channels,
        Optional<RecordingOptions> recording) {
    public static final SessionOptions DEFAULT =
            new SessionOptions(ConnectionObserver.NONE, SessionListener.NONE, List.of(), Optional.empty());

    public SessionOptions {
        channels = List.copyOf(channels);
    }

    /**
     * Where to record.
     *
     * @param file is replaced where it exists
     * @param secrets keeps passwords, tokens and what is typed
     */
    public record RecordingOptions(java.nio.file.Path file, boolean secrets) {}

    public SessionOptions withObserver(ConnectionObserver value) {
        return new SessionOptions(value, listener, channels, recording);
    }

    public SessionOptions withListener(SessionListener value) {
        return new SessionOptions(observer, value, channels, recording);
    }

    public SessionOptions withChannels(List<StaticChannel> value) {
        return new SessionOptions(observer, listener, value, recording);
    }

    public SessionOptions withRecording(RecordingOptions value) {
        return new SessionOptions(observer, listener, channels, Optional.of(value));
    }
}
