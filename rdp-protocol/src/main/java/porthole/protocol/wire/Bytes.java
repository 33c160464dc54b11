package porthole.protocol.wire;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Octets that never change, with value equality; what a PDU keeps when it keeps octets. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);
    private static final int SHOWN = 32;

    private final byte[] octets;

    private Bytes(byte[] octets) {
        this.octets = octets;
    }

    /** Copies {@code octets}. */
    public static Bytes of(byte... octets) {
        return octets.length == 0 ? EMPTY : new Bytes(octets.clone());
    }

    /** Copies {@code length} octets of a buffer from {@code index} on; the buffer's indices stay. */
    public static Bytes copyOf(ByteBuf buffer, int index, int length) {
        if (length == 0) {
            return EMPTY;
        }
        byte[] copy = new byte[length];
        buffer.getBytes(index, copy);
        return new Bytes(copy);
    }

    /** The octets that the hexadecimal text says; spaces and line ends are passed over. */
    public static Bytes hex(String text) {
        return new Bytes(HexFormat.of().parseHex(text.replaceAll("\\s+", "")));
    }

    /** The ASCII octets of {@code text}. */
    public static Bytes ascii(String text) {
        return new Bytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The UTF-16LE octets of {@code text}, without a terminator. */
    public static Bytes utf16le(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_16LE));
    }

    public int size() {
        return octets.length;
    }

    public boolean isEmpty() {
        return octets.length == 0;
    }

    /** The octet at {@code index} as 0 to 255. */
    public int at(int index) {
        return octets[index] & 0xFF;
    }

    /** A fresh copy. */
    public byte[] toArray() {
        return octets.clone();
    }

    /** Copies the octets to {@code to}, from {@code at} on. */
    public void copyTo(byte[] to, int at) {
        System.arraycopy(octets, 0, to, at, octets.length);
    }

    /** Appends the octets to {@code out}. */
    public void writeTo(ByteBuf out) {
        out.writeBytes(octets);
    }

    /** A fresh copy of the part from {@code from} on. */
    public Bytes slice(int from, int length) {
        return new Bytes(Arrays.copyOfRange(octets, from, from + length));
    }

    public String toHex() {
        return HexFormat.of().formatHex(octets);
    }

    /** The octets read as ASCII. */
    public String toAscii() {
        return new String(octets, StandardCharsets.US_ASCII);
    }

    /** The octets read as UTF-16LE. */
    public String toUtf16le() {
        return new String(octets, StandardCharsets.UTF_16LE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** The size and the first octets in hexadecimal. */
    @Override
    public String toString() {
        int shown = Math.min(SHOWN, octets.length);
        return octets.length + ":" + HexFormat.of().formatHex(octets, 0, shown) + (shown < octets.length ? "..." : "");
    }
}
