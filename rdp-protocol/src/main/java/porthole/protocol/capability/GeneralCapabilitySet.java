package porthole.protocol.capability;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.7.1.1 General Capability Set: which system the peer runs, which fast-path features and bulk compression it takes. */
public record GeneralCapabilitySet(
        int osMajorType,
        int osMinorType,
        int protocolVersion,
        int pad2octetsA,
        int generalCompressionTypes,
        int extraFlags,
        int updateCapabilityFlag,
        int remoteUnshareFlag,
        int generalCompressionLevel,
        int refreshRectSupport,
        int suppressOutputSupport,
        Bytes trailing)
        implements CapabilitySet {
    public static final int OSMAJORTYPE_UNSPECIFIED = 0;
    public static final int OSMAJORTYPE_WINDOWS = 1;
    public static final int OSMAJORTYPE_OS2 = 0x02;
    public static final int OSMAJORTYPE_MACINTOSH = 0x03;
    public static final int OSMAJORTYPE_UNIX = 0x04;
    public static final int OSMAJORTYPE_IOS = 0x05;
    public static final int OSMAJORTYPE_OSX = 0x06;
    public static final int OSMAJORTYPE_ANDROID = 0x07;
    public static final int OSMAJORTYPE_CHROMEOS = 0x08;
    public static final int OSMINORTYPE_UNSPECIFIED = 0;
    public static final int OSMINORTYPE_WINDOWS_NT = 0x03;
    public static final int OSMINORTYPE_NATIVE_XSERVER = 0x07;
    public static final int TS_CAPS_PROTOCOLVERSION = 0x0200;
    public static final int FASTPATH_OUTPUT_SUPPORTED = 1;
    public static final int LONG_CREDENTIALS_SUPPORTED = 0x04;
    public static final int AUTORECONNECT_SUPPORTED = 0x08;
    public static final int ENC_SALTED_CHECKSUM = 0x10;
    public static final int NO_BITMAP_COMPRESSION_HDR = 0x0400;

    static GeneralCapabilitySet decodeBody(WireReader in) {
        return new GeneralCapabilitySet(
                in.u16le("osMajorType"),
                in.u16le("osMinorType"),
                in.u16le("protocolVersion"),
                in.u16le("pad2octetsA"),
                in.u16le("generalCompressionTypes"),
                in.u16le("extraFlags"),
                in.u16le("updateCapabilityFlag"),
                in.u16le("remoteUnshareFlag"),
                in.u16le("generalCompressionLevel"),
                in.u8("refreshRectSupport"),
                in.u8("suppressOutputSupport"),
                in.rest("trailing"));
    }

    @Override
    public int capabilitySetType() {
        return GENERAL;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(osMajorType);
        out.u16le(osMinorType);
        out.u16le(protocolVersion);
        out.u16le(pad2octetsA);
        out.u16le(generalCompressionTypes);
        out.u16le(extraFlags);
        out.u16le(updateCapabilityFlag);
        out.u16le(remoteUnshareFlag);
        out.u16le(generalCompressionLevel);
        out.u8(refreshRectSupport);
        out.u8(suppressOutputSupport);
        out.bytes(trailing);
    }
}
