package porthole.protocol.drdynvc;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import porthole.fixtures.ChannelData;
import porthole.fixtures.Direction;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.channel.ChannelReassembler;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** The messages of the dynamic channels of a recording. */
public final class RecordedDynamic {
    private static final int MAXIMUM = 1 << 24;

    private final Map<Direction, ChannelReassembler> chunks = new HashMap<>();
    private final Map<String, DynamicReassembler> channels = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();

    /** Sees each PDU of drdynvc with its octets, and each message of a dynamic channel. */
    public interface Visitor {
        default void pdu(Direction direction, Bytes octets, DynamicPdu pdu) {}

        default void message(Direction direction, String channel, Bytes message) {}
    }

    private RecordedDynamic() {}

    public static void visit(Recording recording, Visitor visitor) {
        RecordedDynamic state = new RecordedDynamic();
        for (Row row : recording.rows()) {
            if (row.frame().equals("tpkt") && row.kind().startsWith("dvc-")) {
                state.chunk(row.dir(), ChannelData.of(recording.pdu(row)).data(), visitor);
            }
        }
    }

    private void chunk(Direction direction, byte[] octets, Visitor visitor) {
        Optional<WireReader> message = chunks.computeIfAbsent(
                        direction, key -> new ChannelReassembler(MAXIMUM, new BulkDecompressor()))
                .accept(WireReader.of(octets, "ChannelChunk", "test"));
        if (message.isPresent()) {
            Bytes whole = message.get().rest("message");
            WireReader in = WireReader.of(whole, "DynamicPdu", DynamicPdu.SECTION);
            DynamicPdu pdu =
                    direction == Direction.S2C ? DynamicPdu.decodeFromServer(in) : DynamicPdu.decodeFromClient(in);
            in.end();
            visitor.pdu(direction, whole, pdu);
            if (pdu instanceof CreateRequest create) {
                names.put(create.channelId().value(), create.name());
            } else if (pdu instanceof DataFirst first) {
                told(
                        direction,
                        first.channelId(),
                        channel(direction, first.channelId()).accept(first),
                        visitor);
            } else if (pdu instanceof Data data) {
                told(
                        direction,
                        data.channelId(),
                        channel(direction, data.channelId()).accept(data),
                        visitor);
            }
        }
    }

    private DynamicReassembler channel(Direction direction, ChannelId id) {
        return channels.computeIfAbsent(direction + " " + id.value(), key -> new DynamicReassembler(MAXIMUM));
    }

    private void told(Direction direction, ChannelId id, Optional<WireReader> message, Visitor visitor) {
        message.ifPresent(whole -> visitor.message(direction, names.get(id.value()), whole.rest("all")));
    }
}
