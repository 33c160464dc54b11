package porthole.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.function.Function;
import porthole.protocol.failure.WireException;

/**
 * A bounded cursor over one message; each read names its field, so that an error says where it happened.
 *
 * <p>The buffer is borrowed: a reader dies with the call that it was handed to, and what must outlive the call is copied
 * with {@link #bytes}. A read past the end throws {@link WireException}, never anything else. Offsets count from the
 * first octet of the frame. Not thread-safe.
 */
public final class WireReader {
    private ByteBuf buffer;
    private int origin;
    private int position;
    private int end;
    private final FieldListener listener;
    private Path path;

    /** A structure on the way from the frame to the field. */
    private record Path(Path parent, String name, String section) {
        String pdu() {
            return parent == null ? name : parent.pdu();
        }

        String fields() {
            return parent == null ? "" : parent.parent == null ? name : parent.fields() + "." + name;
        }

        String full() {
            return parent == null ? name : parent.full() + "." + name;
        }
    }

    private WireReader(ByteBuf buffer, int origin, int position, int end, Path path, FieldListener listener) {
        this.buffer = buffer;
        this.origin = origin;
        this.position = position;
        this.end = end;
        this.path = path;
        this.listener = listener;
    }

    /** A reader over the readable octets of {@code frame}, whose own indices stay as they are. */
    public static WireReader of(ByteBuf frame, String pdu, String section) {
        return of(frame, pdu, section, null);
    }

    /** The same, telling {@code listener} each field that is read; the listener may be null. */
    public static WireReader of(ByteBuf frame, String pdu, String section, FieldListener listener) {
        return new WireReader(
                frame,
                frame.readerIndex(),
                frame.readerIndex(),
                frame.writerIndex(),
                new Path(null, pdu, section),
                listener);
    }

    /** Begins anew with the readable octets of another frame of the same PDU, so that one reader serves many messages. */
    public WireReader over(ByteBuf frame) {
        buffer = frame;
        origin = frame.readerIndex();
        position = origin;
        end = frame.writerIndex();
        while (path.parent != null) {
            path = path.parent;
        }
        return this;
    }

    /** A reader over an array, which is not copied. */
    public static WireReader of(byte[] frame, String pdu, String section) {
        return of(Unpooled.wrappedBuffer(frame), pdu, section);
    }

    /** A reader over octets that a PDU kept and that began at {@code offset} of its frame, so that errors say where. */
    public static WireReader of(Bytes part, int offset, String pdu, String section) {
        return new WireReader(
                Unpooled.wrappedBuffer(part.toArray()), -offset, 0, part.size(), new Path(null, pdu, section), null);
    }

    /** A reader over octets that a PDU kept. */
    public static WireReader of(Bytes frame, String pdu, String section) {
        return of(frame.toArray(), pdu, section);
    }

    /** Octets from the start of the frame to the next unread one. */
    public int offset() {
        return position - origin;
    }

    /** Unread octets. */
    public int remaining() {
        return end - position;
    }

    public boolean hasRemaining() {
        return position < end;
    }

    /** Whether at least {@code octets} are unread: the test before an optional tail field. */
    public boolean has(int octets) {
        return remaining() >= octets;
    }

    /** Refuses unless at least {@code octets} are unread. */
    public void require(int octets, String field) {
        if (octets < 0 || remaining() < octets) {
            throw error(field, remaining() + " octets left", "at least " + (octets & 0xFFFFFFFFL) + " octets");
        }
    }

    /** The next octet, which stays unread. */
    public int peekU8(String field) {
        require(1, field);
        return buffer.getUnsignedByte(position);
    }

    /** The next 16-bit little-endian number, which stays unread. */
    public int peekU16le(String field) {
        require(2, field);
        return buffer.getUnsignedShortLE(position);
    }

    /** Octets before the next place where {@code delimiter} stands, or -1 where it stands nowhere; nothing is read. */
    public int octetsBefore(Bytes delimiter) {
        int last = end - delimiter.size();
        for (int at = position; at <= last; at++) {
            int matched = 0;
            while (matched < delimiter.size() && buffer.getUnsignedByte(at + matched) == delimiter.at(matched)) {
                matched++;
            }
            if (matched == delimiter.size()) {
                return at - position;
            }
        }
        return -1;
    }

    /**
     * What a record keeps whose encoding rules allow several forms: the octets from {@code offset}, an earlier value of
     * {@link #offset()}, to the next unread one, or none where {@code plain} writes just these.
     */
    public Bytes otherForm(int offset, Pdu plain) {
        Bytes seen = Bytes.copyOf(buffer, origin + offset, offset() - offset);
        return seen.equals(Bytes.of(plain.toByteArray())) ? Bytes.EMPTY : seen;
    }

    public int u8(String field) {
        int at = take(1, field);
        return told(field, at, 1, buffer.getUnsignedByte(at));
    }

    public int u16le(String field) {
        int at = take(2, field);
        return told(field, at, 2, buffer.getUnsignedShortLE(at));
    }

    public int u16be(String field) {
        int at = take(2, field);
        return told(field, at, 2, buffer.getUnsignedShort(at));
    }

    public int s16le(String field) {
        int at = take(2, field);
        return told(field, at, 2, buffer.getShortLE(at));
    }

    public int s32le(String field) {
        int at = take(4, field);
        return told(field, at, 4, buffer.getIntLE(at));
    }

    public int s32be(String field) {
        int at = take(4, field);
        return told(field, at, 4, buffer.getInt(at));
    }

    public long u32le(String field) {
        int at = take(4, field);
        return told(field, at, 4, buffer.getUnsignedIntLE(at));
    }

