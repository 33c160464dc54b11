package porthole.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import porthole.protocol.capability.BitmapCacheHostSupportCapabilitySet;
import porthole.protocol.capability.BitmapCapabilitySet;
import porthole.protocol.capability.BitmapCodec;
import porthole.protocol.capability.BitmapCodecsCapabilitySet;
import porthole.protocol.capability.BrushCapabilitySet;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.capability.ColorCacheCapabilitySet;
import porthole.protocol.capability.ControlCapabilitySet;
import porthole.protocol.capability.FontCapabilitySet;
import porthole.protocol.capability.FrameAcknowledgeCapabilitySet;
import porthole.protocol.capability.GeneralCapabilitySet;
import porthole.protocol.capability.GlyphCacheCapabilitySet;
import porthole.protocol.capability.InputCapabilitySet;
import porthole.protocol.capability.LargePointerCapabilitySet;
import porthole.protocol.capability.MultifragmentUpdateCapabilitySet;
import porthole.protocol.capability.OrderCapabilitySet;
import porthole.protocol.capability.PointerCapabilitySet;
import porthole.protocol.capability.ShareCapabilitySet;
import porthole.protocol.capability.SoundCapabilitySet;
import porthole.protocol.capability.SurfaceCommandsCapabilitySet;
import porthole.protocol.capability.VirtualChannelCapabilitySet;
import porthole.protocol.capability.WindowActivationCapabilitySet;
import porthole.protocol.info.InfoPacket;
import porthole.protocol.wire.Bytes;

/**
 * Capability sets from a few decisions; what both sides must have is cut down to what the host has too.
 *
 * @param sourceDescriptor with its terminator
 * @param osMajorType of the general set
 * @param osMinorType of the general set
 * @param extraFlags of the general set, as far as the host has them
 * @param drawingFlags of the bitmap set, as far as the host has them
 * @param orderSupport 32 octets of the order set, as far as the host has them
 * @param brushSupportLevel of the brush set
 * @param glyphCache ten cache definitions of four octets
 * @param fragmentCache of the glyph set
 * @param glyphSupportLevel of the glyph set
 * @param inputFlags of the input set; relative pointer input is claimed where the host has it too
 * @param soundFlags of the sound set
 * @param channelFlags of the virtual channel set, where bulk compression is offered
 * @param multifragmentSize octets of the largest fast-path update; the host's own size wins where it is larger
 * @param largePointerFlags of the large pointer set, as far as the host has them; zero leaves the set out
 * @param surfaceCommandFlags of the surface commands set; zero leaves the set out
 * @param codecs of the bitmap codecs set; absent leaves the set out
 * @param unacknowledgedFrames of the frame acknowledge set; absent leaves the set out
 * @param orderCaches what is kept for drawing orders
 */
