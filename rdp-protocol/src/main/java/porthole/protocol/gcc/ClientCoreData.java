package porthole.protocol.gcc;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;
import porthole.protocol.x224.SecurityProtocols;

/**
 * Client Core Data, TS_UD_CS_CORE (MS-RDPBCGR 2.2.1.3.2); {@link ClientCoreDataBuilder} makes one comfortably.
 *
 * <p>From {@code postBeta2ColorDepth} on each field is optional, but only if all behind it are absent too. Fields of 32
 * bits are kept as they are, to be read as unsigned.
 *
 * @param version the newest protocol version of the client, {@link #VERSION_5_PLUS} and others
 * @param desktopWidth in pixels
 * @param desktopHeight in pixels
 * @param colorDepth superseded by {@code postBeta2ColorDepth} and {@code highColorDepth}
 * @param sasSequence secure access sequence, 0xAA03
 * @param clientNameField 32 octets of UTF-16LE with a terminator; {@link #clientName()} is the text
 * @param imeFileName 64 octets of UTF-16LE with a terminator
 * @param clientDigProductIdField 64 octets of UTF-16LE with a terminator
 * @param connectionType valid with {@link #VALID_CONNECTION_TYPE} only
 * @param desktopPhysicalWidth in millimetres
 * @param desktopPhysicalHeight in millimetres
 * @param desktopOrientation 0, 90, 180 or 270 degrees
 * @param desktopScaleFactor 100 to 500 percent
 * @param deviceScaleFactor 100, 140 or 180 percent
 * @param trailing octets behind the last known field
 */
