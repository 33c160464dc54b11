package porthole.cli.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import porthole.client.GraphicsOffer;
import porthole.client.RdpClient;
import porthole.fixtures.Script;
import porthole.fixtures.ServerMessages;
import porthole.protocol.drdynvc.ChannelId;
import porthole.protocol.drdynvc.Data;
import porthole.protocol.drdynvc.DynamicPdu;
import porthole.protocol.rdpgfx.CapsSet;
import porthole.protocol.rdpgfx.FrameCommand;
import porthole.protocol.rdpgfx.RdpgfxCommand;
import porthole.protocol.rdpgfx.RdpgfxPdu;
import porthole.protocol.rdpgfx.SessionCommand;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** The host's side of the graphics channel. Each {@link #open} gives a channel that knows nothing of the one before. */
final class GraphicsHost implements AutoCloseable {
    private static final int CREATE = 0x1;
    private static final int DATA = 0x3;
    private static final int CAPABILITIES = 0x5;
    /** TPKT, X.224, an MCS Send Data Request with a length of one octet, and the header of a chunk. */
    private static final int BEFORE_DYNAMIC = 7 + 7 + 8;

    final LiveHost live;
    private int channel = 2;
    private long frames;
    private boolean open;
    private byte[] advertised;

    GraphicsHost(RdpClient client, GraphicsOffer offer) {
        live = new LiveHost(client, offer);
        byte[] request = {0x50, 0, 3, 0, 0x33, 0x33, 0x11, 0x11, 0x3D, 0x0A, (byte) 0xA7, 0x04};
        live.play(Script.EMPTY
                .reply(c -> live.staticChannel(request))
                .expectAmongOthers("capabilities", m -> dynamic(m, CAPABILITIES) != null));
    }

    /** Opens a new graphics channel up to the client's advertisement. */
    GraphicsHost open() {
        if (open) {
            sendDynamic(new byte[] {0x40, (byte) channel});
        }
        channel++;
        byte[] create = new Octets()
                .u8(0x10, channel)
                .raw(RdpgfxPdu.CHANNEL_NAME.getBytes(StandardCharsets.US_ASCII))
                .u8(0)
                .done();
        live.play(Script.EMPTY
                .reply(c -> live.staticChannel(create))
                .expectAmongOthers("a created channel", m -> dynamic(m, CREATE) != null)
                .expectAmongOthers("an advertisement", m -> {
                    advertised = dynamic(m, DATA);
                    return command(advertised) == RdpgfxCommand.CAPSADVERTISE;
                }));
        open = true;
        return this;
    }

    /** Opens a new graphics channel and confirms the best version. */
    GraphicsHost confirmed() {
        open();
        List<CapsSet> sets = advertisement().capsSets();
        send(pdu(new SessionCommand.CapsConfirm(sets.get(sets.size() - 1))));
        return this;
    }

    /** What the client advertised. */
    SessionCommand.CapsAdvertise advertisement() {
        return (SessionCommand.CapsAdvertise)
                RdpgfxPdu.decode(WireReader.of(advertised, "advertised", RdpgfxPdu.SECTION))
                        .command();
    }

    static byte[] pdu(RdpgfxCommand command) {
        return RdpgfxPdu.of(command).toByteArray();
    }

    /** One RDP_SEGMENTED_DATA without compression, in as many segments as it takes. */
    static byte[] segmented(byte[] plain) {
        if (plain.length <= 65_535) {
            return new Octets().u8(0xE0, 0x04).raw(plain).done();
        }
        List<byte[]> segments = new ArrayList<>();
        for (int from = 0; from < plain.length; from += 65_535) {
            segments.add(Arrays.copyOfRange(plain, from, Math.min(plain.length, from + 65_535)));
        }
        Octets out = new Octets().u8(0xE1).u16(segments.size()).u32(plain.length);
        segments.forEach(segment -> out.u32(segment.length + 1).u8(0x04).raw(segment));
        return out.done();
    }

    private void sendDynamic(byte[] pdu) {
        live.play(Script.EMPTY.reply(c -> live.staticChannel(pdu)));
    }

    private Script message(byte[] segmented) {
        Octets all = new Octets();
        return Script.EMPTY.reply(c -> {
            for (DynamicPdu part : Data.split(ChannelId.of(channel), Bytes.of(segmented))) {
                all.raw(live.staticChannel(part.toByteArray()));
            }
            return all.done();
        });
    }

    /** Sends messages that are not part of a frame. */
    void send(byte[]... pdus) {
        sendAsIs(segmented(new Octets().raw(pdus).done()));
    }

    /** Sends one RDP_SEGMENTED_DATA. */
    void sendAsIs(byte[] segmented) {
        live.play(message(segmented));
    }

    /** Sends a frame and waits for its acknowledgement. */
    void frame(byte[]... pdus) {
        frame(++frames, pdus);
    }

    void frame(long id, byte[]... pdus) {
        frameAsIs(id, segmented(framed(id, pdus)));
    }

    static byte[] framed(long id, byte[]... pdus) {
        return new Octets()
                .raw(pdu(new FrameCommand.StartFrame(0, id)))
                .raw(pdus)
                .raw(pdu(new FrameCommand.EndFrame(id)))
                .done();
    }

    void frameAsIs(long id, byte[] segmented) {
        live.play(message(segmented).expectAmongOthers("the acknowledgement of frame " + id, m -> {
            byte[] message = dynamic(m, DATA);
            return command(message) == RdpgfxCommand.FRAMEACKNOWLEDGE && LiveHost.u32(message, 12) == id;
        }));
    }

    /** Sends a frame that the client must refuse. */
    void refusedFrame(byte[]... pdus) {
        refused(framed(++frames, pdus));
    }

    void refused(byte[] plain) {
        refusedAsIs(segmented(plain));
    }

    void refusedAsIs(byte[] segmented) {
        live.playTheLast(message(segmented));
    }

    private static int command(byte[] message) {
        return message == null || message.length < 8 ? -1 : message[0] & 0xFF | (message[1] & 0xFF) << 8;
    }

    /** What a dynamic channel PDU of that command carries behind its channel id, or null for any other message. */
    private static byte[] dynamic(byte[] m, int cmd) {
        if (m.length < BEFORE_DYNAMIC || m[0] != 3 || m[7] != 25 << 2 || m[11] == (byte) ServerMessages.IO_CHANNEL) {
            return null;
        }
        int at = BEFORE_DYNAMIC + ((m[13] & 0x80) != 0 ? 1 : 0);
        if (at >= m.length || (m[at] & 0xFF) >> 4 != cmd) {
            return null;
        }
        return Arrays.copyOfRange(m, Math.min(m.length, at + 2), m.length);
    }

    @Override
    public void close() {
        live.close();
    }
}
