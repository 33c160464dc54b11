package porthole.client.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.EnumMap;
import java.util.Map;
import porthole.protocol.failure.WireException;
import porthole.protocol.preconnection.PreconnectionPdu;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.LooksLike;

/**
 * Cuts both directions of a session into messages, following the state of the protocol: negotiation, the selected security
 * layer's own messages, then TPKT and fast path. Never throws on what it is fed.
 */
final class FrameCutter {
    /** How a message was cut. */
    enum Kind {
        PRECONNECTION,
        TPKT,
        FAST_PATH,
        JSON,
        CREDSSP,
        EARLY_USER_AUTHORIZATION,
        RDSTLS,
        /** Octets that no framing fits: all the rest of their direction. */
        UNFRAMED,
        /** The beginning of a message whose rest is missing. */
        INCOMPLETE
    }

    /** Is handed the messages. */
    @FunctionalInterface
    interface Visitor {
        /**
         * @param frame borrowed for the call
         * @param problem why these octets are no message, or null
         */
        void frame(Direction direction, Kind kind, long streamOffset, ByteBuf frame, WireException problem);
    }

    private enum Phase {
        NEGOTIATION,
        CREDSSP,
        RDSTLS,
        RDSAAD,
        MCS,
        BROKEN
    }

    private static final int MAX_JSON = 1 << 20;
    private static final int MAX_DER = 1 << 20;
    private static final Framing JSON = Framing.nulTerminatedJson(MAX_JSON);
    private static final Framing DER = Framing.der(MAX_DER);

    private static final int HYBRID = 0x2;
    private static final int RDSTLS = 0x4;
    private static final int HYBRID_EX = 0x8;
    private static final int RDSAAD = 0x10;

    private final Visitor visitor;
    private final Map<Direction, Side> sides = new EnumMap<>(Direction.class);

    /** One direction. */
    private static final class Side {
        final ByteBuf held = Unpooled.buffer();
        Phase phase = Phase.NEGOTIATION;
        long offset;
        WireException broken;
    }

    private record Cut(Kind kind, int length) {}

    FrameCutter(Capture.Origin origin, Visitor visitor) {
        this.visitor = visitor;
        for (Direction direction : Direction.values()) {
            Side side = new Side();
            if (origin == Capture.Origin.MCS_CONNECT) {
                side.phase = Phase.MCS;
            }
            sides.put(direction, side);
        }
    }

    /** Takes further octets of one direction. */
    void octets(Direction direction, byte[] octets) {
        Side side = sides.get(direction);
        if (side.phase == Phase.BROKEN) {
            hand(direction, side, Kind.UNFRAMED, Unpooled.wrappedBuffer(octets), side.broken);
            return;
        }
        side.held.discardReadBytes();
        side.held.writeBytes(octets);
        cutAll(direction, side);
    }

    /** No more octets will come: hands out what is left over. */
    void end() {
        sides.forEach((direction, side) -> {
            int left = side.held.readableBytes();
            if (left > 0) {
                WireException problem = new WireException(
                        "Incomplete", "", 0, left + " octets", "a whole message; the stream ends before its end", "");
                hand(direction, side, Kind.INCOMPLETE, side.held.readSlice(left), problem);
            }
        });
    }

    private void cutAll(Direction direction, Side side) {
        while (side.held.isReadable() && side.phase != Phase.BROKEN) {
            Cut cut;
            try {
                cut = cut(direction, side);
            } catch (WireException e) {
                side.phase = Phase.BROKEN;
                side.broken = e;
                ByteBuf rest = side.held.readSlice(side.held.readableBytes());
                hand(direction, side, Kind.UNFRAMED, rest, e);
                return;
            }
            if (cut.length() == Framing.MORE || cut.length() > side.held.readableBytes()) {
                return;
            }
            ByteBuf frame = side.held.readSlice(cut.length());
            follow(direction, side, cut.kind(), frame);
            hand(direction, side, cut.kind(), frame, null);
        }
    }

