package porthole.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
 * @param surfaceCodecs of surface commands (MS-RDPBCGR 2.2.9.2); none leaves bitmaps without a codec
 * @param anyDecoder offers the AVC codecs even where the only H.264 decoder does not keep up with a moving desktop; they are
 *     never offered without one
 * @param acknowledges acknowledges frames; otherwise the host is told to go on without (MS-RDPEGFX 2.2.2.13)
 */
public record GraphicsOffer(
        List<CapsSet> capsSets, List<BitmapCodec> surfaceCodecs, boolean anyDecoder, boolean acknowledges) {
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
    public static final GraphicsOffer PROGRESSIVE = new GraphicsOffer(withoutAvc(avc444()), List.of());

    /** The same for hosts that send RemoteFX in the pipeline to clients that know it from surface commands. */
    public static final GraphicsOffer RFX = new GraphicsOffer(PROGRESSIVE.capsSets, List.of(BitmapCodec.REMOTEFX));

    /** The pipeline, with H.264 where a decoder keeps up, and surface commands for hosts that have no pipeline. */
    public static final GraphicsOffer AUTO =
            new GraphicsOffer(avc444(), List.of(BitmapCodec.REMOTEFX, BitmapCodec.NSCODEC));

    /** The pipeline as of version 8.1, with H.264 in 4:2:0. */
    public static final GraphicsOffer AVC420 = new GraphicsOffer(avc420(), List.of(), true, true);

    /** The pipeline with H.264 in 4:4:4. */
    public static final GraphicsOffer AVC444 = new GraphicsOffer(avc444(), List.of(), true, true);

    public GraphicsOffer {
        capsSets = List.copyOf(capsSets);
        surfaceCodecs = List.copyOf(surfaceCodecs);
    }

    /** Frames are acknowledged, and H.264 is used where a decoder keeps up. */
    public GraphicsOffer(List<CapsSet> capsSets, List<BitmapCodec> surfaceCodecs) {
        this(capsSets, surfaceCodecs, false, true);
    }

    private static List<CapsSet> avc420() {
        return List.of(
                CapsSet.of(CapsSet.CAPVERSION_8, 0), CapsSet.of(CapsSet.CAPVERSION_81, CapsSet.FLAG_AVC420_ENABLED));
    }

    private static List<CapsSet> avc444() {
        List<CapsSet> sets = new ArrayList<>(avc420());
        SINCE_10.forEach(version -> sets.add(CapsSet.of(version, 0)));
        sets.add(3, CapsSet.version101());
        return sets;
    }

    /** The same versions without H.264; 10.1 goes, as it cannot say that. */
    static List<CapsSet> withoutAvc(List<CapsSet> sets) {
        List<CapsSet> without = new ArrayList<>();
        for (CapsSet set : sets) {
            int bits = set.flags().orElse(0);
            if (!set.hasAvc()) {
                without.add(set);
            } else if (set.version() == CapsSet.CAPVERSION_81) {
                without.add(CapsSet.of(set.version(), bits & ~CapsSet.FLAG_AVC420_ENABLED));
            } else if (set.version() != CapsSet.CAPVERSION_101) {
                without.add(CapsSet.of(set.version(), bits | CapsSet.FLAG_AVC_DISABLED));
            }
        }
        return without;
    }

    boolean mayUseAvc() {
        return capsSets.stream().anyMatch(CapsSet::hasAvc);
    }

    /** Whether every version is to get by with the small cache. */
    boolean isSmall() {
        int small = CapsSet.FLAG_SMALL_CACHE | CapsSet.FLAG_THINCLIENT;
        return capsSets.stream().anyMatch(set -> (set.flags().orElse(0) & small) != 0);
    }

    /** Only these versions, CAPVERSION_* of {@link CapsSet}; an offer without the pipeline stays without. */
    public GraphicsOffer withVersions(Set<Integer> versions) {
        return withCapsSets(capsSets.stream()
                .filter(set -> versions.contains(set.version()))
                .toList());
    }

    /** With a FLAG_* of {@link CapsSet} in all versions that have it. */
    public GraphicsOffer withFlag(int flag) {
        return withCapsSets(capsSets.stream()
                .map(set -> takes(set.version(), flag)
                        ? CapsSet.of(set.version(), set.flags().orElse(0) | flag)
                        : set)
                .toList());
    }

    private static boolean takes(int version, int flag) {
        return switch (flag) {
            case CapsSet.FLAG_THINCLIENT -> version <= CapsSet.CAPVERSION_81;
            case CapsSet.FLAG_SMALL_CACHE -> version != CapsSet.CAPVERSION_101 && version != CapsSet.CAPVERSION_103;
            case CapsSet.FLAG_AVC420_ENABLED -> version == CapsSet.CAPVERSION_81;
            case CapsSet.FLAG_AVC_DISABLED -> version >= CapsSet.CAPVERSION_10 && version != CapsSet.CAPVERSION_101;
            case CapsSet.FLAG_AVC_THINCLIENT -> version >= CapsSet.CAPVERSION_103;
            case CapsSet.FLAG_SCALEDMAP_DISABLE -> version == CapsSet.CAPVERSION_107;
            default -> throw new IllegalArgumentException(String.format("no flag 0x%X", flag));
        };
    }

    private GraphicsOffer withCapsSets(List<CapsSet> sets) {
        return new GraphicsOffer(sets, surfaceCodecs, anyDecoder, acknowledges);
    }

    /** Without acknowledgements of frames; {@link RdpSession#suspendFrameAcknowledgements} changes that later. */
    public GraphicsOffer withoutAcknowledgements() {
        return new GraphicsOffer(capsSets, surfaceCodecs, anyDecoder, false);
    }

    /** The settings with what the offer needs said in them. */
    ClientSettings in(ClientSettings settings) {
        ClientSettings.Builder with = settings.but();
        if (settings.capabilities() instanceof StandardCapabilities standard) {
            if (!surfaceCodecs.isEmpty()) {
                with.capabilities(standard.withSurfaceCodecs(surfaceCodecs));
            } else if (equals(OFF)) {
                with.capabilities(standard.withSurfaceBitmaps());
            }
        }
        if (!capsSets.isEmpty()) {
            with.earlyCapabilityFlags(settings.earlyCapabilityFlags() | ClientCoreData.SUPPORT_DYNVC_GFX_PROTOCOL);
        }
        List<ChannelDef> channels = new ArrayList<>(settings.channels());
        if (channels.stream().noneMatch(channel -> channel.name().equals(DynamicPdu.CHANNEL_NAME))) {
            channels.add(new ChannelDef(
                    DynamicPdu.CHANNEL_NAME,
                    ChannelDef.OPTION_INITIALIZED | ChannelDef.OPTION_ENCRYPT_RDP | ChannelDef.OPTION_COMPRESS_RDP));
        }
        return with.channels(channels).build();
    }
}
