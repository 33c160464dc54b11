package porthole.transport;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import porthole.protocol.gcc.ChannelDef;
import porthole.protocol.info.ArcScPrivatePacket;
import porthole.protocol.info.InfoPacket;
import porthole.transport.licensing.LicenseStore;

/**
 * What the client says of itself in the connection sequence; the defaults are those of a plain desktop client.
 *
 * @param width desktop width in pixels, 200 to 8192
 * @param height desktop height in pixels, 200 to 8192
 * @param bitsPerPixel 8, 15, 16, 24 or 32
 * @param clientName up to 15 characters (MS-RDPBCGR 2.2.1.3.2 clientName)
 * @param clientBuild clientBuild
 * @param version the RDP version of TS_UD_CS_CORE
 * @param keyboardLayout active input locale identifier
 * @param keyboardType 4 is IBM enhanced
 * @param keyboardSubType keyboardSubType
 * @param keyboardFunctionKey number of function keys
 * @param supportedColorDepths supportedColorDepths
 * @param earlyCapabilityFlags RNS_UD_CS flags (MS-RDPBCGR 2.2.1.3.2)
 * @param productId clientDigProductId, up to 31 characters
 * @param connectionType CONNECTION_TYPE; 7 is auto-detect
 * @param physicalWidth millimetres; 0 leaves it to the host
 * @param physicalHeight millimetres
 * @param orientation desktopOrientation in degrees
 * @param desktopScale desktopScaleFactor in percent
 * @param deviceScale deviceScaleFactor in percent
 * @param monitors the first is the primary one, at 0, 0; none leaves the monitor data out
 * @param clusterFlags TS_UD_CS_CLUSTER flags
 * @param redirectedSessionId the session that a redirection named, for TS_UD_CS_CLUSTER
 * @param multitransportFlags TS_UD_CS_MULTITRANSPORT flags; empty leaves the block out
 * @param channels static virtual channels, at most 31
 * @param infoFlags flags of TS_INFO_PACKET
 * @param alternateShell program to start instead of the shell
 * @param workingDirectory its working directory
 * @param clientAddress the client's address; empty takes the socket's own
 * @param clientDirectory clientDir of the extended info
 * @param performanceFlags performanceFlags of the extended info
 * @param timeZoneName standard and daylight name
 * @param timeZoneBias minutes that are added to local time to get UTC
 * @param dynamicTimeZoneKey dynamicDSTTimeZoneKeyName
 * @param cookie routing token or cookie value of the connection request, each character one octet; empty takes mstshash
 *     and the user name
 * @param correlation whether and what RDP_NEG_CORRELATION_INFO says
 * @param capabilities what the confirm active PDU claims
 * @param autoReconnectCookie of the session that is to be restored
 * @param licenses where licences that hosts issue are kept
 */
