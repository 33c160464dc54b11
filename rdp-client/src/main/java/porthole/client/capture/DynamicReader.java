package porthole.client.capture;

import io.netty.buffer.Unpooled;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.bulk.Rdp8Decompressor;
import porthole.protocol.channel.ChannelChunk;
import porthole.protocol.channel.ChannelReassembler;
import porthole.protocol.drdynvc.ChannelId;
import porthole.protocol.drdynvc.CreateRequest;
import porthole.protocol.drdynvc.Data;
import porthole.protocol.drdynvc.DataFirst;
import porthole.protocol.drdynvc.DynamicPdu;
import porthole.protocol.drdynvc.DynamicReassembler;
import porthole.protocol.rdpgfx.RdpgfxPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.FieldListener;
import porthole.protocol.wire.WireReader;

/** Reads what the static channel {@code drdynvc} carries: dynamic channels, and the messages of the graphics pipeline. */
final class DynamicReader {
    private static final int MAXIMUM = 64 << 20;
    private static final int OCTETS_SHOWN = 256;

    private final Map<Direction, ChannelReassembler> chunks = new EnumMap<>(Direction.class);
    private final Map<String, DynamicReassembler> messages = new HashMap<>();
    private final Map<Long, String> names = new HashMap<>();
    private final Rdp8Decompressor graphics = Rdp8Decompressor.rdp8(MAXIMUM);

    /** @param plain the chunk's octets, decompressed */
    void read(Direction direction, ChannelChunk chunk, Bytes plain, PduReader.Notes notes) {
        ChannelChunk whole = new ChannelChunk(chunk.length(), chunk.flags() & 0xFFFF, plain);
        Optional<WireReader> message = chunks.computeIfAbsent(
                        direction, key -> new ChannelReassembler(MAXIMUM, new BulkDecompressor()))
                .accept(WireReader.of(whole.toByteArray(), "ChannelChunk", ChannelChunk.SECTION));
        if (message.isPresent()) {
            pdu(direction, message.get().rest("message"), notes);
        }
    }

    private void pdu(Direction direction, Bytes octets, PduReader.Notes notes) {
        if (octets.equals(Bytes.of(new byte[octets.size()]))) {
            return; // taken out of the recording as a secret
        }
        DynamicPdu pdu = decode(direction, WireReader.of(octets, "DynamicPdu", DynamicPdu.SECTION));
        if (pdu instanceof CreateRequest create) {
            names.put(create.channelId().value(), create.name());
        }
        String kind = "Dynamic" + pdu.getClass().getSimpleName();
        Optional<ChannelId> channel = pdu instanceof DataFirst first
                ? Optional.of(first.channelId())
                : pdu instanceof Data data ? Optional.of(data.channelId()) : Optional.empty();
        String name = channel.map(id -> names.getOrDefault(id.value(), Long.toString(id.value())))
                .orElse("");
        notes.named(name.isEmpty() ? kind : kind + "(" + name + ")");
        decode(
                direction,
                WireReader.of(Unpooled.wrappedBuffer(octets.toArray()), kind, DynamicPdu.SECTION, shortened(notes)));
        if (channel.isPresent()) {
            DynamicReassembler parts = messages.computeIfAbsent(
                    direction + " " + channel.get().value(), key -> new DynamicReassembler(MAXIMUM));
            Optional<WireReader> message =
                    pdu instanceof DataFirst first ? parts.accept(first) : parts.accept((Data) pdu);
            if (message.isPresent() && name.equals(RdpgfxPdu.CHANNEL_NAME)) {
                graphics(direction, message.get(), notes);
            }
        }
    }

    private static DynamicPdu decode(Direction direction, WireReader in) {
        return direction == Direction.SERVER_TO_CLIENT
                ? DynamicPdu.decodeFromServer(in)
                : DynamicPdu.decodeFromClient(in);
    }

    private void graphics(Direction direction, WireReader message, PduReader.Notes notes) {
        WireReader in = direction == Direction.SERVER_TO_CLIENT
                ? WireReader.of(graphics.decompress(message), "RdpgfxPdu", RdpgfxPdu.SECTION)
                : message;
        while (in.hasRemaining()) {
            RdpgfxPdu pdu = RdpgfxPdu.decode(in);
            String kind = pdu.command().getClass().getSimpleName();
            notes.named(kind);
            // once more, now that the name for its fields is known
            RdpgfxPdu.decode(WireReader.of(
                    Unpooled.wrappedBuffer(pdu.toByteArray()), kind, RdpgfxPdu.SECTION, shortened(notes)));
        }
    }

    /** A listener that keeps the beginning of long octets only, as a picture has millions of them. */
    private static FieldListener shortened(PduReader.Notes notes) {
        FieldRecorder recorder = notes.fields.overDerived();
        return (path, offset, length, value) -> recorder.field(
                path,
                offset,
                length,
                value instanceof Bytes octets && octets.size() > OCTETS_SHOWN ? octets.slice(0, OCTETS_SHOWN) : value);
    }
}
