package porthole.transport.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import porthole.fixtures.Recording;
import porthole.protocol.capability.BitmapCapabilitySet;
import porthole.protocol.capability.BitmapCodec;
import porthole.protocol.capability.BrushCapabilitySet;
import porthole.protocol.capability.GeneralCapabilitySet;
import porthole.protocol.capability.GlyphCacheCapabilitySet;
import porthole.protocol.capability.InputCapabilitySet;
import porthole.protocol.capability.LargePointerCapabilitySet;
import porthole.protocol.capability.SoundCapabilitySet;
import porthole.protocol.capability.SurfaceCommandsCapabilitySet;
import porthole.protocol.capability.VirtualChannelCapabilitySet;
import porthole.protocol.gcc.ChannelDef;
import porthole.protocol.gcc.ClientCoreData;
import porthole.protocol.info.InfoPacket;
import porthole.protocol.wire.Bytes;
import porthole.transport.ClientSettings;
import porthole.transport.Correlation;
import porthole.transport.Credentials;
import porthole.transport.OrderCaches;
import porthole.transport.Secret;
import porthole.transport.StandardCapabilities;

/**
 * The settings that make this client speak as FreeRDP 3.15 does with the options of a recording.
 *
 * <p>Where our own defaults differ from these, they do so on purpose:
 *
 * <ul>
 *   <li>clientName, sourceDescriptor: our own names
 *   <li>earlyCapabilityFlags: we take error info and status info PDUs, which say why a host ends a session
 *   <li>clusterFlags: version 4 of session redirection, as for a client that follows no redirection by session id
 *   <li>channels: only those that are used; FreeRDP always lists rdpdr, rdpsnd, cliprdr and drdynvc
 *   <li>multitransport: the block is sent with no flags, as no UDP transport is offered
 *   <li>orders, brushes, glyphs, surface commands, codecs, frame acknowledge: not claimed, so that a host sends bitmaps
 *   <li>input: Unicode events are claimed, QoE time stamps are not
 *   <li>info flags: no compression is offered, and automatic logon only with a password
 *   <li>correlation id: FreeRDP sends none
 *   <li>physical size: left to the host; FreeRDP says one metre by one metre
 * </ul>
 */
final class FreeRdpSettings {
    private static final Bytes ORDERS = Bytes.hex("0101010000000000010001000000000000000100000001000000000000000000");
    private static final Bytes GLYPHS =
            Bytes.hex("fe000400fe000400fe000800fe000800fe001000fe002000fe004000fe008000fe000001fe000001");
    private static final BitmapCodec REMOTE_FX = new BitmapCodec(
            BitmapCodec.CODEC_GUID_REMOTEFX,
            3,
            Bytes.hex(
                    "310000000100000025000000c0cb080000000100c1cb1d00000001c0cf0200080000014000000101010001400000010104"));
    private static final BitmapCodec NSCODEC = new BitmapCodec(BitmapCodec.CODEC_GUID_NSCODEC, 1, Bytes.hex("010103"));

    private final Recording recording;

    FreeRdpSettings(Recording recording) {
        this.recording = recording;
    }

    private Optional<String> option(String name) {
        return recording.runOption(name.substring(1));
    }

    private boolean has(String option) {
        return recording.runOptions().contains(option);
    }

    Credentials credentials() {
        return new Credentials(
                option("/u").orElse(""), "", Secret.of(option("/p").orElse("")));
    }

    ClientSettings client() {
        String[] size = option("/size").orElse("1024x768").split("x");
        int depth = Integer.parseInt(option("/bpp").orElse("32"));
        int width = Integer.parseInt(size[0]);
        int height = Integer.parseInt(size[1]);
        return ClientSettings.DEFAULT
                .but()
                .width(width)
                .height(height)
                .bitsPerPixel(depth)
                .clientName(option("/client-hostname").orElse(""))
                .earlyCapabilityFlags(early())
                .connectionType(connectionType())
                .physicalWidth(1000)
                .physicalHeight(1000)
                .clusterFlags(0x15)
                .multitransportFlags(OptionalLong.of(1))
                .channels(channels())
                .clientAddress("127.0.0.1")
                .infoFlags(infoFlags())
                .performanceFlags(performance())
                .correlation(Correlation.NONE)
                .capabilities(capabilities())
                .build();
    }

    private int early() {
        int flags = 0x10
                | ClientCoreData.VALID_CONNECTION_TYPE
                | ClientCoreData.SUPPORT_NETCHAR_AUTODETECT
                | ClientCoreData.SUPPORT_DYNAMIC_TIME_ZONE
                | ClientCoreData.SUPPORT_HEARTBEAT_PDU
                | ClientCoreData.SUPPORT_SKIP_CHANNELJOIN;
        boolean graphicsPipeline =
                option("/bpp").isEmpty() || has("/gfx") || option("/gfx").isPresent();
        return graphicsPipeline ? flags | ClientCoreData.SUPPORT_DYNVC_GFX_PROTOCOL : flags;
    }

    private int connectionType() {
        return switch (option("/network").orElse("auto")) {
            case "modem" -> ClientCoreData.CONNECTION_TYPE_MODEM;
            case "broadband" -> ClientCoreData.CONNECTION_TYPE_BROADBAND_HIGH;
            case "lan" -> ClientCoreData.CONNECTION_TYPE_LAN;
            default -> ClientCoreData.CONNECTION_TYPE_AUTODETECT;
        };
    }