    public long u32be(String field) {
        int at = take(4, field);
        return told(field, at, 4, buffer.getUnsignedInt(at));
    }

    public long s64le(String field) {
        int at = take(8, field);
        return told(field, at, 8, buffer.getLongLE(at));
    }

    /** A copy of the next {@code length} octets. */
    public Bytes bytes(int length, String field) {
        int at = take(length, field);
        Bytes copy = Bytes.copyOf(buffer, at, length);
        tell(field, at, length, copy);
        return copy;
    }

    /** A copy of all that is left; may be empty. */
    public Bytes rest(String field) {
        return bytes(remaining(), field);
    }

    /** The next {@code length} octets as a view that is borrowed like the reader itself; no reference is added. */
    public ByteBuf slice(int length, String field) {
        int at = take(length, field);
        if (listener != null) {
            tell(field, at, length, Bytes.copyOf(buffer, at, length));
        }
        return buffer.slice(at, length);
    }

    /** Copies the next {@code length} octets to {@code into} from index {@code to} on. */
    public void read(int length, byte[] into, int to, String field) {
        int at = take(length, field);
        if (listener != null) {
            tell(field, at, length, Bytes.copyOf(buffer, at, length));
        }
        buffer.getBytes(at, into, to, length);
    }

    /** Text of exactly {@code octets} octets, terminators and padding included. */
    public String text(int octets, Charset charset, String field) {
        int at = take(octets, field);
        String text = buffer.toString(at, octets, charset);
        tell(field, at, octets, text);
        return text;
    }

    /** UTF-16LE text of exactly {@code octets} octets, terminators, padding and unpaired surrogates included. */
    public String utf16le(int octets, String field) {
        check((octets & 1) == 0, field, octets + " octets", "an even number of octets of UTF-16 text");
        int at = take(octets, field);
        char[] units = new char[octets / 2];
        for (int i = 0; i < units.length; i++) {
            units[i] = (char) buffer.getUnsignedShortLE(at + 2 * i); // a charset would lose unpaired surrogates
        }
        String text = new String(units);
        tell(field, at, octets, text);
        return text;
    }

    /** Passes over octets whose value the specification says to ignore; use {@link #bytes} where they must be kept. */
    public void skip(int octets, String field) {
        int at = take(octets, field);
        if (listener != null) {
            tell(field, at, octets, Bytes.copyOf(buffer, at, octets));
        }
    }

    /** A reader over the next {@code length} octets, which cannot read past them; this reader goes on behind them. */
    public WireReader sub(int length, String field) {
        return sub(length, field, path.section);
    }

    /** The same for a structure that has a section of its own. */
    public WireReader sub(int length, String field, String section) {
        int at = take(length, field);
        return new WireReader(buffer, origin, at, at + length, new Path(path, field, section), listener);
    }

    /** Reads a nested structure from here on, whose fields are named below {@code field} and have their own section. */
    public <T> T within(String field, String section, Function<WireReader, T> structure) {
        Path outer = path;
        path = new Path(outer, field, section);
        T value = structure.apply(this); // after an error nobody reads on, so the path need not be restored
        path = outer;
        return value;
    }

    /**
     * All that is left under another PDU name: for a body that is only recognised after its header was read. This
     * reader is at its end then.
     */
    public WireReader renamed(String pdu, String section) {
        WireReader body = new WireReader(buffer, origin, position, end, new Path(null, pdu, section), listener);
        position = end;
        return body;
    }

    /** Refuses a fixed field that has another value; the field is the one that was read last. */
    public void expect(long actual, long expected, int size, String field) {
        if (actual != expected) {
            throw errorAt(position - size, field, hex(actual), hex(expected));
        }
    }

    /** Refuses unless {@code ok}; {@code seen} and {@code rule} are for the reader of the error. */
    public void check(boolean ok, String field, Object seen, String rule) {
        if (!ok) {
            throw error(field, String.valueOf(seen), rule);
        }
    }

    /** The same for a field of {@code size} octets that was read last, so that the error stands at its place. */
    public void check(boolean ok, int size, String field, Object seen, String rule) {
        if (!ok) {
            throw errorAt(position - size, field, String.valueOf(seen), rule);
        }
    }

    /** A count from the wire, refused when that many elements of at least {@code least} octets cannot follow. */
    public int count(long count, int least, String field) {
        if (count < 0 || count * least > remaining()) {
            throw error(
                    field, Long.toString(count), "no more than fit into the " + remaining() + " octets that follow");
        }
        return (int) count;
    }

    /** Refuses octets that nothing accounts for. */
    public void end() {
        if (position != end) {
            throw error("", remaining() + " octets behind the last field", "none");
        }
    }

    /** The error for a field at the present position. */
    public WireException error(String field, String seen, String rule) {
        return errorAt(position, field, seen, rule);
    }

    private WireException errorAt(int at, String field, String seen, String rule) {
        String prefix = path.fields();
        String full = prefix.isEmpty() ? field : field.isEmpty() ? prefix : prefix + "." + field;
        return new WireException(path.pdu(), full, at - origin, seen, rule, path.section);
    }

    private int take(int octets, String field) {
        require(octets, field);
        int at = position;
        position += octets;
        return at;
    }

    private int told(String field, int at, int length, int value) {
        if (listener != null) {
            tell(field, at, length, (long) value);
        }
        return value;
    }

    private long told(String field, int at, int length, long value) {
        if (listener != null) {
            tell(field, at, length, value);
        }
        return value;
    }

    private void tell(String field, int at, int length, Object value) {
        if (listener != null) {
            listener.field(path.full() + "." + field, at - origin, length, value);
        }
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value).toUpperCase(Locale.ROOT);
    }
}
