package porthole.protocol.gcc;

import java.nio.charset.StandardCharsets;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * One static virtual channel that the client asks for, CHANNEL_DEF (MS-RDPBCGR 2.2.1.3.4.1).
 *
 * @param nameField 8 octets with a terminator; {@link #name()} is the text
 */
public record ChannelDef(Bytes nameField, int options) implements Pdu {
    public static final int OPTION_INITIALIZED = 0x80000000;
    public static final int OPTION_ENCRYPT_RDP = 0x40000000;
    public static final int OPTION_ENCRYPT_SC = 0x20000000;
    public static final int OPTION_ENCRYPT_CS = 0x10000000;
    public static final int OPTION_PRI_HIGH = 0x08000000;
    public static final int OPTION_PRI_MED = 0x04000000;
    public static final int OPTION_PRI_LOW = 0x02000000;
    public static final int OPTION_COMPRESS_RDP = 0x00800000;
    public static final int OPTION_COMPRESS = 0x00400000;
    public static final int OPTION_SHOW_PROTOCOL = 0x00200000;
    public static final int OPTION_REMOTE_CONTROL_PERSISTENT = 0x00100000;

    static final int SIZE = 8 /* name */ + 4 /* options */;
    private static final int NAME_SIZE = 8;

    public ChannelDef {
        if (nameField.size() != NAME_SIZE) {
            throw new IllegalArgumentException("the name of a channel has 8 octets");
        }
    }

    /** A name of 1 to 7 ASCII characters. */
    public ChannelDef(String name, int options) {
        this(field(name), options);
    }

    private static Bytes field(String name) {
        if (name.isEmpty() || name.length() >= NAME_SIZE) {
            throw new IllegalArgumentException("a channel name has 1 to 7 characters: " + name);
        }
        byte[] octets = new byte[NAME_SIZE];
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, octets, 0, text.length);
        return Bytes.of(octets);
    }

    /** The name up to its terminator. */
    public String name() {
        String text = nameField.toAscii();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    public static ChannelDef decode(WireReader in) {
        return new ChannelDef(in.bytes(NAME_SIZE, "name"), in.s32le("options"));
    }

    @Override
    public void encode(WireWriter out) {
        out.bytes(nameField).u32le(options);
    }
}
