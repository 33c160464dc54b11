package porthole.protocol.rdpgfx;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** What follows the header of a graphics message. MS-RDPEGFX 2.2.2. */
public sealed interface RdpgfxCommand extends Pdu
        permits BitmapCommand,
                DrawingCommand,
                CacheCommand,
                SurfaceCommand,
                FrameCommand,
                SessionCommand,
                RdpgfxCommand.Unknown {
    int WIRETOSURFACE_1 = 0x0001;
    int WIRETOSURFACE_2 = 0x0002;
    int DELETEENCODINGCONTEXT = 0x0003;
    int SOLIDFILL = 0x0004;
    int SURFACETOSURFACE = 0x0005;
    int SURFACETOCACHE = 0x0006;
    int CACHETOSURFACE = 0x0007;
    int EVICTCACHEENTRY = 0x0008;
    int CREATESURFACE = 0x0009;
    int DELETESURFACE = 0x000A;
    int STARTFRAME = 0x000B;
    int ENDFRAME = 0x000C;
    int FRAMEACKNOWLEDGE = 0x000D;
    int RESETGRAPHICS = 0x000E;
    int MAPSURFACETOOUTPUT = 0x000F;
    int CACHEIMPORTOFFER = 0x0010;
    int CACHEIMPORTREPLY = 0x0011;
    int CAPSADVERTISE = 0x0012;
    int CAPSCONFIRM = 0x0013;
    int MAPSURFACETOWINDOW = 0x0015;
    int QOEFRAMEACKNOWLEDGE = 0x0016;
    int MAPSURFACETOSCALEDOUTPUT = 0x0017;
    int MAPSURFACETOSCALEDWINDOW = 0x0018;

    /** RDPGFX_CMDID of the header. */
    int cmdId();

    /** Reads the body of a message; what is left of {@code in} then is not known. */
    static RdpgfxCommand decode(int cmdId, WireReader in) {
        return switch (cmdId) {
            case WIRETOSURFACE_1 -> BitmapCommand.WireToSurface1.decode(in);
            case WIRETOSURFACE_2 -> BitmapCommand.WireToSurface2.decode(in);
            case DELETEENCODINGCONTEXT -> BitmapCommand.DeleteEncodingContext.decode(in);
            case SOLIDFILL -> DrawingCommand.SolidFill.decode(in);
            case SURFACETOSURFACE -> DrawingCommand.SurfaceToSurface.decode(in);
            case SURFACETOCACHE -> CacheCommand.SurfaceToCache.decode(in);
            case CACHETOSURFACE -> CacheCommand.CacheToSurface.decode(in);
            case EVICTCACHEENTRY -> CacheCommand.EvictCacheEntry.decode(in);
            case CACHEIMPORTOFFER -> CacheCommand.CacheImportOffer.decode(in);
            case CACHEIMPORTREPLY -> CacheCommand.CacheImportReply.decode(in);
            case CREATESURFACE -> SurfaceCommand.CreateSurface.decode(in);
            case DELETESURFACE -> SurfaceCommand.DeleteSurface.decode(in);
            case MAPSURFACETOOUTPUT -> SurfaceCommand.MapSurfaceToOutput.decode(in);
            case MAPSURFACETOSCALEDOUTPUT -> SurfaceCommand.MapSurfaceToScaledOutput.decode(in);
            case MAPSURFACETOWINDOW -> SurfaceCommand.MapSurfaceToWindow.decode(in);
            case MAPSURFACETOSCALEDWINDOW -> SurfaceCommand.MapSurfaceToScaledWindow.decode(in);
            case STARTFRAME -> FrameCommand.StartFrame.decode(in);
            case ENDFRAME -> FrameCommand.EndFrame.decode(in);
            case FRAMEACKNOWLEDGE -> FrameCommand.FrameAcknowledge.decode(in);
            case QOEFRAMEACKNOWLEDGE -> FrameCommand.QoeFrameAcknowledge.decode(in);
            case RESETGRAPHICS -> SessionCommand.ResetGraphics.decode(in);
            case CAPSADVERTISE -> SessionCommand.CapsAdvertise.decode(in);
            case CAPSCONFIRM -> SessionCommand.CapsConfirm.decode(in);
            default -> new Unknown(cmdId, in.rest("data"));
        };
    }

    /** A message of a kind that nobody has named yet. */
    record Unknown(int cmdId, Bytes data) implements RdpgfxCommand {
        @Override
        public void encode(WireWriter out) {
            out.bytes(data);
        }
    }
}