public record ClientCoreData(
        int version,
        int desktopWidth,
        int desktopHeight,
        int colorDepth,
        int sasSequence,
        int keyboardLayout,
        int clientBuild,
        Bytes clientNameField,
        int keyboardType,
        int keyboardSubType,
        int keyboardFunctionKey,
        Bytes imeFileName,
        OptionalInt postBeta2ColorDepth,
        OptionalInt clientProductId,
        OptionalInt serialNumber,
        OptionalInt highColorDepth,
        OptionalInt supportedColorDepths,
        OptionalInt earlyCapabilityFlags,
        Optional<Bytes> clientDigProductIdField,
        OptionalInt connectionType,
        OptionalInt pad1octet,
        Optional<SecurityProtocols> serverSelectedProtocol,
        OptionalInt desktopPhysicalWidth,
        OptionalInt desktopPhysicalHeight,
        OptionalInt desktopOrientation,
        OptionalInt desktopScaleFactor,
        OptionalInt deviceScaleFactor,
        Bytes trailing)
        implements ClientDataBlock {
    public static final int TYPE = 0xC001;

    public static final int VERSION_4 = 0x00080001;
    public static final int VERSION_5_PLUS = 0x00080004;
    public static final int VERSION_10_12 = 0x00080011;

    /** In {@code colorDepth}: 8 bits per pixel, as every client says today. */
    public static final int RNS_UD_COLOR_8BPP = 0xCA01;
    /** In {@code sasSequence}. */
    public static final int RNS_UD_SAS_DEL = 0xAA03;

    public static final int RNS_UD_24BPP_SUPPORT = 0x0001;
    public static final int RNS_UD_16BPP_SUPPORT = 0x0002;
    public static final int RNS_UD_15BPP_SUPPORT = 0x0004;
    public static final int RNS_UD_32BPP_SUPPORT = 0x0008;

    public static final int SUPPORT_ERRINFO_PDU = 0x0001;
    public static final int WANT_32BPP_SESSION = 0x0002;
    public static final int SUPPORT_STATUSINFO_PDU = 0x0004;
    public static final int STRONG_ASYMMETRIC_KEYS = 0x0008;
    public static final int VALID_CONNECTION_TYPE = 0x0020;
    public static final int SUPPORT_MONITOR_LAYOUT_PDU = 0x0040;
    public static final int SUPPORT_NETCHAR_AUTODETECT = 0x0080;
    public static final int SUPPORT_DYNVC_GFX_PROTOCOL = 0x0100;
    public static final int SUPPORT_DYNAMIC_TIME_ZONE = 0x0200;
    public static final int SUPPORT_HEARTBEAT_PDU = 0x0400;
    public static final int SUPPORT_SKIP_CHANNELJOIN = 0x0800;

    public static final int CONNECTION_TYPE_MODEM = 1;
    public static final int CONNECTION_TYPE_BROADBAND_LOW = 2;
    public static final int CONNECTION_TYPE_SATELLITE = 3;
    public static final int CONNECTION_TYPE_BROADBAND_HIGH = 4;
    public static final int CONNECTION_TYPE_WAN = 5;
    public static final int CONNECTION_TYPE_LAN = 6;
    public static final int CONNECTION_TYPE_AUTODETECT = 7;

    static final int CLIENT_NAME_SIZE = 32;
    static final int IME_FILE_NAME_SIZE = 64;
    static final int DIG_PRODUCT_ID_SIZE = 64;

    public ClientCoreData {
        boolean sizes = clientNameField.size() == CLIENT_NAME_SIZE
                && imeFileName.size() == IME_FILE_NAME_SIZE
                && clientDigProductIdField.map(Bytes::size).orElse(DIG_PRODUCT_ID_SIZE) == DIG_PRODUCT_ID_SIZE;
        if (!sizes) {
            throw new IllegalArgumentException("clientName has 32 octets, imeFileName and clientDigProductId 64");
        }
        boolean gap = Stream.of(
                        postBeta2ColorDepth.isPresent(),
                        clientProductId.isPresent(),
                        serialNumber.isPresent(),
                        highColorDepth.isPresent(),
                        supportedColorDepths.isPresent(),
                        earlyCapabilityFlags.isPresent(),
                        clientDigProductIdField.isPresent(),
                        connectionType.isPresent(),
                        pad1octet.isPresent(),
                        serverSelectedProtocol.isPresent(),
                        desktopPhysicalWidth.isPresent(),
                        desktopPhysicalHeight.isPresent(),
                        desktopOrientation.isPresent(),
                        desktopScaleFactor.isPresent(),
                        deviceScaleFactor.isPresent())
                .dropWhile(present -> present)
                .anyMatch(present -> present);
        if (gap) {
            throw new IllegalArgumentException("an optional field is present behind one that is absent");
        }
    }

    /** A builder with what a client of today says, and no more fields than up to {@code serverSelectedProtocol}. */
    public static ClientCoreDataBuilder builder() {
        return new ClientCoreDataBuilder();
    }

    /** The client's name up to its terminator. */
    public String clientName() {
        return text(clientNameField);
    }

    /** The client's product id up to its terminator. */
    public Optional<String> clientDigProductId() {
        return clientDigProductIdField.map(ClientCoreData::text);
    }

    /** Whether the client announces all bits of {@code flags}. */
    public boolean hasEarlyCapability(int flags) {
        return (earlyCapabilityFlags.orElse(0) & flags) == flags;
    }

    /** Bits per pixel that the client asks for, from whichever field decides it. */
    public int requestedColorDepth() {
        if (hasEarlyCapability(WANT_32BPP_SESSION)) {
            return 32;
        } else if (highColorDepth.isPresent()) {
            return highColorDepth.getAsInt();
        }
        return switch (postBeta2ColorDepth.orElse(colorDepth)) {
            case 0xCA00 -> 4;
            case 0xCA02 -> 15;
            case 0xCA03 -> 16;
            case 0xCA04 -> 24;
            default -> 8;
        };
    }

    private static String text(Bytes field) {
        String text = field.toUtf16le();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** Decodes what follows the header. */
    public static ClientCoreData decode(WireReader in) {
        TailReader tail = new TailReader(in);
        return new ClientCoreData(
                in.s32le("version"),
                in.u16le("desktopWidth"),
                in.u16le("desktopHeight"),
                in.u16le("colorDepth"),
                in.u16le("SASSequence"),
                in.s32le("keyboardLayout"),
                in.s32le("clientBuild"),
                in.bytes(CLIENT_NAME_SIZE, "clientName"),
                in.s32le("keyboardType"),
                in.s32le("keyboardSubType"),
                in.s32le("keyboardFunctionKey"),
                in.bytes(IME_FILE_NAME_SIZE, "imeFileName"),
                tail.u16le("postBeta2ColorDepth"),
                tail.u16le("clientProductId"),
                tail.s32le("serialNumber"),
                tail.u16le("highColorDepth"),
                tail.u16le("supportedColorDepths"),
                tail.u16le("earlyCapabilityFlags"),
                tail.bytes(DIG_PRODUCT_ID_SIZE, "clientDigProductId"),
                tail.u8("connectionType"),
                tail.u8("pad1octet"),
                protocols(tail.s32le("serverSelectedProtocol")),
                tail.s32le("desktopPhysicalWidth"),
                tail.s32le("desktopPhysicalHeight"),
                tail.u16le("desktopOrientation"),
                tail.s32le("desktopScaleFactor"),
                tail.s32le("deviceScaleFactor"),
                in.rest("trailing"));
    }

    static Optional<SecurityProtocols> protocols(OptionalInt bits) {
        return bits.isPresent() ? Optional.of(new SecurityProtocols(bits.getAsInt())) : Optional.empty();
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u32le(version).u16le(desktopWidth).u16le(desktopHeight).u16le(colorDepth);
        out.u16le(sasSequence).u32le(keyboardLayout).u32le(clientBuild).bytes(clientNameField);
        out.u32le(keyboardType)
                .u32le(keyboardSubType)
                .u32le(keyboardFunctionKey)
                .bytes(imeFileName);
        postBeta2ColorDepth.ifPresent(out::u16le);
        clientProductId.ifPresent(out::u16le);
        serialNumber.ifPresent(out::u32le);
        highColorDepth.ifPresent(out::u16le);
        supportedColorDepths.ifPresent(out::u16le);
        earlyCapabilityFlags.ifPresent(out::u16le);
        clientDigProductIdField.ifPresent(out::bytes);
        connectionType.ifPresent(out::u8);
        pad1octet.ifPresent(out::u8);
        serverSelectedProtocol.ifPresent(protocol -> out.u32le(protocol.bits()));
        desktopPhysicalWidth.ifPresent(out::u32le);
        desktopPhysicalHeight.ifPresent(out::u32le);
        desktopOrientation.ifPresent(out::u16le);
        desktopScaleFactor.ifPresent(out::u32le);
        deviceScaleFactor.ifPresent(out::u32le);
        out.bytes(trailing);
    }
}
