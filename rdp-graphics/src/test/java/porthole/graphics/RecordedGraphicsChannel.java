package porthole.graphics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import porthole.fixtures.ChannelData;
import porthole.fixtures.Direction;
import porthole.fixtures.Recording;
import porthole.fixtures.Row;
import porthole.protocol.drdynvc.Data;
import porthole.protocol.drdynvc.DataFirst;
import porthole.protocol.drdynvc.DynamicPdu;
import porthole.protocol.drdynvc.DynamicReassembler;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** The messages that a recorded host sent on the graphics channel. */
final class RecordedGraphicsChannel {
    private static final int CHUNK_HEADER = 8;

    private RecordedGraphicsChannel() {}

    static List<Bytes> messages(Recording recording) {
        List<Bytes> messages = new ArrayList<>();
        DynamicReassembler parts = new DynamicReassembler(1 << 26);
        Consumer<WireReader> whole = message -> messages.add(message.rest("message"));
        for (Row row : recording.rows()) {
            if (row.dir() == Direction.S2C && row.kind().startsWith("dvc-data")) {
                byte[] chunk = ChannelData.of(recording.pdu(row)).data();
                WireReader in = WireReader.of(chunk, "ChannelChunk", "MS-RDPBCGR 2.2.6.1");
                in.skip(CHUNK_HEADER, "channelPDUHeader");
                DynamicPdu pdu = DynamicPdu.decodeFromServer(in);
                if (pdu instanceof DataFirst first) {
                    parts.accept(first).ifPresent(whole);
                } else if (pdu instanceof Data data) {
                    parts.accept(data).ifPresent(whole);
                }
            }
        }
        return messages;
    }
}
