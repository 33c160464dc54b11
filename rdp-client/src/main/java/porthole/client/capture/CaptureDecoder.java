package porthole.client.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;

/**
 * Takes a session apart: cuts both directions into messages, names each, and reads its fields with the decoders that the client
 * itself uses.
 *
 * <p>What cannot be read is named as far as it goes and carries its problem; the rest goes on. Not thread-safe.
 */
public final class CaptureDecoder {
    /** Is handed each message together with its octets. */
    @FunctionalInterface
    interface FrameConsumer {
        /** @param frame borrowed for the call */
        void accept(DecodedPdu pdu, FrameCutter.Kind kind, ByteBuf frame);
    }

    private final FrameCutter cutter;
    private final PduReader reader;
    private final FrameConsumer consumer;
    private Duration now = Duration.ZERO;
    private int count;
    private boolean setUpOnly;

    /** @param consumer is handed each message as soon as its last octet is there */
    public CaptureDecoder(Capture.Origin origin, Consumer<DecodedPdu> consumer) {
        this(origin, Optional.empty(), consumer);
    }

    /**
     * @param secrets what decrypts messages of standard RDP security
     * @param consumer is handed each message as soon as its last octet is there
     */
    public CaptureDecoder(Capture.Origin origin, Optional<SessionSecrets> secrets, Consumer<DecodedPdu> consumer) {
        this(origin, secrets, false, (pdu, kind, frame) -> consumer.accept(pdu));
    }

    CaptureDecoder(Capture.Origin origin, Optional<SessionSecrets> secrets, FrameConsumer consumer) {
        this(origin, secrets, false, consumer);
    }

    private CaptureDecoder(
            Capture.Origin origin, Optional<SessionSecrets> secrets, boolean deep, FrameConsumer consumer) {
        this.cutter = new FrameCutter(origin, this::frame);
        this.reader = new PduReader(secrets, deep);
        this.consumer = consumer;
    }

    /** All messages of a capture, in the order in which they were complete, those of dynamic channels included. */
    public static List<DecodedPdu> decode(Capture capture) {
        List<DecodedPdu> pdus = new ArrayList<>();
        CaptureDecoder decoder =
                new CaptureDecoder(capture.origin(), capture.secrets(), true, (pdu, kind, frame) -> pdus.add(pdu));
        for (Capture.Chunk chunk : capture.chunks()) {
            decoder.octets(chunk.at(), chunk.direction(), chunk.octets());
        }
        decoder.end();
        return pdus;
    }

    /**
     * The messages that set a session up, those of a later deactivation and activation included: fast-path frames of the host are
     * cut and left out, and dynamic channels are not looked into.
     */
    public static List<DecodedPdu> decodeSetUp(Capture capture) {
        List<DecodedPdu> pdus = new ArrayList<>();
        CaptureDecoder decoder = new CaptureDecoder(capture.origin(), capture.secrets(), pdus::add);
        decoder.setUpOnly = capture.secrets().isEmpty(); // a cipher needs every message
        for (Capture.Chunk chunk : capture.chunks()) {
            decoder.octets(chunk.at(), chunk.direction(), chunk.octets());
        }
        decoder.end();
        return pdus;
    }

    /**
     * One message without what came before it: channel names are not known then, and what a message on an MCS channel is has to
     * be guessed.
     *
     * @param direction empty takes the one that the octets themselves tell or, failing that, the one that reads better
     */
    public static DecodedPdu decodeLone(Bytes octets, Optional<Direction> direction) {
        ByteBuf frame = Unpooled.wrappedBuffer(octets.toArray());
        if (!frame.isReadable()) {
            return lone(
                    frame, FrameCutter.Kind.UNFRAMED, direction.orElse(Direction.SERVER_TO_CLIENT), Optional.empty());
        }
        FrameCutter.Kind kind = kind(frame);
        if (direction.isPresent() || kind != FrameCutter.Kind.FAST_PATH) {
            return lone(frame, kind, direction.orElseGet(() -> told(frame)), Optional.empty());
        }
        DecodedPdu output = lone(frame, kind, Direction.SERVER_TO_CLIENT, Optional.empty());
        if (output.problem().isEmpty()) {
            return output;
        }
        DecodedPdu input = lone(frame, kind, Direction.CLIENT_TO_SERVER, Optional.empty());
        return input.problem().isEmpty() ? input : output;
    }