    private long performance() {
        return switch (option("/network").orElse("auto")) {
            case "modem" -> 0x0F;
            case "broadband" -> 0x107;
            case "lan" -> 0x180;
            default -> option("/bpp").isEmpty() ? 0x180 : 0x86;
        };
    }

    private static List<ChannelDef> channels() {
        return List.of(
                new ChannelDef(
                        "rdpdr",
                        ChannelDef.OPTION_INITIALIZED | ChannelDef.OPTION_ENCRYPT_RDP | ChannelDef.OPTION_COMPRESS_RDP),
                new ChannelDef("rdpsnd", ChannelDef.OPTION_INITIALIZED | ChannelDef.OPTION_ENCRYPT_RDP),
                new ChannelDef(
                        "cliprdr",
                        ChannelDef.OPTION_INITIALIZED
                                | ChannelDef.OPTION_ENCRYPT_RDP
                                | ChannelDef.OPTION_COMPRESS_RDP
                                | ChannelDef.OPTION_SHOW_PROTOCOL),
                new ChannelDef(
                        "drdynvc",
                        ChannelDef.OPTION_INITIALIZED
                                | ChannelDef.OPTION_ENCRYPT_RDP
                                | ChannelDef.OPTION_COMPRESS_RDP));
    }

    private long infoFlags() {
        long flags = InfoPacket.INFO_MOUSE
                | InfoPacket.INFO_DISABLECTRLALTDEL
                | InfoPacket.INFO_UNICODE
                | InfoPacket.INFO_MAXIMIZESHELL
                | InfoPacket.INFO_LOGONNOTIFY
                | InfoPacket.INFO_ENABLEWINDOWSKEY
                | InfoPacket.INFO_FORCE_ENCRYPTED_CS_PDU
                | InfoPacket.INFO_LOGONERRORS
                | InfoPacket.INFO_MOUSE_HAS_WHEEL;
        if (option("/sound").isEmpty()) {
            flags |= InfoPacket.INFO_NOAUDIOPLAYBACK;
        }
        if (has("/sec:tls")) {
            flags |= InfoPacket.INFO_AUTOLOGON;
        }
        if (!has("-compression")) {
            int level = Integer.parseInt(option("/compression-level").orElse("3"));
            flags |= InfoPacket.INFO_COMPRESSION | (long) level << InfoPacket.INFO_COMPRESSION_TYPE_SHIFT;
        }
        return flags;
    }

    private StandardCapabilities capabilities() {
        boolean glyphs = has("/cache:glyph:on");
        byte[] orders = ORDERS.toArray();
        if (glyphs) {
            orders[0x1B] = 1;
        }
        return new StandardCapabilities(
                Bytes.ascii("FREERDP\0"),
                GeneralCapabilitySet.OSMAJORTYPE_UNIX,
                GeneralCapabilitySet.OSMINORTYPE_NATIVE_XSERVER,
                GeneralCapabilitySet.FASTPATH_OUTPUT_SUPPORTED
                        | GeneralCapabilitySet.NO_BITMAP_COMPRESSION_HDR
                        | GeneralCapabilitySet.LONG_CREDENTIALS_SUPPORTED
                        | GeneralCapabilitySet.ENC_SALTED_CHECKSUM,
                BitmapCapabilitySet.DRAW_ALLOW_SKIP_ALPHA | BitmapCapabilitySet.DRAW_ALLOW_DYNAMIC_COLOR_FIDELITY,
                Bytes.of(orders),
                BrushCapabilitySet.BRUSH_COLOR_FULL,
                GLYPHS,
                0x01000100,
                glyphs ? GlyphCacheCapabilitySet.GLYPH_SUPPORT_FULL : GlyphCacheCapabilitySet.GLYPH_SUPPORT_NONE,
                InputCapabilitySet.INPUT_FLAG_SCANCODES
                        | InputCapabilitySet.INPUT_FLAG_MOUSEX
                        | InputCapabilitySet.INPUT_FLAG_FASTPATH_INPUT
                        | InputCapabilitySet.INPUT_FLAG_FASTPATH_INPUT2
                        | InputCapabilitySet.TS_INPUT_FLAG_MOUSE_HWHEEL
                        | InputCapabilitySet.TS_INPUT_FLAG_QOE_TIMESTAMPS,
                SoundCapabilitySet.SOUND_BEEPS_FLAG,
                VirtualChannelCapabilitySet.VCCAPS_NO_COMPR,
                option("/max-fast-path-size").map(Long::parseLong).orElse(608_299L),
                LargePointerCapabilitySet.LARGE_POINTER_FLAG_96x96
                        | LargePointerCapabilitySet.LARGE_POINTER_FLAG_384x384,
                SurfaceCommandsCapabilitySet.SURFCMDS_SET_SURFACE_BITS
                        | SurfaceCommandsCapabilitySet.SURFCMDS_FRAME_MARKER
                        | SurfaceCommandsCapabilitySet.SURFCMDS_STREAM_SURFACE_BITS,
                Optional.of(codecs()),
                OptionalLong.of(2),
                OrderCaches.NONE);
    }

    private List<BitmapCodec> codecs() {
        List<BitmapCodec> codecs = new ArrayList<>();
        if (has("/rfx") || has("/gfx:RFX") || option("/bpp").isEmpty()) {
            codecs.add(REMOTE_FX);
        }
        if (has("/nsc")) {
            codecs.add(NSCODEC);
        }
        return codecs;
    }
}
