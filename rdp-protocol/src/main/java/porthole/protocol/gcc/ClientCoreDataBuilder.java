package porthole.protocol.gcc;

import java.util.Optional;
import java.util.OptionalInt;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireWriter;
import porthole.protocol.x224.SecurityProtocols;

/**
 * Makes {@link ClientCoreData}: every field has the value of an ordinary client until it is set.
 *
 * <p>The physical size, the orientation and the scale factors are present only once {@link #desktop} was called.
 */
public final class ClientCoreDataBuilder {
    private int version = ClientCoreData.VERSION_10_12;
    private int desktopWidth = 1024;
    private int desktopHeight = 768;
    private int keyboardLayout = 0x0409;
    private int clientBuild = 18363;
    private String clientName = "";
    private int keyboardType = 4;
    private int keyboardSubType;
    private int keyboardFunctionKey = 12;
    private String imeFileName = "";
    private int highColorDepth = 24;
    private int supportedColorDepths = ClientCoreData.RNS_UD_15BPP_SUPPORT
            | ClientCoreData.RNS_UD_16BPP_SUPPORT
            | ClientCoreData.RNS_UD_24BPP_SUPPORT
            | ClientCoreData.RNS_UD_32BPP_SUPPORT;
    private int earlyCapabilityFlags;
    private String clientDigProductId = "";
    private int connectionType;
    private SecurityProtocols serverSelectedProtocol = SecurityProtocols.RDP;
    private OptionalInt desktopPhysicalWidth = OptionalInt.empty();
    private OptionalInt desktopPhysicalHeight = OptionalInt.empty();
    private OptionalInt desktopOrientation = OptionalInt.empty();
    private OptionalInt desktopScaleFactor = OptionalInt.empty();
    private OptionalInt deviceScaleFactor = OptionalInt.empty();

    ClientCoreDataBuilder() {}

    public ClientCoreDataBuilder version(int value) {
        version = value;
        return this;
    }

    /** In pixels. */
    public ClientCoreDataBuilder desktopSize(int width, int height) {
        desktopWidth = width;
        desktopHeight = height;
        return this;
    }

    /** A layout of Windows, for example 0x0409 for US English. */
    public ClientCoreDataBuilder keyboardLayout(int value) {
        keyboardLayout = value;
        return this;
    }

    public ClientCoreDataBuilder keyboard(int type, int subType, int functionKeys) {
        keyboardType = type;
        keyboardSubType = subType;
        keyboardFunctionKey = functionKeys;
        return this;
    }

    public ClientCoreDataBuilder clientBuild(int value) {
        clientBuild = value;
        return this;
    }

    /** Cut to 15 characters. */
    public ClientCoreDataBuilder clientName(String value) {
        clientName = value;
        return this;
    }

    /** Cut to 31 characters. */
    public ClientCoreDataBuilder imeFileName(String value) {
        imeFileName = value;
        return this;
    }

    /** 8, 15, 16, 24 or 32 bits per pixel; 32 sets {@code WANT_32BPP_SESSION}. */
    public ClientCoreDataBuilder colorDepth(int bitsPerPixel) {
        boolean deep = bitsPerPixel == 32;
        highColorDepth = deep ? 24 : bitsPerPixel;
        earlyCapabilityFlags = deep
                ? earlyCapabilityFlags | ClientCoreData.WANT_32BPP_SESSION
                : earlyCapabilityFlags & ~ClientCoreData.WANT_32BPP_SESSION;
        return this;
    }

    public ClientCoreDataBuilder supportedColorDepths(int flags) {
        supportedColorDepths = flags;
        return this;
    }

    /** Adds flags of {@code earlyCapabilityFlags}. */
    public ClientCoreDataBuilder earlyCapabilities(int flags) {
        earlyCapabilityFlags |= flags;
        return this;
    }

    /** Sets the type and {@code VALID_CONNECTION_TYPE}. */
    public ClientCoreDataBuilder connectionType(int value) {
        connectionType = value;
        return earlyCapabilities(ClientCoreData.VALID_CONNECTION_TYPE);
    }

    /** Cut to 31 characters. */
    public ClientCoreDataBuilder clientDigProductId(String value) {
        clientDigProductId = value;
        return this;
    }

    /** What the host selected in the connection confirm. */
    public ClientCoreDataBuilder serverSelectedProtocol(SecurityProtocols value) {
        serverSelectedProtocol = value;
        return this;
    }

    /** Physical size in millimetres, orientation in degrees, scale factors in percent. */
    public ClientCoreDataBuilder desktop(
            int physicalWidth, int physicalHeight, int orientation, int desktopScale, int deviceScale) {
        desktopPhysicalWidth = OptionalInt.of(physicalWidth);
        desktopPhysicalHeight = OptionalInt.of(physicalHeight);
        desktopOrientation = OptionalInt.of(orientation);
        desktopScaleFactor = OptionalInt.of(desktopScale);
        deviceScaleFactor = OptionalInt.of(deviceScale);
        return this;
    }

    public ClientCoreData build() {
        return new ClientCoreData(
                version,
                desktopWidth,
                desktopHeight,
                ClientCoreData.RNS_UD_COLOR_8BPP,
                ClientCoreData.RNS_UD_SAS_DEL,
                keyboardLayout,
                clientBuild,
                field(clientName, ClientCoreData.CLIENT_NAME_SIZE),
                keyboardType,
                keyboardSubType,
                keyboardFunctionKey,
                field(imeFileName, ClientCoreData.IME_FILE_NAME_SIZE),
                OptionalInt.of(ClientCoreData.RNS_UD_COLOR_8BPP),
                OptionalInt.of(1),
                OptionalInt.of(0),
                OptionalInt.of(highColorDepth),
                OptionalInt.of(supportedColorDepths),
                OptionalInt.of(earlyCapabilityFlags),
                Optional.of(field(clientDigProductId, ClientCoreData.DIG_PRODUCT_ID_SIZE)),
                OptionalInt.of(connectionType),
                OptionalInt.of(0),
                Optional.of(serverSelectedProtocol),
                desktopPhysicalWidth,
                desktopPhysicalHeight,
                desktopOrientation,
                desktopScaleFactor,
                deviceScaleFactor,
                Bytes.EMPTY);
    }

    private static Bytes field(String text, int octets) {
        return Bytes.of(WireWriter.toByteArray(out -> out.utf16leField(text, octets)));
    }
}
