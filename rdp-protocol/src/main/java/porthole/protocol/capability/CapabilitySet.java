package porthole.protocol.capability;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.1.13.1.1.1 Capability Set (TS_CAPS_SET): one of the sets of 2.2.7, or an {@link Unknown} one.
 *
 * <p>A set that is longer than its specification keeps the rest as {@code trailing}; a shorter one is refused, except
 * where real peers leave fields out.
 */
public sealed interface CapabilitySet extends Pdu
        permits GeneralCapabilitySet,
                BitmapCapabilitySet,
                OrderCapabilitySet,
                BitmapCacheCapabilitySet,
                ControlCapabilitySet,
                WindowActivationCapabilitySet,
                PointerCapabilitySet,
                ShareCapabilitySet,
                ColorCacheCapabilitySet,
                SoundCapabilitySet,
                InputCapabilitySet,
                FontCapabilitySet,
                BrushCapabilitySet,
                GlyphCacheCapabilitySet,
                OffscreenCacheCapabilitySet,
                BitmapCacheHostSupportCapabilitySet,
                BitmapCacheRev2CapabilitySet,
                VirtualChannelCapabilitySet,
                DrawNineGridCapabilitySet,
                DrawGdiPlusCapabilitySet,
                RailCapabilitySet,
                WindowListCapabilitySet,
                DesktopCompositionCapabilitySet,
                MultifragmentUpdateCapabilitySet,
                LargePointerCapabilitySet,
                SurfaceCommandsCapabilitySet,
                FrameAcknowledgeCapabilitySet,
                BitmapCodecsCapabilitySet,
                CapabilitySet.Unknown {
    int GENERAL = 0x01;
    int BITMAP = 0x02;
    int ORDER = 0x03;
    int BITMAP_CACHE = 0x04;
    int CONTROL = 0x05;
    int ACTIVATION = 0x07;
    int POINTER = 0x08;
    int SHARE = 0x09;
    int COLOR_CACHE = 0x0A;
    int SOUND = 0x0C;
    int INPUT = 0x0D;
    int FONT = 0x0E;
    int BRUSH = 0x0F;
    int GLYPH_CACHE = 0x10;
    int OFFSCREEN_CACHE = 0x11;
    int BITMAP_CACHE_HOST_SUPPORT = 0x12;
    int BITMAP_CACHE_REV2 = 0x13;
    int VIRTUAL_CHANNEL = 0x14;
    int DRAW_NINE_GRID = 0x15;
    int DRAW_GDIPLUS = 0x16;
    int RAIL = 0x17;
    int WINDOW = 0x18;
    int DESKTOP_COMPOSITION = 0x19;
    int MULTIFRAGMENT_UPDATE = 0x1A;
    int LARGE_POINTER = 0x1B;
    int SURFACE_COMMANDS = 0x1C;
    int BITMAP_CODECS = 0x1D;
    int FRAME_ACKNOWLEDGE = 0x1E;

    /** capabilitySetType. */
    int capabilitySetType();

    /** Appends what follows the set's own type and length. */
    void encodeBody(WireWriter out);

    @Override
    default void encode(WireWriter out) {
        int start = out.position();
        out.u16le(capabilitySetType()).u16le(0);
        encodeBody(out);
        out.patchU16le(start + 2, out.position() - start);
    }

    /** A set that this version does not know, with what follows its type and length. */
    record Unknown(int capabilitySetType, Bytes data) implements CapabilitySet {
        @Override
        public void encodeBody(WireWriter out) {
            out.bytes(data);
        }
    }

    /** Reads one set. */
    static CapabilitySet decode(WireReader in) {
        int type = in.u16le("capabilitySetType");
        int length = in.u16le("lengthCapability");
        in.check(length >= 4, "lengthCapability", length, "4 or more");
        return decodeBody(type, in.sub(length - 4, "capabilityData"));
    }

    /** Reads {@code count} sets that follow each other. */
    static List<CapabilitySet> decodeAll(WireReader in, int count) {
        in.count(count, 4, "numberCapabilities");
        List<CapabilitySet> sets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int index = i;
            sets.add(in.within("capabilitySets[" + index + "]", "MS-RDPBCGR 2.2.1.13.1.1.1", CapabilitySet::decode));
        }
        return List.copyOf(sets);
    }

    private static CapabilitySet decodeBody(int type, WireReader in) {
        return switch (type) {
            case GENERAL -> in.within("GeneralCapabilitySet", "MS-RDPBCGR 2.2.7.1.1", GeneralCapabilitySet::decodeBody);
            case BITMAP -> in.within("BitmapCapabilitySet", "MS-RDPBCGR 2.2.7.1.2", BitmapCapabilitySet::decodeBody);
            case ORDER -> in.within("OrderCapabilitySet", "MS-RDPBCGR 2.2.7.1.3", OrderCapabilitySet::decodeBody);
            case BITMAP_CACHE ->
                in.within("BitmapCacheCapabilitySet", "MS-RDPBCGR 2.2.7.1.4.1", BitmapCacheCapabilitySet::decodeBody);
            case CONTROL -> in.within("ControlCapabilitySet", "MS-RDPBCGR 2.2.7.2.2", ControlCapabilitySet::decodeBody);
            case ACTIVATION ->
                in.within(
                        "WindowActivationCapabilitySet",
                        "MS-RDPBCGR 2.2.7.2.3",
                        WindowActivationCapabilitySet::decodeBody);
            case POINTER -> in.within("PointerCapabilitySet", "MS-RDPBCGR 2.2.7.1.5", PointerCapabilitySet::decodeBody);
            case SHARE -> in.within("ShareCapabilitySet", "MS-RDPBCGR 2.2.7.2.4", ShareCapabilitySet::decodeBody);
            case COLOR_CACHE ->
                in.within("ColorCacheCapabilitySet", "MS-RDPEGDI 2.2.1.1", ColorCacheCapabilitySet::decodeBody);
            case SOUND -> in.within("SoundCapabilitySet", "MS-RDPBCGR 2.2.7.1.11", SoundCapabilitySet::decodeBody);
            case INPUT -> in.within("InputCapabilitySet", "MS-RDPBCGR 2.2.7.1.6", InputCapabilitySet::decodeBody);
            case FONT -> in.within("FontCapabilitySet", "MS-RDPBCGR 2.2.7.2.5", FontCapabilitySet::decodeBody);
            case BRUSH -> in.within("BrushCapabilitySet", "MS-RDPBCGR 2.2.7.1.7", BrushCapabilitySet::decodeBody);
            case GLYPH_CACHE ->
                in.within("GlyphCacheCapabilitySet", "MS-RDPBCGR 2.2.7.1.8", GlyphCacheCapabilitySet::decodeBody);
            case OFFSCREEN_CACHE ->
                in.within(
                        "OffscreenCacheCapabilitySet", "MS-RDPBCGR 2.2.7.1.9", OffscreenCacheCapabilitySet::decodeBody);
            case BITMAP_CACHE_HOST_SUPPORT ->
                in.within(
                        "BitmapCacheHostSupportCapabilitySet",
                        "MS-RDPBCGR 2.2.7.2.1",
                        BitmapCacheHostSupportCapabilitySet::decodeBody);
            case BITMAP_CACHE_REV2 ->
                in.within(
                        "BitmapCacheRev2CapabilitySet",
                        "MS-RDPBCGR 2.2.7.1.4.2",
                        BitmapCacheRev2CapabilitySet::decodeBody);
            case VIRTUAL_CHANNEL ->
                in.within(
                        "VirtualChannelCapabilitySet",
                        "MS-RDPBCGR 2.2.7.1.10",
                        VirtualChannelCapabilitySet::decodeBody);
            case DRAW_NINE_GRID ->
                in.within("DrawNineGridCapabilitySet", "MS-RDPEGDI 2.2.1.2", DrawNineGridCapabilitySet::decodeBody);
            case DRAW_GDIPLUS ->
                in.within("DrawGdiPlusCapabilitySet", "MS-RDPEGDI 2.2.1.3", DrawGdiPlusCapabilitySet::decodeBody);
            case RAIL -> in.within("RailCapabilitySet", "MS-RDPERP 2.2.1.1.1", RailCapabilitySet::decodeBody);
            case WINDOW ->
                in.within("WindowListCapabilitySet", "MS-RDPERP 2.2.1.1.2", WindowListCapabilitySet::decodeBody);
            case DESKTOP_COMPOSITION ->
                in.within(
                        "DesktopCompositionCapabilitySet",
                        "MS-RDPBCGR 2.2.7.2.8",
                        DesktopCompositionCapabilitySet::decodeBody);
            case MULTIFRAGMENT_UPDATE ->
                in.within(
                        "MultifragmentUpdateCapabilitySet",
                        "MS-RDPBCGR 2.2.7.2.6",
                        MultifragmentUpdateCapabilitySet::decodeBody);
            case LARGE_POINTER ->
                in.within("LargePointerCapabilitySet", "MS-RDPBCGR 2.2.7.2.7", LargePointerCapabilitySet::decodeBody);
            case SURFACE_COMMANDS ->
                in.within(
                        "SurfaceCommandsCapabilitySet",
                        "MS-RDPBCGR 2.2.7.2.9",
                        SurfaceCommandsCapabilitySet::decodeBody);
            case BITMAP_CODECS ->
                in.within("BitmapCodecsCapabilitySet", "MS-RDPBCGR 2.2.7.2.10", BitmapCodecsCapabilitySet::decodeBody);
            case FRAME_ACKNOWLEDGE ->
                in.within(
                        "FrameAcknowledgeCapabilitySet",
                        "MS-RDPRFX 2.2.1.3",
                        FrameAcknowledgeCapabilitySet::decodeBody);
            default -> new Unknown(type, in.rest("data"));
        };
    }

    /** Refuses octets of the wrong number for a fixed field. */
    static void requireSize(Bytes octets, int size, String field) {
        if (octets.size() != size) {
            throw new IllegalArgumentException(field + " takes " + size + " octets, not " + octets.size());
        }
    }
}
