package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.1.3 Order Capability Set: which drawing orders are taken; {@code orderSupport} has one octet for each of 32 orders. */
public record OrderCapabilitySet(
        Bytes terminalDescriptor,
        long pad4octetsA,
        int desktopSaveXGranularity,
        int desktopSaveYGranularity,
        int pad2octetsA,
        int maximumOrderLevel,
        int numberFonts,
        int orderFlags,
        Bytes orderSupport,
        int textFlags,
        int orderSupportExFlags,
        long pad4octetsB,
        long desktopSaveSize,
        int pad2octetsC,
        int pad2octetsD,
        int textANSICodePage,
        int pad2octetsE,
        Bytes trailing)
        implements CapabilitySet {
    public static final int NEGOTIATEORDERSUPPORT = 0x02;
    public static final int ZEROBOUNDSDELTASSUPPORT = 0x08;
    public static final int COLORINDEXSUPPORT = 0x20;
    public static final int SOLIDPATTERNBRUSHONLY = 0x40;
    public static final int ORDERFLAGS_EXTRA_FLAGS = 0x80;
    public static final int ORDERFLAGS_EX_CACHE_BITMAP_REV3_SUPPORT = 0x02;
    public static final int ORDERFLAGS_EX_ALTSEC_FRAME_MARKER_SUPPORT = 0x04;
    public static final int TS_NEG_DSTBLT_INDEX = 0;
    public static final int TS_NEG_PATBLT_INDEX = 1;
    public static final int TS_NEG_SCRBLT_INDEX = 0x02;
    public static final int TS_NEG_MEMBLT_INDEX = 0x03;
    public static final int TS_NEG_MEM3BLT_INDEX = 0x04;
    public static final int TS_NEG_DRAWNINEGRID_INDEX = 0x07;
    public static final int TS_NEG_LINETO_INDEX = 0x08;
    public static final int TS_NEG_MULTI_DRAWNINEGRID_INDEX = 0x09;
    public static final int TS_NEG_SAVEBITMAP_INDEX = 0x0B;
    public static final int TS_NEG_MULTIDSTBLT_INDEX = 0x0F;
    public static final int TS_NEG_MULTIPATBLT_INDEX = 0x10;
    public static final int TS_NEG_MULTISCRBLT_INDEX = 0x11;
    public static final int TS_NEG_MULTIOPAQUERECT_INDEX = 0x12;
    public static final int TS_NEG_FAST_INDEX_INDEX = 0x13;
    public static final int TS_NEG_POLYGON_SC_INDEX = 0x14;
    public static final int TS_NEG_POLYGON_CB_INDEX = 0x15;
    public static final int TS_NEG_POLYLINE_INDEX = 0x16;
    public static final int TS_NEG_FAST_GLYPH_INDEX = 0x18;
    public static final int TS_NEG_ELLIPSE_SC_INDEX = 0x19;
    public static final int TS_NEG_ELLIPSE_CB_INDEX = 0x1A;
    public static final int TS_NEG_INDEX_INDEX = 0x1B;

    public OrderCapabilitySet {
        CapabilitySet.requireSize(terminalDescriptor, 16, "terminalDescriptor");
        CapabilitySet.requireSize(orderSupport, 32, "orderSupport");
    }

    static OrderCapabilitySet decodeBody(WireReader in) {
        return new OrderCapabilitySet(
                in.bytes(16, "terminalDescriptor"),
                in.u32le("pad4octetsA"),
                in.u16le("desktopSaveXGranularity"),
                in.u16le("desktopSaveYGranularity"),
                in.u16le("pad2octetsA"),
                in.u16le("maximumOrderLevel"),
                in.u16le("numberFonts"),
                in.u16le("orderFlags"),
                in.bytes(32, "orderSupport"),
                in.u16le("textFlags"),
                in.u16le("orderSupportExFlags"),
                in.u32le("pad4octetsB"),
                in.u32le("desktopSaveSize"),
                in.u16le("pad2octetsC"),
                in.u16le("pad2octetsD"),
                in.u16le("textANSICodePage"),
                in.u16le("pad2octetsE"),
                in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return ORDER;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.bytes(terminalDescriptor);
        out.u32le(pad4octetsA);
        out.u16le(desktopSaveXGranularity);
        out.u16le(desktopSaveYGranularity);
        out.u16le(pad2octetsA);
        out.u16le(maximumOrderLevel);
        out.u16le(numberFonts);
        out.u16le(orderFlags);
        out.bytes(orderSupport);
        out.u16le(textFlags);
        out.u16le(orderSupportExFlags);
        out.u32le(pad4octetsB);
        out.u32le(desktopSaveSize);
        out.u16le(pad2octetsC);
        out.u16le(pad2octetsD);
        out.u16le(textANSICodePage);
        out.u16le(pad2octetsE);
        out.bytes(trailing);
    }
}