    private void hand(Direction direction, Side side, Kind kind, ByteBuf frame, WireException problem) {
        long at = side.offset;
        side.offset += frame.readableBytes();
        visitor.frame(direction, kind, at, frame, problem);
    }

    private static Cut cut(Direction direction, Side side) {
        ByteBuf in = side.held;
        int first = in.getUnsignedByte(in.readerIndex());
        boolean begins = side.offset == 0 && direction == Direction.CLIENT_TO_SERVER;
        switch (side.phase) {
            case NEGOTIATION:
                if (direction == Direction.CLIENT_TO_SERVER && first == 0x30) {
                    return new Cut(Kind.CREDSSP, DER.frameLength(in));
                }
                return begins ? preconnection(in) : tpkt(in);
            case CREDSSP:
                if (first == 3) {
                    return tpkt(in);
                }
                boolean result = direction == Direction.SERVER_TO_CLIENT && (first == 0 || first == 5);
                return result ? new Cut(Kind.EARLY_USER_AUTHORIZATION, 4) : new Cut(Kind.CREDSSP, DER.frameLength(in));
            case RDSTLS:
                return new Cut(Kind.RDSTLS, Framing.rdstls(in));
            case RDSAAD:
                return first == 3 ? tpkt(in) : json(first, in);
            default:
                return (first & 3) == 0 ? new Cut(Kind.FAST_PATH, Framing.tpktOrFastPath(in)) : tpkt(in);
        }
    }

    /** Text that does not begin as an object would: whatever follows cannot be cut with any certainty. */
    private static Cut json(int first, ByteBuf in) {
        if ("{[ \t\r\n\0\u00EF".indexOf(first) < 0) { // the last one begins a byte order mark
            throw new WireException("RdsAadPdu", "", 0, LooksLike.of(in), "JSON text", "MS-RDPBCGR 2.2.18");
        }
        return new Cut(Kind.JSON, JSON.frameLength(in));
    }

    private static Cut tpkt(ByteBuf in) {
        return new Cut(Kind.TPKT, Framing.tpkt(in));
    }

    private static Cut preconnection(ByteBuf in) {
        return PreconnectionPdu.begins(in) ? new Cut(Kind.PRECONNECTION, PreconnectionPdu.frameLength(in)) : tpkt(in);
    }

    /** What the message says about those that follow it. */
    private void follow(Direction direction, Side side, Kind kind, ByteBuf frame) {
        switch (kind) {
            case TPKT -> {
                int code = frame.readableBytes() > 5 ? frame.getUnsignedByte(5) & 0xF0 : 0;
                if (code == 0xF0) {
                    side.phase = Phase.MCS;
                } else if (code == 0xD0 && direction == Direction.SERVER_TO_CLIENT) {
                    Phase next = selected(frame);
                    sides.values().forEach(each -> each.phase = next);
                }
            }
            case CREDSSP -> {
                if (side.phase == Phase.NEGOTIATION) { // CredSSP at once, without negotiation
                    sides.values().forEach(each -> each.phase = Phase.CREDSSP);
                }
            }
            case RDSTLS -> {
                int last = direction == Direction.CLIENT_TO_SERVER ? 2 /* request */ : 4 /* response */;
                if (frame.getUnsignedShortLE(2) == last) {
                    side.phase = Phase.MCS;
                }
            }
            default -> {}
        }
    }

    /** The phase that the selectedProtocol of RDP_NEG_RSP leads to (MS-RDPBCGR 2.2.1.2.1). */
    private static Phase selected(ByteBuf confirm) {
        if (confirm.readableBytes() < 19 || confirm.getByte(11) != 2) {
            return confirm.readableBytes() > 11 && confirm.getByte(11) == 3 ? Phase.NEGOTIATION : Phase.MCS;
        }
        return switch (confirm.getIntLE(15)) {
            case HYBRID, HYBRID_EX -> Phase.CREDSSP;
            case RDSTLS -> Phase.RDSTLS;
            case RDSAAD -> Phase.RDSAAD;
            default -> Phase.MCS;
        };
    }
}
