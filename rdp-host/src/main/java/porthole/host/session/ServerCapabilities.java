package porthole.host.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import porthole.protocol.capability.BitmapCacheHostSupportCapabilitySet;
import porthole.protocol.capability.BitmapCapabilitySet;
import porthole.protocol.capability.BitmapCodec;
import porthole.protocol.capability.BitmapCodecsCapabilitySet;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.capability.ColorCacheCapabilitySet;
import porthole.protocol.capability.FontCapabilitySet;
import porthole.protocol.capability.GeneralCapabilitySet;
import porthole.protocol.capability.InputCapabilitySet;
import porthole.protocol.capability.LargePointerCapabilitySet;
import porthole.protocol.capability.MultifragmentUpdateCapabilitySet;
import porthole.protocol.capability.OrderCapabilitySet;
import porthole.protocol.capability.PointerCapabilitySet;
import porthole.protocol.capability.ShareCapabilitySet;
import porthole.protocol.capability.VirtualChannelCapabilitySet;
import porthole.protocol.wire.Bytes;

/** The capability sets of a host that draws with bitmap updates alone (MS-RDPBCGR 2.2.7). */
final class ServerCapabilities {
    private static final int POINTER_CACHE = 25;
    private static final int CHANNEL_CHUNK = 1600;
    private static final int LARGEST_UPDATE = 0x38400;

    private ServerCapabilities() {}

    /**
     * @param compressedChannels whether the client may compress what it sends on static channels
     * @param standard whether standard RDP security encrypts, so that MACs may count messages
     */
    static List<CapabilitySet> of(DesktopSize desktop, int bitsPerPixel, boolean compressedChannels, boolean standard) {
        int channelFlags = compressedChannels
                ? VirtualChannelCapabilitySet.VCCAPS_COMPR_CS_8K
                : VirtualChannelCapabilitySet.VCCAPS_NO_COMPR;
        return List.of(
                new ShareCapabilitySet(HostFacts.SERVER_USER, 0, Bytes.EMPTY),
                general(standard),
                new BitmapCapabilitySet(
                        bitsPerPixel,
                        1,
                        1,
                        1,
                        desktop.width(),
                        desktop.height(),
                        0,
                        1,
                        1,
                        0,
                        BitmapCapabilitySet.DRAW_ALLOW_SKIP_ALPHA,
                        1,
                        0,
                        Bytes.EMPTY),
                order(Bytes.of(new byte[32]), 0, 0),
                new ColorCacheCapabilitySet(6, 0, Bytes.EMPTY),
                new FontCapabilitySet(
                        OptionalInt.of(FontCapabilitySet.FONTSUPPORT_FONTLIST), OptionalInt.of(0), Bytes.EMPTY),
                new VirtualChannelCapabilitySet(channelFlags, OptionalLong.of(CHANNEL_CHUNK), Bytes.EMPTY),
                new PointerCapabilitySet(1, POINTER_CACHE, OptionalInt.of(POINTER_CACHE), Bytes.EMPTY),
                new InputCapabilitySet(
                        InputCapabilitySet.INPUT_FLAG_SCANCODES
                                | InputCapabilitySet.INPUT_FLAG_MOUSEX
                                | InputCapabilitySet.INPUT_FLAG_FASTPATH_INPUT
                                | InputCapabilitySet.INPUT_FLAG_UNICODE
                                | InputCapabilitySet.INPUT_FLAG_FASTPATH_INPUT2
                                | InputCapabilitySet.TS_INPUT_FLAG_MOUSE_HWHEEL,
                        0,
                        0,
                        0,
                        0,
                        0,
                        Bytes.of(new byte[64]),
                        Bytes.EMPTY),
                new MultifragmentUpdateCapabilitySet(LARGEST_UPDATE, Bytes.EMPTY),
                new LargePointerCapabilitySet(LargePointerCapabilitySet.LARGE_POINTER_FLAG_96x96, Bytes.EMPTY));
    }

    /** The sets of a host that offers every drawing order, and persistent bitmap caches with them. */
    static List<CapabilitySet> withOrders(List<CapabilitySet> sets) {
        byte[] all = new byte[32];
        Arrays.fill(all, (byte) 1);
        List<CapabilitySet> more = new ArrayList<>();
        for (CapabilitySet set : sets) {
            more.add(
                    set instanceof OrderCapabilitySet
                            ? order(
                                    Bytes.of(all),
                                    OrderCapabilitySet.ORDERFLAGS_EXTRA_FLAGS,
                                    OrderCapabilitySet.ORDERFLAGS_EX_CACHE_BITMAP_REV3_SUPPORT
                                            | OrderCapabilitySet.ORDERFLAGS_EX_ALTSEC_FRAME_MARKER_SUPPORT)
                            : set);
        }
        more.add(new BitmapCacheHostSupportCapabilitySet(1, 0, 0, Bytes.EMPTY));
        more.add(new BitmapCodecsCapabilitySet(List.of(BitmapCodec.NSCODEC, BitmapCodec.REMOTEFX), Bytes.EMPTY));
        return more;
    }

    private static GeneralCapabilitySet general(boolean standard) {
        return new GeneralCapabilitySet(
                GeneralCapabilitySet.OSMAJORTYPE_WINDOWS,
                GeneralCapabilitySet.OSMINORTYPE_WINDOWS_NT,
                GeneralCapabilitySet.TS_CAPS_PROTOCOLVERSION,
                0,
                0,
                GeneralCapabilitySet.FASTPATH_OUTPUT_SUPPORTED
                        | GeneralCapabilitySet.LONG_CREDENTIALS_SUPPORTED
                        | GeneralCapabilitySet.NO_BITMAP_COMPRESSION_HDR
                        | GeneralCapabilitySet.AUTORECONNECT_SUPPORTED
                        | (standard ? GeneralCapabilitySet.ENC_SALTED_CHECKSUM : 0),
                0,
                0,
                0,
                1,
                1,
                Bytes.EMPTY);
    }

    private static OrderCapabilitySet order(Bytes support, int moreFlags, int extraFlags) {
        return new OrderCapabilitySet(
                Bytes.of(new byte[16]),
                0,
                1,
                20,
                0,
                1,
                0,
                OrderCapabilitySet.NEGOTIATEORDERSUPPORT
                        | OrderCapabilitySet.ZEROBOUNDSDELTASSUPPORT
                        | OrderCapabilitySet.COLORINDEXSUPPORT
                        | moreFlags,
                support,
                0,
                extraFlags,
                0,
                480L * 480,
                0,
                0,
                0,
                0,
                Bytes.EMPTY);
    }
}
