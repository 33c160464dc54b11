package porthole.protocol.preconnection;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.LooksLike;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPEPS 2.2.1 Preconnection PDU (RDP_PRECONNECTION_PDU_V1 and _V2): names the source of RDP that a connection is for.
 *
 * @param flags 0
 * @param version 1 or 2; others are kept as they are
 * @param id the source's number; 0 where the text names it
 * @param wszPcb of version 2: UTF-16 text with its terminator, up to 65535 characters
 * @param trailing octets that the version does not account for
 */
public record PreconnectionPdu(int flags, long version, long id, Optional<Bytes> wszPcb, Bytes trailing)
        implements Pdu {
    /** The longest whole PDU that is read: there is no use for more. */
    public static final int LONGEST = 0x10000;

    private static final String NAME = "PreconnectionPdu";
    private static final String SECTION = "MS-RDPEPS 2.2.1";
    private static final int V1 = 1;
    private static final int V2 = 2;
    private static final int HEADER = 16;
    private static final int MOST_CHARACTERS = 0x7F00;

    public PreconnectionPdu {
        if (wszPcb.isPresent() != (version == V2)) {
            throw new IllegalArgumentException("the text belongs to version 2, and version 2 has it");
        }
    }

    /** Version 1: a source by its number. */
    public static PreconnectionPdu ofId(long id) {
        return new PreconnectionPdu(0, V1, id, Optional.empty(), Bytes.EMPTY);
    }

    /** Version 2: a source by text, for example the id of a virtual machine. */
    public static PreconnectionPdu of(long id, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("a preconnection text has at most " + MOST_CHARACTERS + " characters");
        }
        return new PreconnectionPdu(0, V2, id, Optional.of(Bytes.utf16le(text + '\0')), Bytes.EMPTY);
    }

    /** The text without its terminator; empty where there is none. */
    public String text() {
        String text = wszPcb.map(Bytes::toUtf16le).orElse("");
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /** The whole PDU, which is all that {@code in} has. */
    public static PreconnectionPdu decode(WireReader in) {
        int whole = in.remaining();
        long cbSize = in.u32le("cbSize");
        in.check(cbSize == whole, 4, "cbSize", cbSize + " octets", "the " + whole + " octets of the PDU");
        int flags = in.s32le("flags");
        long version = in.u32le("version");
        long id = in.u32le("id");
        Optional<Bytes> text = Optional.empty();
        if (version == V2) {
            int cchPcb = in.u16le("cchPcb");
            text = Optional.of(in.bytes(cchPcb * 2, "wszPcb"));
        }
        return new PreconnectionPdu(flags, version, id, text, in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        int at = out.position();
        out.u32le(0).u32le(flags).u32le(version).u32le(id);
        wszPcb.ifPresent(text -> out.u16le(text.size() / 2).bytes(text));
        out.bytes(trailing);
        out.patchU32le(at, out.position() - at);
    }

    /**
     * Whether the octets begin a preconnection PDU, and not TPKT or TLS, whose first octets would be a far larger cbSize. True as long
     * as it is not certain.
     */
    public static boolean begins(ByteBuf in) {
        int at = in.readerIndex();
        int there = in.readableBytes();
        return (there < 4 || in.getUnsignedIntLE(at) >= HEADER && in.getUnsignedIntLE(at) <= LONGEST)
                && (there < 8 || in.getIntLE(at + 4) == 0);
    }

    /** A {@link Framing} for where a preconnection PDU is what has to come. */
    public static int frameLength(ByteBuf in) {
        if (in.readableBytes() < 4) {
            return Framing.MORE;
        }
        long size = in.getUnsignedIntLE(in.readerIndex());
        if (size < HEADER || size > LONGEST) {
            throw new WireException(
                    NAME, "cbSize", 0, LooksLike.of(in), HEADER + " to " + LONGEST + " octets", SECTION);
        }
        return (int) size;
    }
}
