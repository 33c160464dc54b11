package porthole.protocol.fastpath;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import porthole.protocol.input.InputEvent;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * TS_FP_INPUT_PDU: a fast-path frame from the client. MS-RDPBCGR 2.2.8.1.2.
 *
 * @param flags {@link #SECURE_CHECKSUM} and {@link #ENCRYPTED}
 * @param twoOctetLength whether the length took two octets
 * @param numEventsOctet whether the number of events has an octet of its own behind the length
 * @param numEvents as sent; the number of {@code fpInputEvents} unless they are encrypted or an unknown event hides some
 * @param fpInputEvents empty while the frame is encrypted
 * @param encryptedData signature and encrypted events, for which the header's number counts; empty unless
 *     {@link #ENCRYPTED} is set
 */
public record FastPathInput(
        int flags,
        boolean twoOctetLength,
        boolean numEventsOctet,
        int numEvents,
        List<FastPathInputEvent> fpInputEvents,
        Bytes encryptedData)
        implements Pdu {
    public static final int ACTION_FASTPATH = 0x0;
    public static final int SECURE_CHECKSUM = 0x1;
    public static final int ENCRYPTED = 0x2;

    public static final String SECTION = FastPathHeader.INPUT_SECTION;

    /** The most events that one frame can carry. */
    public static final int MAXIMUM_EVENTS = 255;

    private static final int MAXIMUM_IN_HEADER = 15;

    public FastPathInput {
        fpInputEvents = List.copyOf(fpInputEvents);
    }

    /** A frame that is not encrypted, of 1 to 255 events. */
    public static FastPathInput of(InputEvent... events) {
        return of(Arrays.asList(events));
    }

    /** A frame that is not encrypted, of 1 to 255 events. */
    public static FastPathInput of(List<InputEvent> events) {
        if (events.isEmpty() || events.size() > MAXIMUM_EVENTS) {
            throw new IllegalArgumentException(events.size() + " events do not make a fast-path frame");
        }
        List<FastPathInputEvent> list =
                events.stream().map(event -> new FastPathInputEvent(event, 0)).toList();
        int octets = 0;
        for (FastPathInputEvent event : list) {
            octets += event.toByteArray().length;
        }
        boolean octet = list.size() > MAXIMUM_IN_HEADER;
        return new FastPathInput(
                0, FastPathHeader.needsTwoOctets(octets + (octet ? 1 : 0)), octet, list.size(), list, Bytes.EMPTY);
    }

    public static FastPathInput decode(WireReader in) {
        int header = in.u8("fpInputHeader");
        in.check((header & 0x3) == ACTION_FASTPATH, "fpInputHeader", header, "action 0 (fast-path)");
        int flags = header >> 6;
        int numEvents = header >> 2 & 0xF;
        boolean twoOctets = FastPathHeader.isTwoOctets(in);
        FastPathHeader.bodyLength(in);
        if ((flags & ENCRYPTED) != 0) {
            return new FastPathInput(flags, twoOctets, false, numEvents, List.of(), in.rest("encryptedData"));
        }
        boolean octet = numEvents == 0;
        if (octet) {
            numEvents = in.u8("numEvents");
        }
        in.count(numEvents, 1, "numEvents");
        List<FastPathInputEvent> events = new ArrayList<>(numEvents);
        while (events.size() < numEvents) {
            FastPathInputEvent event = in.within(
                    "fpInputEvents[" + events.size() + "]", FastPathInputEvent.SECTION, FastPathInputEvent::decode);
            events.add(event);
            if (event.event() instanceof InputEvent.Unknown) {
                break; // its size is unknown, so it has taken all the rest
            }
        }
        in.end();
        return new FastPathInput(flags, twoOctets, octet, numEvents, events, Bytes.EMPTY);
    }

    /** The events without what only matters on the wire. */
    public List<InputEvent> events() {
        return fpInputEvents.stream().map(FastPathInputEvent::event).toList();
    }

    @Override
    public void encode(WireWriter out) {
        out.u8(ACTION_FASTPATH | (numEventsOctet ? 0 : numEvents << 2) | flags << 6);
        int length = FastPathHeader.begin(out, twoOctetLength);
        if (numEventsOctet) {
            out.u8(numEvents);
        }
        fpInputEvents.forEach(out::pdu);
        out.bytes(encryptedData);
        FastPathHeader.end(out, length, twoOctetLength);
    }
}
