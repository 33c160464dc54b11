package porthole.protocol.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/**
 * Appends fields to a buffer that the caller owns; lengths that come before their contents are filled in afterwards.
 *
 * <p>Values are cut to the width of their field, as the records check their ranges themselves. Not thread-safe.
 */
public final class WireWriter {
    private final ByteBuf out;

    public WireWriter(ByteBuf out) {
        this.out = out;
    }

    /** What {@code structure} writes, in an array of its own. */
    public static byte[] toByteArray(Consumer<WireWriter> structure) {
        ByteBuf buffer = Unpooled.buffer(256);
        structure.accept(new WireWriter(buffer));
        byte[] octets = new byte[buffer.readableBytes()];
        buffer.readBytes(octets);
        return octets;
    }

    public WireWriter u8(int value) {
        out.writeByte(value);
        return this;
    }

    public WireWriter u16le(int value) {
        out.writeShortLE(value);
        return this;
    }

    public WireWriter u16be(int value) {
        out.writeShort(value);
        return this;
    }

    public WireWriter u32le(long value) {
        out.writeIntLE((int) value);
        return this;
    }

    public WireWriter u32be(long value) {
        out.writeInt((int) value);
        return this;
    }

    public WireWriter s64le(long value) {
        out.writeLongLE(value);
        return this;
    }

    public WireWriter bytes(Bytes octets) {
        octets.writeTo(out);
        return this;
    }

    public WireWriter bytes(byte[] octets) {
        out.writeBytes(octets);
        return this;
    }

    /** Appends the readable octets of {@code octets}, whose own indices stay. */
    public WireWriter bytes(ByteBuf octets) {
        out.writeBytes(octets, octets.readerIndex(), octets.readableBytes());
        return this;
    }

    public WireWriter zeros(int count) {
        out.writeZero(count);
        return this;
    }

    /** UTF-16LE without a terminator; unpaired surrogates stay what they are. */
    public WireWriter utf16le(String text) {
        for (int i = 0; i < text.length(); i++) {
            out.writeShortLE(text.charAt(i));
        }
        return this;
    }

    /** UTF-16LE in a field of {@code octets} octets, cut so that a terminator fits and filled with zeros. */
    public WireWriter utf16leField(String text, int octets) {
        String cut = text.length() * 2 <= octets - 2 ? text : text.substring(0, octets / 2 - 1);
        return utf16le(cut).zeros(octets - cut.length() * 2);
    }

    public WireWriter pdu(Pdu pdu) {
        pdu.encode(this);
        return this;
    }

    /** Octets written so far, from the start of the buffer: pass it to a {@code patch} method later. */
    public int position() {
        return out.writerIndex();
    }

    /** Overwrites two octets at {@code position}. */
    public WireWriter patchU16le(int position, int value) {
        out.setShortLE(position, value);
        return this;
    }

    /** Overwrites two octets at {@code position}. */
    public WireWriter patchU16be(int position, int value) {
        out.setShort(position, value);
        return this;
    }

    /** Overwrites four octets at {@code position}. */
    public WireWriter patchU32le(int position, long value) {
        out.setIntLE(position, (int) value);
        return this;
    }

    /** Overwrites one octet at {@code position}. */
    public WireWriter patchU8(int position, int value) {
        out.setByte(position, value);
        return this;
    }

    /** The buffer itself, for a codec that writes in bulk. */
    public ByteBuf buffer() {
        return out;
    }
}
