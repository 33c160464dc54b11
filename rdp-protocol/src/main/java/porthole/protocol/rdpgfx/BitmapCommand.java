package porthole.protocol.rdpgfx;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** Encoded bitmaps for surfaces, and the contexts of their codecs. MS-RDPEGFX 2.2.2.1 to 2.2.2.3. */
public sealed interface BitmapCommand extends RdpgfxCommand {
    int CODECID_UNCOMPRESSED = 0x0000;
    int CODECID_CAVIDEO = 0x0003;
    int CODECID_CLEARCODEC = 0x0008;
    int CODECID_CAPROGRESSIVE = 0x0009;
    int CODECID_PLANAR = 0x000A;
    int CODECID_AVC420 = 0x000B;
    int CODECID_ALPHA = 0x000C;
    int CODECID_AVC444 = 0x000E;
    int CODECID_AVC444V2 = 0x000F;

    /** RDPGFX_WIRE_TO_SURFACE_PDU_1. MS-RDPEGFX 2.2.2.1. */
    record WireToSurface1(Target target, Bytes bitmapData) implements BitmapCommand {
        /**
         * Where the bitmap goes, and how it is encoded.
         *
         * @param codecId a CODECID_* value
         * @param pixelFormat a PIXEL_FORMAT_* value of {@link SurfaceCommand}
         */
        public record Target(int surfaceId, int codecId, int pixelFormat, Rect16 destRect) implements Pdu {
            static Target decode(WireReader in) {
                return new Target(
                        in.u16le("surfaceId"),
                        in.u16le("codecId"),
                        in.u8("pixelFormat"),
                        Rect16.decode("destRect", in));
            }

            @Override
            public void encode(WireWriter out) {
                out.u16le(surfaceId).u16le(codecId).u8(pixelFormat).pdu(destRect);
            }
        }

        static WireToSurface1 decode(WireReader in) {
            return new WireToSurface1(Target.decode(in), in.bytes(length(in), "bitmapData"));
        }

        @Override
        public int cmdId() {
            return WIRETOSURFACE_1;
        }

        @Override
        public void encode(WireWriter out) {
            out.pdu(target).u32le(bitmapData.size()).bytes(bitmapData);
        }
    }

    /** RDPGFX_WIRE_TO_SURFACE_PDU_2: a codec with a context. MS-RDPEGFX 2.2.2.2. */
    record WireToSurface2(Target target, Bytes bitmapData) implements BitmapCommand {
        /**
         * Where the bitmap goes, and how it is encoded.
         *
         * @param codecId {@link #CODECID_CAPROGRESSIVE}
         */
        public record Target(int surfaceId, int codecId, long codecContextId, int pixelFormat) implements Pdu {
            static Target decode(WireReader in) {
                return new Target(
                        in.u16le("surfaceId"), in.u16le("codecId"), in.u32le("codecContextId"), in.u8("pixelFormat"));
            }

            @Override
            public void encode(WireWriter out) {
                out.u16le(surfaceId).u16le(codecId).u32le(codecContextId).u8(pixelFormat);
            }
        }

        static WireToSurface2 decode(WireReader in) {
            return new WireToSurface2(Target.decode(in), in.bytes(length(in), "bitmapData"));
        }

        @Override
        public int cmdId() {
            return WIRETOSURFACE_2;
        }

        @Override
        public void encode(WireWriter out) {
            out.pdu(target).u32le(bitmapData.size()).bytes(bitmapData);
        }
    }

    /** RDPGFX_DELETE_ENCODING_CONTEXT_PDU. MS-RDPEGFX 2.2.2.3. */
    record DeleteEncodingContext(int surfaceId, long codecContextId) implements BitmapCommand {
        static DeleteEncodingContext decode(WireReader in) {
            return new DeleteEncodingContext(in.u16le("surfaceId"), in.u32le("codecContextId"));
        }

        @Override
        public int cmdId() {
            return DELETEENCODINGCONTEXT;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(surfaceId).u32le(codecContextId);
        }
    }

    /** bitmapDataLength, which what follows has to hold. */
    static int length(WireReader in) {
        return in.count(in.u32le("bitmapDataLength"), 1, "bitmapDataLength");
    }
}