public record StandardCapabilities(
        Bytes sourceDescriptor,
        int osMajorType,
        int osMinorType,
        int extraFlags,
        int drawingFlags,
        Bytes orderSupport,
        long brushSupportLevel,
        Bytes glyphCache,
        long fragmentCache,
        int glyphSupportLevel,
        int inputFlags,
        int soundFlags,
        int channelFlags,
        long multifragmentSize,
        int largePointerFlags,
        long surfaceCommandFlags,
        Optional<List<BitmapCodec>> codecs,
        OptionalLong unacknowledgedFrames,
        OrderCaches orderCaches)
        implements CapabilityProfile {

    /** Without drawing orders, glyphs and codecs, which a host therefore does not use. */
    public static final StandardCapabilities WITHOUT_ORDERS = new StandardCapabilities(
            Bytes.ascii("MSTSC\0"),
            GeneralCapabilitySet.OSMAJORTYPE_UNIX,
            GeneralCapabilitySet.OSMINORTYPE_NATIVE_XSERVER,
            GeneralCapabilitySet.FASTPATH_OUTPUT_SUPPORTED
                    | GeneralCapabilitySet.NO_BITMAP_COMPRESSION_HDR
                    | GeneralCapabilitySet.LONG_CREDENTIALS_SUPPORTED
                    | GeneralCapabilitySet.AUTORECONNECT_SUPPORTED,
            BitmapCapabilitySet.DRAW_ALLOW_SKIP_ALPHA
                    | BitmapCapabilitySet.DRAW_ALLOW_DYNAMIC_COLOR_FIDELITY
                    | BitmapCapabilitySet.DRAW_ALLOW_COLOR_SUBSAMPLING,
            Bytes.of(new byte[32]),
            BrushCapabilitySet.BRUSH_DEFAULT,
            Bytes.of(new byte[40]),
            0,
            GlyphCacheCapabilitySet.GLYPH_SUPPORT_NONE,
            InputCapabilitySet.INPUT_FLAG_SCANCODES
                    | InputCapabilitySet.INPUT_FLAG_MOUSEX
                    | InputCapabilitySet.INPUT_FLAG_UNICODE
                    | InputCapabilitySet.INPUT_FLAG_FASTPATH_INPUT
                    | InputCapabilitySet.INPUT_FLAG_FASTPATH_INPUT2
                    | InputCapabilitySet.TS_INPUT_FLAG_MOUSE_HWHEEL,
            0,
            VirtualChannelCapabilitySet.VCCAPS_COMPR_SC,
            0x9482B,
            LargePointerCapabilitySet.LARGE_POINTER_FLAG_96x96 | LargePointerCapabilitySet.LARGE_POINTER_FLAG_384x384,
            0,
            Optional.empty(),
            OptionalLong.empty(),
            OrderCaches.NONE);

    private static final long SURFACE_COMMANDS = SurfaceCommandsCapabilitySet.SURFCMDS_SET_SURFACE_BITS
            | SurfaceCommandsCapabilitySet.SURFCMDS_FRAME_MARKER
            | SurfaceCommandsCapabilitySet.SURFCMDS_STREAM_SURFACE_BITS;
    /** So that a whole screen of one codec fits into one update; hosts offer some codecs only from there on. */
    private static final long LARGE_UPDATE = 8L << 20;

    /** Octets of orderSupport. */
    private static final int ORDERS = 32;

    private static final int[] DRAWN = {
        OrderCapabilitySet.TS_NEG_DSTBLT_INDEX,
        OrderCapabilitySet.TS_NEG_PATBLT_INDEX,
        OrderCapabilitySet.TS_NEG_SCRBLT_INDEX,
        OrderCapabilitySet.TS_NEG_MEMBLT_INDEX,
        OrderCapabilitySet.TS_NEG_MEM3BLT_INDEX,
        OrderCapabilitySet.TS_NEG_DRAWNINEGRID_INDEX,
        OrderCapabilitySet.TS_NEG_LINETO_INDEX,
        OrderCapabilitySet.TS_NEG_MULTI_DRAWNINEGRID_INDEX,
        OrderCapabilitySet.TS_NEG_SAVEBITMAP_INDEX,
        OrderCapabilitySet.TS_NEG_MULTIDSTBLT_INDEX,
        OrderCapabilitySet.TS_NEG_MULTIPATBLT_INDEX,
        OrderCapabilitySet.TS_NEG_MULTISCRBLT_INDEX,
        OrderCapabilitySet.TS_NEG_MULTIOPAQUERECT_INDEX,
        OrderCapabilitySet.TS_NEG_FAST_INDEX_INDEX,
        OrderCapabilitySet.TS_NEG_POLYGON_SC_INDEX,
        OrderCapabilitySet.TS_NEG_POLYGON_CB_INDEX,
        OrderCapabilitySet.TS_NEG_POLYLINE_INDEX,
        OrderCapabilitySet.TS_NEG_FAST_GLYPH_INDEX,
        OrderCapabilitySet.TS_NEG_ELLIPSE_SC_INDEX,
        OrderCapabilitySet.TS_NEG_ELLIPSE_CB_INDEX,
        OrderCapabilitySet.TS_NEG_INDEX_INDEX
    };

    /** Ten caches of 254 glyphs, the last of 64, with 4 to 2048 octets for a glyph. */
    private static final Bytes GLYPHS =
            Bytes.hex("fe000400fe000400fe000800fe000800fe001000fe002000fe004000fe008000fe00000140000008");
    /** 256 fragments of 256 octets. */
    private static final long FRAGMENTS = 0x0100_0100;

    private static final int FRAMES_IN_FLIGHT = 2;
    private static final int COLOR_TABLES = 6;
    private static final int POINTERS = 25;
    private static final long CHUNK = 1600;
    private static final int ORDER_LEVEL = 1;
    private static final int SAVE_GRANULARITY_Y = 20;
    private static final long SAVE_SIZE = 480 * 480;
    private static final int UTF8 = 65001;

    /** The same with surface commands, whose bitmaps may use these codecs, and frames that are acknowledged. */
    public StandardCapabilities withSurfaceCodecs(List<BitmapCodec> codecs) {
        return withSurfaceCommands(Optional.of(List.copyOf(codecs)));
    }

    /** The same with surface commands whose bitmaps use no codec: weston draws for no client that has none of them. */
    public StandardCapabilities withSurfaceBitmaps() {
        return withSurfaceCommands(Optional.empty());
    }

    private StandardCapabilities withSurfaceCommands(Optional<List<BitmapCodec>> codecs) {
        return new StandardCapabilities(
                sourceDescriptor,
                osMajorType,
                osMinorType,
                extraFlags,
                drawingFlags,
                orderSupport,
                brushSupportLevel,
                glyphCache,
                fragmentCache,
                glyphSupportLevel,
                inputFlags,
                soundFlags,
                channelFlags,
                LARGE_UPDATE,
                largePointerFlags,
                SURFACE_COMMANDS,
                codecs,
                OptionalLong.of(FRAMES_IN_FLIGHT),
                orderCaches);
    }

    /** The same with bitmap caches that outlive the session, where orders are claimed at all. */
    public StandardCapabilities withPersistentBitmaps() {
        return orderCaches.equals(OrderCaches.NONE) ? this : withOrders(orderCaches.persistent());
    }

    /** The same with all drawing orders that the client draws, and caches for them. */
    public StandardCapabilities withOrders(OrderCaches caches) {
        byte[] support = new byte[ORDERS];
        for (int order : DRAWN) {
            support[order] = 1;
        }
        return new StandardCapabilities(
                sourceDescriptor,
                osMajorType,
                osMinorType,
                extraFlags,
                drawingFlags,
                Bytes.of(support),
                BrushCapabilitySet.BRUSH_COLOR_FULL,
                GLYPHS,
                FRAGMENTS,
                GlyphCacheCapabilitySet.GLYPH_SUPPORT_ENCODE,
                inputFlags,
                soundFlags,
                channelFlags,
                multifragmentSize,
                largePointerFlags,
                surfaceCommandFlags,
                codecs,
                unacknowledgedFrames,
                caches);
    }

    @Override
    public List<CapabilitySet> confirm(ClientSettings client, int width, int height, List<CapabilitySet> server) {
        List<CapabilitySet> sets = new ArrayList<>();
        sets.add(general(server));
        sets.add(bitmap(client, width, height, server));
        sets.add(order(server));
        boolean persistent =
                find(server, BitmapCacheHostSupportCapabilitySet.class).isPresent();
        sets.add((persistent ? orderCaches : orderCaches.volatileOnly()).bitmaps());
        sets.add(new PointerCapabilitySet(1, POINTERS, OptionalInt.of(POINTERS), Bytes.EMPTY));
        sets.add(input(client, server));
        sets.add(new BrushCapabilitySet(brushSupportLevel, Bytes.EMPTY));
        sets.add(new GlyphCacheCapabilitySet(glyphCache, fragmentCache, glyphSupportLevel, 0, Bytes.EMPTY));
        boolean compression = (client.infoFlags() & InfoPacket.INFO_COMPRESSION) != 0;
        sets.add(new VirtualChannelCapabilitySet(
                compression ? channelFlags : VirtualChannelCapabilitySet.VCCAPS_NO_COMPR,
                OptionalLong.of(find(server, VirtualChannelCapabilitySet.class)
                        .map(set -> set.vcChunkSize().orElse(CHUNK))
                        .orElse(CHUNK)),
                Bytes.EMPTY));
        sets.add(new SoundCapabilitySet(soundFlags, 0, Bytes.EMPTY));
        sets.add(new ShareCapabilitySet(0, 0, Bytes.EMPTY));
        sets.add(new FontCapabilitySet(
                OptionalInt.of(FontCapabilitySet.FONTSUPPORT_FONTLIST), OptionalInt.of(0), Bytes.EMPTY));
        sets.add(new ControlCapabilitySet(0, 0, 2, 2, Bytes.EMPTY));
        sets.add(new ColorCacheCapabilitySet(COLOR_TABLES, 0, Bytes.EMPTY));
        sets.add(new WindowActivationCapabilitySet(0, 0, 0, 0, Bytes.EMPTY));
        find(server, LargePointerCapabilitySet.class)
                .map(set -> set.largePointerSupportFlags() & largePointerFlags)
                .filter(flags -> flags != 0)
                .ifPresent(flags -> sets.add(new LargePointerCapabilitySet(flags, Bytes.EMPTY)));
        sets.add(new MultifragmentUpdateCapabilitySet(
                Math.max(
                        multifragmentSize,
                        find(server, MultifragmentUpdateCapabilitySet.class)
                                .map(MultifragmentUpdateCapabilitySet::maxRequestSize)
                                .orElse(0L)),
                Bytes.EMPTY));
        if (surfaceCommandFlags != 0) {
            sets.add(new SurfaceCommandsCapabilitySet(surfaceCommandFlags, 0, Bytes.EMPTY));
        }
        codecs.ifPresent(list -> sets.add(new BitmapCodecsCapabilitySet(list, Bytes.EMPTY)));
        unacknowledgedFrames.ifPresent(frames -> sets.add(new FrameAcknowledgeCapabilitySet(frames, Bytes.EMPTY)));
        orderCaches.offscreen().ifPresent(sets::add);
        orderCaches.nineGrid().ifPresent(sets::add);
        return sets;
    }

    private CapabilitySet general(List<CapabilitySet> server) {
        int theirs = find(server, GeneralCapabilitySet.class)
                .map(GeneralCapabilitySet::extraFlags)
                .orElse(0);
        return new GeneralCapabilitySet(
                osMajorType,
                osMinorType,
                GeneralCapabilitySet.TS_CAPS_PROTOCOLVERSION,
                0,
                0,
                extraFlags & theirs,
                0,
                0,
                0,
                1,
                1,
                Bytes.EMPTY);
    }

    private CapabilitySet bitmap(ClientSettings client, int width, int height, List<CapabilitySet> server) {
        Optional<BitmapCapabilitySet> theirs = find(server, BitmapCapabilitySet.class);
        return new BitmapCapabilitySet(
                theirs.map(BitmapCapabilitySet::preferredBitsPerPixel).orElse(client.bitsPerPixel()),
                1,
                1,
                1,
                width,
                height,
                0,
                1,
                1,
                0,
                drawingFlags & theirs.map(BitmapCapabilitySet::drawingFlags).orElse(0),
                1,
                0,
                Bytes.EMPTY);
    }

    private CapabilitySet order(List<CapabilitySet> server) {
        Bytes theirs = find(server, OrderCapabilitySet.class)
                .map(OrderCapabilitySet::orderSupport)
                .orElse(Bytes.of(new byte[32]));
        byte[] both = new byte[32];
        for (int i = 0; i < both.length; i++) {
            both[i] = (byte) (orderSupport.at(i) & theirs.at(i));
        }
        return new OrderCapabilitySet(
                Bytes.of(new byte[16]),
                0,
                1,
                SAVE_GRANULARITY_Y,
                0,
                ORDER_LEVEL,
                0,
                OrderCapabilitySet.NEGOTIATEORDERSUPPORT
                        | OrderCapabilitySet.ZEROBOUNDSDELTASSUPPORT
                        | OrderCapabilitySet.COLORINDEXSUPPORT
                        | OrderCapabilitySet.ORDERFLAGS_EXTRA_FLAGS,
                Bytes.of(both),
                0,
                codecs.isPresent()
                        ? orderCaches.orderSupportExFlags()
                        : orderCaches.orderSupportExFlags()
                                & ~OrderCapabilitySet
                                        .ORDERFLAGS_EX_CACHE_BITMAP_REV3_SUPPORT, // its bitmaps need codecs
                0,
                SAVE_SIZE,
                0,
                0,
                UTF8,
                0,
                Bytes.EMPTY);
    }

    private CapabilitySet input(ClientSettings client, List<CapabilitySet> server) {
        int relative = find(server, InputCapabilitySet.class)
                .map(set -> set.inputFlags() & InputCapabilitySet.INPUT_FLAG_MOUSE_RELATIVE)
                .orElse(0);
        return new InputCapabilitySet(
                inputFlags | relative,
                0,
                client.keyboardLayout(),
                client.keyboardType(),
                client.keyboardSubType(),
                client.keyboardFunctionKey(),
                Bytes.of(new byte[64]),
                Bytes.EMPTY);
    }

    private static <T extends CapabilitySet> Optional<T> find(List<CapabilitySet> sets, Class<T> type) {
        return sets.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}
