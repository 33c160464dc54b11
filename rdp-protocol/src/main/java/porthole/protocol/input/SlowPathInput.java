package porthole.protocol.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** TS_INPUT_PDU_DATA behind its share data header: a list of events. MS-RDPBCGR 2.2.8.1.1.3. */
public record SlowPathInput(int pad2Octets, List<SlowPathInputEvent> slowPathInputEvents, Bytes trailing)
        implements Pdu {
    public static final String SECTION = "MS-RDPBCGR 2.2.8.1.1.3";

    public SlowPathInput {
        slowPathInputEvents = List.copyOf(slowPathInputEvents);
    }

    public static SlowPathInput of(InputEvent... events) {
        return new SlowPathInput(
                0, Arrays.stream(events).map(SlowPathInputEvent::of).toList(), Bytes.EMPTY);
    }

    public static SlowPathInput decode(WireReader in) {
        int numEvents = in.u16le("numEvents");
        int pad = in.u16le("pad2Octets");
        in.count(numEvents, SlowPathInputEvent.SIZE, "numEvents");
        List<SlowPathInputEvent> events = new ArrayList<>(numEvents);
        for (int i = 0; i < numEvents; i++) {
            events.add(in.within(
                    "slowPathInputEvents[" + i + "]", SlowPathInputEvent.SECTION, SlowPathInputEvent::decode));
        }
        return new SlowPathInput(pad, events, in.rest("trailing"));
    }

    /** The events without what only matters on the wire. */
    public List<InputEvent> events() {
        return slowPathInputEvents.stream().map(SlowPathInputEvent::event).toList();
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(slowPathInputEvents.size()).u16le(pad2Octets);
        slowPathInputEvents.forEach(out::pdu);
        out.bytes(trailing);
    }
}