    /** Takes further octets. */
    public void octets(Duration at, Direction direction, Bytes octets) {
        now = at;
        cutter.octets(direction, octets.toArray());
    }

    /** No more octets will come. */
    public void end() {
        cutter.end();
    }

    private void frame(Direction direction, FrameCutter.Kind kind, long offset, ByteBuf frame, WireException problem) {
        if (setUpOnly && direction == Direction.SERVER_TO_CLIENT && kind == FrameCutter.Kind.FAST_PATH) {
            count++;
            return;
        }
        PduReader.Result result = reader.read(direction, kind, frame);
        DecodedPdu pdu = new DecodedPdu(
                count++,
                now,
                direction,
                offset,
                frame.readableBytes(),
                result.name(),
                result.fields(),
                Optional.ofNullable(problem != null ? problem : result.problem()),
                result.plain());
        consumer.accept(pdu, kind, frame);
    }

    private static DecodedPdu lone(
            ByteBuf frame, FrameCutter.Kind kind, Direction direction, Optional<WireException> problem) {
        PduReader.Result result = new PduReader(Optional.empty(), false).read(direction, kind, frame.duplicate());
        return new DecodedPdu(
                0,
                Duration.ZERO,
                direction,
                0,
                frame.readableBytes(),
                result.name(),
                result.fields(),
                problem.or(() -> Optional.ofNullable(result.problem())),
                Optional.empty());
    }

    /** By the first octets; what fits nothing is taken for a fast-path frame where its length says so. */
    private static FrameCutter.Kind kind(ByteBuf frame) {
        int first = frame.getUnsignedByte(0);
        int size = frame.readableBytes();
        if (first == 3 && size >= 4 && frame.getUnsignedByte(1) == 0 && frame.getUnsignedShort(2) == size) {
            return FrameCutter.Kind.TPKT;
        }
        if (first >= 1 && first <= 3 && size >= 6 && fits(Framing::rdstls, frame)) {
            return FrameCutter.Kind.RDSTLS;
        }
        if (first == '{') {
            return FrameCutter.Kind.JSON;
        }
        if (first == 0x30 && fits(Framing.der(size), frame)) {
            return FrameCutter.Kind.CREDSSP;
        }
        if (size >= 16 && frame.getUnsignedIntLE(0) == size && frame.getIntLE(4) == 0) {
            return FrameCutter.Kind.PRECONNECTION;
        }
        if ((first & 3) == 0 && fits(Framing::tpktOrFastPath, frame)) {
            return FrameCutter.Kind.FAST_PATH;
        }
        return first == 3 ? FrameCutter.Kind.TPKT : FrameCutter.Kind.UNFRAMED;
    }

    private static boolean fits(Framing framing, ByteBuf frame) {
        try {
            return framing.frameLength(frame) == frame.readableBytes();
        } catch (WireException e) {
            return false;
        }
    }

    /** Which way a message goes that says so itself: by X.224 code, MCS choice or JSON member. */
    private static Direction told(ByteBuf frame) {
        int size = frame.readableBytes();
        int code = size > 5 ? frame.getUnsignedByte(5) & 0xF0 : 0;
        if (frame.getByte(0) != 3) {
            boolean assertion = frame.toString(StandardCharsets.ISO_8859_1).contains("\"rdp_assertion\"");
            return assertion ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT;
        }
        int choice = size > 7 ? frame.getUnsignedByte(7) : 0;
        boolean client = code == 0xE0
                || code == 0xF0
                        && (choice == 0x7F && size > 8 && frame.getUnsignedByte(8) == 0x65
                                || choice == 0x04
                                || choice == 0x28
                                || choice == 0x38
                                || choice == 0x64);
        return client ? Direction.CLIENT_TO_SERVER : Direction.SERVER_TO_CLIENT;
    }
}
