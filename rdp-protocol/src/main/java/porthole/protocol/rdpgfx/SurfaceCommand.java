package porthole.protocol.rdpgfx;

import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The life of surfaces, and where they are shown. MS-RDPEGFX 2.2.2.9, 2.2.2.10, 2.2.2.15, 2.2.2.20, 2.2.2.22, 2.2.2.23. */
public sealed interface SurfaceCommand extends RdpgfxCommand {
    int PIXEL_FORMAT_XRGB_8888 = 0x20;
    int PIXEL_FORMAT_ARGB_8888 = 0x21;

    /**
     * RDPGFX_CREATE_SURFACE_PDU. MS-RDPEGFX 2.2.2.9.
     *
     * @param pixelFormat a PIXEL_FORMAT_* value
     */
    record CreateSurface(int surfaceId, int width, int height, int pixelFormat) implements SurfaceCommand {
        static CreateSurface decode(WireReader in) {
            return new CreateSurface(
                    in.u16le("surfaceId"), in.u16le("width"), in.u16le("height"), in.u8("pixelFormat"));
        }

        @Override
        public int cmdId() {
            return CREATESURFACE;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(surfaceId).u16le(width).u16le(height).u8(pixelFormat);
        }
    }

    /** RDPGFX_DELETE_SURFACE_PDU. MS-RDPEGFX 2.2.2.10. */
    record DeleteSurface(int surfaceId) implements SurfaceCommand {
        static DeleteSurface decode(WireReader in) {
            return new DeleteSurface(in.u16le("surfaceId"));
        }

        @Override
        public int cmdId() {
            return DELETESURFACE;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(surfaceId);
        }
    }

    /** RDPGFX_MAP_SURFACE_TO_OUTPUT_PDU. MS-RDPEGFX 2.2.2.15. */
    record MapSurfaceToOutput(int surfaceId, int reserved, long outputOriginX, long outputOriginY)
            implements SurfaceCommand {
        static MapSurfaceToOutput decode(WireReader in) {
            return new MapSurfaceToOutput(
                    in.u16le("surfaceId"), in.u16le("reserved"), in.u32le("outputOriginX"), in.u32le("outputOriginY"));
        }

        @Override
        public int cmdId() {
            return MAPSURFACETOOUTPUT;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(surfaceId).u16le(reserved).u32le(outputOriginX).u32le(outputOriginY);
        }
    }

    /** RDPGFX_MAP_SURFACE_TO_SCALED_OUTPUT_PDU. MS-RDPEGFX 2.2.2.22. */
    record MapSurfaceToScaledOutput(
            int surfaceId, int reserved, long outputOriginX, long outputOriginY, long targetWidth, long targetHeight)
            implements SurfaceCommand {
        static MapSurfaceToScaledOutput decode(WireReader in) {
            return new MapSurfaceToScaledOutput(
                    in.u16le("surfaceId"),
                    in.u16le("reserved"),
                    in.u32le("outputOriginX"),
                    in.u32le("outputOriginY"),
                    in.u32le("targetWidth"),
                    in.u32le("targetHeight"));
        }

        @Override
        public int cmdId() {
            return MAPSURFACETOSCALEDOUTPUT;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(surfaceId).u16le(reserved).u32le(outputOriginX).u32le(outputOriginY);
            out.u32le(targetWidth).u32le(targetHeight);
        }
    }

    /** RDPGFX_MAP_SURFACE_TO_WINDOW_PDU. MS-RDPEGFX 2.2.2.20. */
    record MapSurfaceToWindow(int surfaceId, long windowId, long mappedWidth, long mappedHeight)
            implements SurfaceCommand {
        static MapSurfaceToWindow decode(WireReader in) {
            return new MapSurfaceToWindow(
                    in.u16le("surfaceId"), in.s64le("windowId"), in.u32le("mappedWidth"), in.u32le("mappedHeight"));
        }

        @Override
        public int cmdId() {
            return MAPSURFACETOWINDOW;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(surfaceId).s64le(windowId).u32le(mappedWidth).u32le(mappedHeight);
        }
    }

    /** RDPGFX_MAP_SURFACE_TO_SCALED_WINDOW_PDU. MS-RDPEGFX 2.2.2.23. */
    record MapSurfaceToScaledWindow(
            int surfaceId, long windowId, long mappedWidth, long mappedHeight, long targetWidth, long targetHeight)
            implements SurfaceCommand {
        static MapSurfaceToScaledWindow decode(WireReader in) {
            return new MapSurfaceToScaledWindow(
                    in.u16le("surfaceId"),
                    in.s64le("windowId"),
                    in.u32le("mappedWidth"),
                    in.u32le("mappedHeight"),
                    in.u32le("targetWidth"),
                    in.u32le("targetHeight"));
        }

        @Override
        public int cmdId() {
            return MAPSURFACETOSCALEDWINDOW;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(surfaceId).s64le(windowId).u32le(mappedWidth).u32le(mappedHeight);
            out.u32le(targetWidth).u32le(targetHeight);
        }
    }
}
