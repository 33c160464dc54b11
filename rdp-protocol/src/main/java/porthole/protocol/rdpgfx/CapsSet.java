package porthole.protocol.rdpgfx;

import java.util.OptionalInt;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * RDPGFX_CAPSET: one version of the pipeline with its flags. MS-RDPEGFX 2.2.1.6 and 2.2.3.
 *
 * @param version a CAPVERSION_* value
 * @param capsData four octets of flags, except with {@link #CAPVERSION_101}, which has sixteen zeros
 */
public record CapsSet(int version, Bytes capsData) implements Pdu {
    public static final int CAPVERSION_8 = 0x00080004;
    public static final int CAPVERSION_81 = 0x00080105;
    public static final int CAPVERSION_10 = 0x000A0002;
    public static final int CAPVERSION_101 = 0x000A0100;
    public static final int CAPVERSION_102 = 0x000A0200;
    public static final int CAPVERSION_103 = 0x000A0301;
    public static final int CAPVERSION_104 = 0x000A0400;
    public static final int CAPVERSION_105 = 0x000A0502;
    public static final int CAPVERSION_106 = 0x000A0600;
    public static final int CAPVERSION_107 = 0x000A0701;

    /** No progressive codec, and a small cache; up to 8.1. */
    public static final int FLAG_THINCLIENT = 0x00000001;
    /** 16 MB of cache; not with 10.1 and 10.3. */
    public static final int FLAG_SMALL_CACHE = 0x00000002;
    /** 8.1 only. */
    public static final int FLAG_AVC420_ENABLED = 0x00000010;
    /** From 10 on, except 10.1. */
    public static final int FLAG_AVC_DISABLED = 0x00000020;
    /** From 10.3 on. */
    public static final int FLAG_AVC_THINCLIENT = 0x00000040;
    /** 10.7 only. */
    public static final int FLAG_SCALEDMAP_DISABLE = 0x00000080;

    static final String SECTION = "MS-RDPEGFX 2.2.1.6";
    static final int LEAST = 8;
    private static final int FLAGS = 4;
    private static final int RESERVED_101 = 16;

    /** A set of any version but 10.1. */
    public static CapsSet of(int version, int flags) {
        return new CapsSet(
                version, Bytes.of((byte) flags, (byte) (flags >> 8), (byte) (flags >> 16), (byte) (flags >> 24)));
    }

    /** RDPGFX_CAPSET_VERSION101, which has no flags. */
    public static CapsSet version101() {
        return new CapsSet(CAPVERSION_101, Bytes.of(new byte[RESERVED_101]));
    }

    /** The flags, where the set has any. */
    public OptionalInt flags() {
        return version == CAPVERSION_101 || capsData.size() < FLAGS
                ? OptionalInt.empty()
                : OptionalInt.of(capsData.at(0) | capsData.at(1) << 8 | capsData.at(2) << 16 | capsData.at(3) << 24);
    }

    /** Whether the set allows H.264, in 4:2:0 with 8.1 and in both forms from 10 on. */
    public boolean hasAvc() {
        int bits = flags().orElse(0);
        return version == CAPVERSION_81
                ? (bits & FLAG_AVC420_ENABLED) != 0
                : version >= CAPVERSION_10 && (bits & FLAG_AVC_DISABLED) == 0;
    }

    public static CapsSet decode(WireReader in) {
        int version = in.s32le("version");
        return new CapsSet(version, in.bytes(in.count(in.u32le("capsDataLength"), 1, "capsDataLength"), "capsData"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(version).u32le(capsData.size()).bytes(capsData);
    }
}
