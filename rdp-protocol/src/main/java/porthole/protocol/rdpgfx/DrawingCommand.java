package porthole.protocol.rdpgfx;

import java.util.List;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** Drawing that needs no codec. MS-RDPEGFX 2.2.2.4 and 2.2.2.5. */
public sealed interface DrawingCommand extends RdpgfxCommand {
    /** RDPGFX_SOLIDFILL_PDU. MS-RDPEGFX 2.2.2.4. */
    record SolidFill(int surfaceId, Color32 fillPixel, List<Rect16> fillRects) implements DrawingCommand {
        public SolidFill {
            fillRects = List.copyOf(fillRects);
        }

        static SolidFill decode(WireReader in) {
            return new SolidFill(
                    in.u16le("surfaceId"),
                    in.within("fillPixel", "MS-RDPEGFX 2.2.1.3", Color32::decode),
                    Rect16.list("fillRectCount", "fillRects", in));
        }

        @Override
        public int cmdId() {
            return SOLIDFILL;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(surfaceId).pdu(fillPixel).u16le(fillRects.size());
            fillRects.forEach(out::pdu);
        }
    }

    /** RDPGFX_SURFACE_TO_SURFACE_PDU; both surfaces may be the same. MS-RDPEGFX 2.2.2.5. */
    record SurfaceToSurface(int surfaceIdSrc, int surfaceIdDest, Rect16 rectSrc, List<Point16> destPts)
            implements DrawingCommand {
        public SurfaceToSurface {
            destPts = List.copyOf(destPts);
        }

        static SurfaceToSurface decode(WireReader in) {
            return new SurfaceToSurface(
                    in.u16le("surfaceIdSrc"),
                    in.u16le("surfaceIdDest"),
                    Rect16.decode("rectSrc", in),
                    Point16.list(in));
        }

        @Override
        public int cmdId() {
            return SURFACETOSURFACE;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(surfaceIdSrc).u16le(surfaceIdDest).pdu(rectSrc).u16le(destPts.size());
            destPts.forEach(out::pdu);
        }
    }
}