public record ClientSettings(
        int width,
        int height,
        int bitsPerPixel,
        String clientName,
        int clientBuild,
        long version,
        long keyboardLayout,
        long keyboardType,
        long keyboardSubType,
        long keyboardFunctionKey,
        int supportedColorDepths,
        int earlyCapabilityFlags,
        String productId,
        int connectionType,
        long physicalWidth,
        long physicalHeight,
        int orientation,
        long desktopScale,
        long deviceScale,
        List<Monitor> monitors,
        long clusterFlags,
        OptionalLong redirectedSessionId,
        OptionalLong multitransportFlags,
        List<ChannelDef> channels,
        long infoFlags,
        String alternateShell,
        String workingDirectory,
        String clientAddress,
        String clientDirectory,
        long performanceFlags,
        String timeZoneName,
        int timeZoneBias,
        String dynamicTimeZoneKey,
        String cookie,
        Correlation correlation,
        CapabilityProfile capabilities,
        Optional<ArcScPrivatePacket> autoReconnectCookie,
        LicenseStore licenses) {

    /** The settings that a plain {@code connect} uses. */
    public static final ClientSettings DEFAULT = new Builder().build();

    public ClientSettings {
        channels = List.copyOf(channels);
        monitors = List.copyOf(monitors);
        if (!monitors.isEmpty()) {
            Monitor.check(monitors);
        }
        if (channels.size() > 31) {
            throw new IllegalArgumentException("at most 31 static virtual channels (MS-RDPBCGR 2.2.1.3.4)");
        }
        if (width < 1 || width > 8192 || height < 1 || height > 8192) {
            throw new IllegalArgumentException("a desktop has 1x1 to 8192x8192 pixels, not " + width + "x" + height);
        }
        if (!List.of(8, 15, 16, 24, 32).contains(bitsPerPixel)) {
            throw new IllegalArgumentException("8, 15, 16, 24 or 32 bits per pixel, not " + bitsPerPixel);
        }
    }

    /** A builder that begins with these settings. */
    public Builder but() {
        Builder builder = new Builder();
        builder.width = width;
        builder.height = height;
        builder.bitsPerPixel = bitsPerPixel;
        builder.clientName = clientName;
        builder.clientBuild = clientBuild;
        builder.version = version;
        builder.keyboardLayout = keyboardLayout;
        builder.keyboardType = keyboardType;
        builder.keyboardSubType = keyboardSubType;
        builder.keyboardFunctionKey = keyboardFunctionKey;
        builder.supportedColorDepths = supportedColorDepths;
        builder.earlyCapabilityFlags = earlyCapabilityFlags;
        builder.productId = productId;
        builder.connectionType = connectionType;
        builder.physicalWidth = physicalWidth;
        builder.physicalHeight = physicalHeight;
        builder.orientation = orientation;
        builder.desktopScale = desktopScale;
        builder.deviceScale = deviceScale;
        builder.monitors = monitors;
        builder.clusterFlags = clusterFlags;
        builder.redirectedSessionId = redirectedSessionId;
        builder.multitransportFlags = multitransportFlags;
        builder.channels = channels;
        builder.infoFlags = infoFlags;
        builder.alternateShell = alternateShell;
        builder.workingDirectory = workingDirectory;
        builder.clientAddress = clientAddress;
        builder.clientDirectory = clientDirectory;
        builder.performanceFlags = performanceFlags;
        builder.timeZoneName = timeZoneName;
        builder.timeZoneBias = timeZoneBias;
        builder.dynamicTimeZoneKey = dynamicTimeZoneKey;
        builder.cookie = cookie;
        builder.correlation = correlation;
        builder.capabilities = capabilities;
        builder.autoReconnectCookie = autoReconnectCookie;
        builder.licenses = licenses;
        return builder;
    }

    /** Collects settings; what is not set keeps its default. */
    public static final class Builder {
        private int width = 800;
        private int height = 600;
        private int bitsPerPixel = 32;
        private String clientName = "porthole";
        private int clientBuild = 18363;
        private long version = 0x00080011L;
        private long keyboardLayout = 0x409L;
        private long keyboardType = 4L;
        private long keyboardSubType = 0L;
        private long keyboardFunctionKey = 12L;
        private int supportedColorDepths = 0x0F;
        private int earlyCapabilityFlags = 0x0EB7;
        private String productId = "";
        private int connectionType = 7;
        private long physicalWidth = 0L;
        private long physicalHeight = 0L;
        private int orientation = 0;
        private long desktopScale = 100L;
        private long deviceScale = 100L;
        private List<Monitor> monitors = List.of();
        private long clusterFlags = 0x0DL;
        private OptionalLong redirectedSessionId = OptionalLong.empty();
        private OptionalLong multitransportFlags = OptionalLong.of(0);
        private List<ChannelDef> channels = List.of();
        private long infoFlags = 0x000B4173L;
        private String alternateShell = "";
        private String workingDirectory = "";
        private String clientAddress = "";
        private String clientDirectory = "C:\\Windows\\System32\\mstscax.dll";
        private long performanceFlags = 0x86L;
        private String timeZoneName = "Coordinated Universal Time";
        private int timeZoneBias = 0;
        private String dynamicTimeZoneKey = "UTC";
        private String cookie = "";
        private Correlation correlation = Correlation.RANDOM;
        private CapabilityProfile capabilities = CapabilityProfile.DEFAULT;
        private Optional<ArcScPrivatePacket> autoReconnectCookie = Optional.empty();
        private LicenseStore licenses = LicenseStore.NONE;

        public Builder width(int value) {
            width = value;
            return this;
        }

        public Builder height(int value) {
            height = value;
            return this;
        }

        public Builder bitsPerPixel(int value) {
            bitsPerPixel = value;
            return this;
        }

        public Builder clientName(String value) {
            clientName = value;
            return this;
        }

        public Builder clientBuild(int value) {
            clientBuild = value;
            return this;
        }

        public Builder version(long value) {
            version = value;
            return this;
        }

        public Builder keyboardLayout(long value) {
            keyboardLayout = value;
            return this;
        }

        public Builder keyboardType(long value) {
            keyboardType = value;
            return this;
        }

        public Builder keyboardSubType(long value) {
            keyboardSubType = value;
            return this;
        }

        public Builder keyboardFunctionKey(long value) {
            keyboardFunctionKey = value;
            return this;
        }

        public Builder supportedColorDepths(int value) {
            supportedColorDepths = value;
            return this;
        }

        public Builder earlyCapabilityFlags(int value) {
            earlyCapabilityFlags = value;
            return this;
        }

        public Builder productId(String value) {
            productId = value;
            return this;
        }

        public Builder connectionType(int value) {
            connectionType = value;
            return this;
        }

        public Builder physicalWidth(long value) {
            physicalWidth = value;
            return this;
        }

        public Builder physicalHeight(long value) {
            physicalHeight = value;
            return this;
        }

        public Builder orientation(int value) {
            orientation = value;
            return this;
        }

        public Builder desktopScale(long value) {
            desktopScale = value;
            return this;
        }

        public Builder deviceScale(long value) {
            deviceScale = value;
            return this;
        }

        /** Several monitors, with the desktop's size as the rectangle around them; none for one without a place. */
        public Builder monitors(List<Monitor> value) {
            monitors = value;
            if (!value.isEmpty()) {
                width = Monitor.width(value);
                height = Monitor.height(value);
            }
            return this;
        }

        public Builder clusterFlags(long value) {
            clusterFlags = value;
            return this;
        }

        public Builder redirectedSessionId(OptionalLong value) {
            redirectedSessionId = value;
            return this;
        }

        public Builder multitransportFlags(OptionalLong value) {
            multitransportFlags = value;
            return this;
        }

        public Builder channels(List<ChannelDef> value) {
            channels = value;
            return this;
        }

        public Builder infoFlags(long value) {
            infoFlags = value;
            return this;
        }

        /**
         * Offers bulk compression up to a type of {@link porthole.protocol.bulk.BulkDecompressor}, or none, in the flags of
         * TS_INFO_PACKET.
         */
        public Builder bulkCompression(OptionalInt type) {
            int bits = InfoPacket.INFO_COMPRESSION | InfoPacket.INFO_COMPRESSION_TYPE_MASK;
            infoFlags &= ~(long) bits;
            if (type.isPresent()) {
                infoFlags |= InfoPacket.INFO_COMPRESSION | type.getAsInt() << InfoPacket.INFO_COMPRESSION_TYPE_SHIFT;
            }
            return this;
        }

        public Builder alternateShell(String value) {
            alternateShell = value;
            return this;
        }

        public Builder workingDirectory(String value) {
            workingDirectory = value;
            return this;
        }

        public Builder clientAddress(String value) {
            clientAddress = value;
            return this;
        }

        public Builder clientDirectory(String value) {
            clientDirectory = value;
            return this;
        }

        public Builder performanceFlags(long value) {
            performanceFlags = value;
            return this;
        }

        public Builder timeZoneName(String value) {
            timeZoneName = value;
            return this;
        }

        public Builder timeZoneBias(int value) {
            timeZoneBias = value;
            return this;
        }

        public Builder dynamicTimeZoneKey(String value) {
            dynamicTimeZoneKey = value;
            return this;
        }

        public Builder cookie(String value) {
            cookie = value;
            return this;
        }

        public Builder correlation(Correlation value) {
            correlation = value;
            return this;
        }

        public Builder capabilities(CapabilityProfile value) {
            capabilities = value;
            return this;
        }

        public Builder autoReconnectCookie(Optional<ArcScPrivatePacket> value) {
            autoReconnectCookie = value;
            return this;
        }

        public Builder licenses(LicenseStore value) {
            licenses = value;
            return this;
        }

        public ClientSettings build() {
            return new ClientSettings(
                    width,
                    height,
                    bitsPerPixel,
                    clientName,
                    clientBuild,
                    version,
                    keyboardLayout,
                    keyboardType,
                    keyboardSubType,
                    keyboardFunctionKey,
                    supportedColorDepths,
                    earlyCapabilityFlags,
                    productId,
                    connectionType,
                    physicalWidth,
                    physicalHeight,
                    orientation,
                    desktopScale,
                    deviceScale,
                    monitors,
                    clusterFlags,
                    redirectedSessionId,
                    multitransportFlags,
                    channels,
                    infoFlags,
                    alternateShell,
                    workingDirectory,
                    clientAddress,
                    clientDirectory,
                    performanceFlags,
                    timeZoneName,
                    timeZoneBias,
                    dynamicTimeZoneKey,
                    cookie,
                    correlation,
                    capabilities,
                    autoReconnectCookie,
                    licenses);
        }
    }
}
