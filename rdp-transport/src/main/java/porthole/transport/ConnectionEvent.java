package porthole.transport;

import java.time.Duration;
import java.util.Map;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Stage;

/** Something that an observer of a connection gets to know; {@code at} counts from the start of the attempt. */
public sealed interface ConnectionEvent {
    Duration at();

    /** A stage begins. */
    record StageStarted(Stage stage, Duration at) implements ConnectionEvent {}

    /** A stage ended well; {@code evidence} says what was seen, by name, in order. */
    record StageFinished(Stage stage, Duration at, Duration took, Map<String, Object> evidence)
            implements ConnectionEvent {}

    /** A stage ended the connection. */
    record StageFailed(Stage stage, Duration at, Duration took, RdpFailure failure) implements ConnectionEvent {}

    /** A message of the host was recognised, or one of ours was sent. */
    record Message(boolean fromHost, String name, int octets, Duration at) implements ConnectionEvent {}

    /** A fact that belongs to no stage, for example a heartbeat or an error info code. */
    record Note(String name, Map<String, Object> facts, Duration at) implements ConnectionEvent {}
}
