package porthole.protocol.info;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.1.11.1.1 Info Packet (TS_INFO_PACKET).
 *
 * <p>The five texts stand without their terminators. With {@link #INFO_UNICODE} they are UTF-16LE; without it each
 * character stands for one octet of the client's code page.
 *
 * @param codePage the client's ANSI code page, or the input locale's language with {@link #INFO_UNICODE}
 * @param flags the {@code INFO_*} flags; unknown bits stay
 * @param extraInfo absent in RDP 4.0 clients
 */
public record InfoPacket(
        long codePage,
        int flags,
        String domain,
        String userName,
        String password,
        String alternateShell,
        String workingDir,
        Optional<ExtendedInfoPacket> extraInfo)
        implements Pdu {
    public static final int INFO_MOUSE = 0x00000001;
    public static final int INFO_DISABLECTRLALTDEL = 0x00000002;
    public static final int INFO_AUTOLOGON = 0x00000008;
    public static final int INFO_UNICODE = 0x00000010;
    public static final int INFO_MAXIMIZESHELL = 0x00000020;
    public static final int INFO_LOGONNOTIFY = 0x00000040;
    public static final int INFO_COMPRESSION = 0x00000080;
    public static final int INFO_ENABLEWINDOWSKEY = 0x00000100;
    /** The compression type, from bit 9 on: one of {@code PACKET_COMPR_TYPE_*}. */
    public static final int INFO_COMPRESSION_TYPE_MASK = 0x00001E00;

    public static final int INFO_COMPRESSION_TYPE_SHIFT = 9;
    public static final int PACKET_COMPR_TYPE_8K = 0;
    public static final int PACKET_COMPR_TYPE_64K = 1;
    public static final int PACKET_COMPR_TYPE_RDP6 = 2;
    public static final int PACKET_COMPR_TYPE_RDP61 = 3;
    public static final int INFO_REMOTECONSOLEAUDIO = 0x00002000;
    public static final int INFO_FORCE_ENCRYPTED_CS_PDU = 0x00004000;
    public static final int INFO_RAIL = 0x00008000;
    public static final int INFO_LOGONERRORS = 0x00010000;
    public static final int INFO_MOUSE_HAS_WHEEL = 0x00020000;
    public static final int INFO_PASSWORD_IS_SC_PIN = 0x00040000;
    public static final int INFO_NOAUDIOPLAYBACK = 0x00080000;
    public static final int INFO_USING_SAVED_CREDS = 0x00100000;
    public static final int INFO_AUDIOCAPTURE = 0x00200000;
    public static final int INFO_VIDEO_DISABLE = 0x00400000;
    public static final int INFO_HIDEF_RAIL_SUPPORTED = 0x02000000;

    private static final int MAXIMUM_TEXT = 0xFFFF;

    public InfoPacket {
        int unit = (flags & INFO_UNICODE) != 0 ? 2 : 1;
        for (String text : new String[] {domain, userName, password, alternateShell, workingDir}) {
            if (text.length() * unit > MAXIMUM_TEXT) {
                throw new IllegalArgumentException("a text of " + text.length() + " characters does not fit");
            }
        }
    }

    public static InfoPacket decode(WireReader in) {
        long codePage = in.u32le("codePage");
        int flags = in.s32le("flags");
        int domainOctets = in.u16le("cbDomain");
        int userNameOctets = in.u16le("cbUserName");
        int passwordOctets = in.u16le("cbPassword");
        int alternateShellOctets = in.u16le("cbAlternateShell");
        int workingDirOctets = in.u16le("cbWorkingDir");
        return new InfoPacket(
                codePage,
                flags,
                text(in, flags, domainOctets, "domain"),
                text(in, flags, userNameOctets, "userName"),
                text(in, flags, passwordOctets, "password"),
                text(in, flags, alternateShellOctets, "alternateShell"),
                text(in, flags, workingDirOctets, "workingDir"),
                in.hasRemaining()
                        ? Optional.of(in.within("extraInfo", "MS-RDPBCGR 2.2.1.11.1.1.1", ExtendedInfoPacket::decode))
                        : Optional.empty());
    }

    /** Whether all bits of {@code flag} are set. */
    public boolean has(int flag) {
        return (flags & flag) == flag;
    }

    /** The compression type that the client offers; it counts only with {@link #INFO_COMPRESSION}. */
    public int compressionType() {
        return (flags & INFO_COMPRESSION_TYPE_MASK) >>> INFO_COMPRESSION_TYPE_SHIFT;
    }

    @Override
    public void encode(WireWriter out) {
        int unit = has(INFO_UNICODE) ? 2 : 1;
        out.u32le(codePage).u32le(flags);
        for (String text : new String[] {domain, userName, password, alternateShell, workingDir}) {
            out.u16le(text.length() * unit);
        }
        for (String text : new String[] {domain, userName, password, alternateShell, workingDir}) {
            if (unit == 2) {
                out.utf16le(text).u16le(0);
            } else {
                out.bytes(text.getBytes(StandardCharsets.ISO_8859_1)).u8(0);
            }
        }
        extraInfo.ifPresent(out::pdu);
    }

    private static String text(WireReader in, int flags, int octets, String field) {
        if ((flags & INFO_UNICODE) != 0) {
            String text = in.utf16le(octets, field);
            in.expect(in.u16le(field + "Terminator"), 0, 2, field + "Terminator");
            return text;
        }
        // Latin-1 maps every octet to one character and back, whatever the code page really is
        String text = in.text(octets, StandardCharsets.ISO_8859_1, field);
        in.expect(in.u8(field + "Terminator"), 0, 1, field + "Terminator");
        return text;
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "InfoPacket[codePage=" + codePage + ", flags=0x" + Integer.toHexString(flags) + ", domain=" + domain
                + ", userName=" + userName + ", password=" + (password.isEmpty() ? "" : "(redacted)")
                + ", alternateShell=" + alternateShell + ", workingDir=" + workingDir + ", extraInfo=" + extraInfo
                + "]";
    }
}
