package porthole.client.replay;

import java.util.List;
import java.util.Optional;
import porthole.client.capture.DecodedPdu;
import porthole.graphics.picture.Picture;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.wire.Bytes;
import porthole.transport.ConnectionEvent;
import porthole.transport.SessionEnd;

/**
 * What came of a replay.
 *
 * @param end how the connection ended
 * @param active whether the session became active
 * @param picture of the screen at the end
 * @param pictureWithPointer the same with the pointer drawn into it
 * @param frames updates painted
 * @param events of the connection, with the recording's times
 * @param clientOctets all that our client said
 * @param sent the same, taken apart
 * @param recorded the messages of both sides as they were recorded
 */
public record ReplayResult(
        SessionEnd end,
        boolean active,
        Picture picture,
        Picture pictureWithPointer,
        long frames,
        List<ConnectionEvent> events,
        Bytes clientOctets,
        List<DecodedPdu> sent,
        List<DecodedPdu> recorded) {
    public ReplayResult {
        events = List.copyOf(events);
        sent = List.copyOf(sent);
        recorded = List.copyOf(recorded);
    }

    /** What went wrong, where something did. */
    public Optional<RdpFailure> failure() {
        return end.failure();
    }

    /** Compares what our client said with what the recorded client said. */
    public Verification verify() {
        return Verification.of(recorded, sent);
    }
}
