package porthole.client.replay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import porthole.client.capture.DecodedPdu;
import porthole.client.capture.Direction;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.transport.Connection;
import porthole.transport.PhaseHandler;

/** Repeats a recorded CredSSP or RDSTLS exchange octet for octet: each answer goes out when the host's message before it came. */
final class RecordedAuthentication extends PhaseHandler {
    private static final Set<String> MESSAGES = Set.of(
            "TsRequest",
            "EarlyUserAuthorizationResult",
            "RdstlsCapabilities",
            "RdstlsAuthenticationRequest",
            "RdstlsAuthenticationResponse");

    private final Deque<Step> left;

    /**
     * One message of the exchange.
     *
     * @param octets of the client's message; empty for the host's
     */
    record Step(Direction direction, String name, int length, Bytes octets) {}

    RecordedAuthentication(Connection connection, List<Step> steps) {
        super(connection, Stage.AUTHENTICATION);
        this.left = new ArrayDeque<>(steps);
    }

    static List<Step> steps(RecordedClient client) {
        List<Step> steps = new ArrayList<>();
        for (DecodedPdu pdu : client.pdus()) {
            if (MESSAGES.contains(pdu.name())) {
                boolean ours = pdu.direction() == Direction.CLIENT_TO_SERVER;
                steps.add(new Step(pdu.direction(), pdu.name(), pdu.length(), ours ? client.octets(pdu) : Bytes.EMPTY));
            }
        }
        return steps;
    }

    @Override
    public Framing framing() {
        return left.isEmpty() ? Framing::tpkt : Framing.fixed(left.peek().length());
    }

    @Override
    protected String awaiting() {
        return left.isEmpty()
                ? "nothing more of the sign-in"
                : "the recorded " + left.peek().name();
    }

    @Override
    protected void enter() {
        answer();
    }

    @Override
    protected void onMessage(ByteBuf frame) {
        Step step = left.remove();
        connection().clock().message(true, step.name(), frame.readableBytes());
        answer();
    }

    private void answer() {
        while (!left.isEmpty() && left.peek().direction() == Direction.CLIENT_TO_SERVER) {
            Step step = left.remove();
            connection().send(step.name(), Unpooled.wrappedBuffer(step.octets().toArray()));
        }
        if (left.isEmpty()) {
            done();
        }
    }
}
