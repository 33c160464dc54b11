package porthole.protocol.capability;

import java.util.Map;
import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.7.2.10.1.1 Bitmap Codec (TS_BITMAPCODEC).
 *
 * @param codecGuid 16 octets in the order of the wire
 * @param codecId the id that surface commands use
 * @param codecProperties what the codec's own specification defines
 */
public record BitmapCodec(Bytes codecGuid, int codecId, Bytes codecProperties) implements Pdu {
    /** MS-RDPNSC: NSCodec; its properties are {@link NsCodecProperties}. */
    public static final Bytes CODEC_GUID_NSCODEC = Bytes.hex("b91b8dca0f004f15589fae2d1a87e2d6");
    /** MS-RDPRFX: RemoteFX. */
    public static final Bytes CODEC_GUID_REMOTEFX = Bytes.hex("122f777672bd6344afb3b73c9c6f7886");
    /** MS-RDPRFX: RemoteFX, image mode. */
    public static final Bytes CODEC_GUID_IMAGE_REMOTEFX = Bytes.hex("d4cc44278a9d744e803c0ecbeea19c54");
    /** Announces a codec that nobody uses. */
    public static final Bytes CODEC_GUID_IGNORE = Bytes.hex("a651439c3535ae42910ccdfce5760b58");

    /** JPEG, an extension of other vendors; its property is one octet of quality. */
    public static final Bytes CODEC_GUID_JPEG = Bytes.hex("e64caf1bed9e0c43869acb8b37b66237");

    /** NSCodec with all that it can do (MS-RDPNSC 2.2.1): dynamic fidelity, subsampling, up to colour loss level 7. */
    public static final BitmapCodec NSCODEC = new BitmapCodec(CODEC_GUID_NSCODEC, 1, Bytes.hex("010107"));

    /**
     * RemoteFX with both entropy coders, in video mode (MS-RDPRFX 2.2.1.1 TS_RFX_CLNT_CAPS_CONTAINER): one capability set
     * for tiles of 64 x 64, colour conversion ICT, transform DWT 5/3, entropy coder RLGR1 or RLGR3.
     */
    public static final BitmapCodec REMOTEFX = new BitmapCodec(
            CODEC_GUID_REMOTEFX,
            3,
            Bytes.hex("31000000" + "01000000" + "25000000" // length, captureFlags, capsLength
                    + "c0cb08000000" + "0100" // CBY_CAPS, one capability set
                    + "c1cb1d000000" + "01" + "c0cf" + "0200" + "0800" // CBY_CAPSET, CLY_CAPSET, two coders of 8 octets
                    + "0001" + "4000" + "00" + "01" + "01" + "01" // version, tile size, video mode, ICT, DWT, RLGR1
                    + "0001" + "4000" + "00" + "01" + "01" + "04")); // the same with RLGR3

    private static final Map<Bytes, String> NAMES = Map.of(
            CODEC_GUID_NSCODEC, "NSCodec",
            CODEC_GUID_REMOTEFX, "RemoteFX",
            CODEC_GUID_IMAGE_REMOTEFX, "RemoteFX Image",
            CODEC_GUID_JPEG, "JPEG",
            CODEC_GUID_IGNORE, "Ignore");
    private static final int MAXIMUM_PROPERTIES = 0xFFFF;

    public BitmapCodec {
        CapabilitySet.requireSize(codecGuid, 16, "codecGuid");
        if (codecProperties.size() > MAXIMUM_PROPERTIES) {
            throw new IllegalArgumentException("codecProperties takes at most 65535 octets");
        }
    }

    static BitmapCodec decode(WireReader in) {
        Bytes guid = in.bytes(16, "codecGUID");
        int id = in.u8("codecID");
        return new BitmapCodec(guid, id, in.bytes(in.u16le("codecPropertiesLength"), "codecProperties"));
    }

    /** The codec's name, where it is one of the known ones. */
    public Optional<String> codecName() {
        return Optional.ofNullable(NAMES.get(codecGuid));
    }

    @Override
    public void encode(WireWriter out) {
        out.bytes(codecGuid).u8(codecId).u16le(codecProperties.size()).bytes(codecProperties);
    }
}
