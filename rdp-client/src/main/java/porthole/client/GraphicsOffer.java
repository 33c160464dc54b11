package porthole.client;

import java.util.ArrayList;
import java.util.List;
import porthole.protocol.capability.BitmapCodec;
import porthole.protocol.drdynvc.DynamicPdu;
import porthole.protocol.gcc.ChannelDef;
import porthole.protocol.gcc.ClientCoreData;
import porthole.protocol.rdpgfx.CapsSet;
import porthole.transport.ClientSettings;
import porthole.transport.StandardCapabilities;

/**
 * How the host may draw: which versions of the graphics pipeline, and which codecs of surface commands.
 *
 * @param capsSets versions of MS-RDPEGFX with their flags; none leaves the pipeline out
 * @param surfaceCodecs of surface commands (MS-RDPBCGR 2.2.9.2); none leaves surface commands out
 */
public record GraphicsOffer(List<CapsSet> capsSets, List<BitmapCodec> surfaceCodecs) {
    private static final List<Integer> SINCE_10 = List.of(
            CapsSet.CAPVERSION_10,
            CapsSet.CAPVERSION_102,
            CapsSet.CAPVERSION_103,
            CapsSet.CAPVERSION_104,
            CapsSet.CAPVERSION_105,
            CapsSet.CAPVERSION_106,
            CapsSet.CAPVERSION_107);

    /** Bitmaps alone, as clients before RDP 7.1 did. */
    public static final GraphicsOffer OFF = new GraphicsOffer(List.of(), List.of());

    /** RemoteFX by surface commands, without the pipeline. */
    public static final GraphicsOffer SURFACE_RFX = new GraphicsOffer(List.of(), List.of(BitmapCodec.REMOTEFX));

    /** NSCodec by surface commands, without the pipeline. */
    public static final GraphicsOffer SURFACE_NSC = new GraphicsOffer(List.of(), List.of(BitmapCodec.NSCODEC));

    /** The pipeline with every codec but H.264. */
    public static final GraphicsOffer PROGRESSIVE = new GraphicsOffer(withoutAvc(), List.of());

    /** The same for hosts that send RemoteFX in the pipeline to clients that know it from surface commands. */
    public static final GraphicsOffer RFX = new GraphicsOffer(withoutAvc(), List.of(BitmapCodec.REMOTEFX));

    /** The pipeline without H.264, and surface commands for hosts that have no pipeline. */
    public static final GraphicsOffer AUTO =
            new GraphicsOffer(withoutAvc(), List.of(BitmapCodec.REMOTEFX, BitmapCodec.NSCODEC));

    /** The pipeline as of version 8.1, with H.264 in 4:2:0. */
    public static final GraphicsOffer AVC420 = new GraphicsOffer(
            List.of(
                    CapsSet.of(CapsSet.CAPVERSION_8, 0),
                    CapsSet.of(CapsSet.CAPVERSION_81, CapsSet.FLAG_AVC420_ENABLED)),
            List.of());

    /** The pipeline with H.264 in 4:4:4. */
    public static final GraphicsOffer AVC444 = new GraphicsOffer(avc444(), List.of());

    public GraphicsOffer {
        capsSets = List.copyOf(capsSets);
        surfaceCodecs = List.copyOf(surfaceCodecs);
    }

    private static List<CapsSet> withoutAvc() {
        List<CapsSet> sets = new ArrayList<>();
        sets.add(CapsSet.of(CapsSet.CAPVERSION_8, 0));
        sets.add(CapsSet.of(CapsSet.CAPVERSION_81, 0));
        SINCE_10.forEach(version -> sets.add(CapsSet.of(version, CapsSet.FLAG_AVC_DISABLED)));
        return sets;
    }

    private static List<CapsSet> avc444() {
        List<CapsSet> sets = new ArrayList<>(AVC420.capsSets);
        SINCE_10.forEach(version -> sets.add(CapsSet.of(version, 0)));
        sets.add(3, CapsSet.version101());
        return sets;
    }

    /** The settings with what the offer needs said in them. */
    ClientSettings in(ClientSettings settings) {
        ClientSettings.Builder with = settings.but();
        if (!surfaceCodecs.isEmpty() && settings.capabilities() instanceof StandardCapabilities standard) {
            with.capabilities(standard.withSurfaceCodecs(surfaceCodecs));
        }
        if (!capsSets.isEmpty()) {
            with.earlyCapabilityFlags(settings.earlyCapabilityFlags() | ClientCoreData.SUPPORT_DYNVC_GFX_PROTOCOL);
            List<ChannelDef> channels = new ArrayList<>(settings.channels());
            if (channels.stream().noneMatch(channel -> channel.name().equals(DynamicPdu.CHANNEL_NAME))) {
                channels.add(new ChannelDef(
                        DynamicPdu.CHANNEL_NAME,
                        ChannelDef.OPTION_INITIALIZED
                                | ChannelDef.OPTION_ENCRYPT_RDP
                                | ChannelDef.OPTION_COMPRESS_RDP));
            }
            with.channels(channels);
        }
        return with.build();
    }
}
