package porthole.graphics.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import porthole.graphics.h264.H264Decoder;
import porthole.graphics.h264.YuvPicture;
import porthole.graphics.picture.PixelRect;
import porthole.graphics.pointer.PointerState;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.FramebufferLimits;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.WireException;
import porthole.protocol.graphics.FastPathPointer;
import porthole.protocol.rdpgfx.Point16;
import porthole.protocol.rdpgfx.RdpgfxPdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** What published vulnerabilities of RDP clients did with the graphics pipeline and with pointers ends in a named error. */
class PipelineCvesTest {
    private static final int PROGRESSIVE = 9;
    private static final int AVC420 = 0x0B;
    private static final int AVC444 = 0x0E;

    private final Framebuffer screen = new Framebuffer(64, 64, new FramebufferLimits(1000, 1 << 20));
    private final GraphicsPipeline pipeline =
            new GraphicsPipeline(screen, new GraphicsLimits(1 << 20, 1 << 16, 100, 10), Optional.of(new Small()));

    /** H.264 whose pictures are always 16 x 16, whatever the surface has. */
    private static final class Small implements H264Decoder.Provider, H264Decoder {
        @Override
        public String name() {
            return "small";
        }

        @Override
        public int preference() {
            return 0;
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public H264Decoder open(long maximumPixels) {
            return this;
        }

        @Override
        public boolean decode(byte[] octets, int from, int to, YuvPicture into) {
            into.view(new byte[256], new byte[64], new byte[64], 16, 16, 0, 16, 0, 8);
            return true;
        }

        @Override
        public void close() {}
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    private static void refused(String field, Runnable work) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(WireException.class, e -> {
            assertThat(e.field()).contains(field);
            assertThat(e.section()).startsWith("MS-RDP");
        });
    }

    private static PixelRect rect(int x, int y, int width, int height) {
        return new PixelRect(x, y, width, height);
    }

    private void avc(int codec, int width, int height, String hex) {
        byte[] octets = Bytes.hex(hex.replace(" ", "")).toArray();
        pipeline.wireToSurface1(1, codec, 0x20, rect(0, 0, width, height), octets, 0, octets.length);
    }

    @Test
    void cve202015103And202339352RectanglesAtAndBeyondTheEdge() {
        pipeline.createSurface(1, 32, 32);
        assertThatCode(() -> pipeline.solidFill(1, 0, List.of(rect(31, 31, 1, 1))))
                .doesNotThrowAnyException();
        refused("fillRects", () -> pipeline.solidFill(1, 0, List.of(rect(31, 31, 2, 1))));
        refused("fillRects", () -> pipeline.solidFill(1, 0, List.of(rect(32, 0, 1, 1))));
        refused("fillRects", () -> pipeline.solidFill(1, 0, List.of(rect(0xFFFF, 0xFFFF, 0xFFFF, 0xFFFF))));
        refused("fillRects", () -> pipeline.solidFill(1, 0, List.of(PixelRect.ofEdges(10, 10, 5, 5))));
        refused("fillRects", () -> pipeline.solidFill(1, 0, List.of(rect(3, 3, 0, 0))));
    }

    @Test
    void cve202339355And202422211And202622851ResetWhileDrawing() {
        pipeline.createSurface(1, 32, 32);
        pipeline.mapSurfaceToOutput(1, 0, 0);
        pipeline.startFrame();
        pipeline.solidFill(1, 0xFF00FF00, List.of(rect(0, 0, 32, 32)));
        pipeline.resetGraphics(16, 16);
        pipeline.mapSurfaceToOutput(1, 8, 8);
        pipeline.endFrame();
        assertThat(screen.width()).isEqualTo(16);
        assertThat(screen.snapshot().argb(15, 15) & 0xFFFFFF).isEqualTo(0x00FF00);
        for (int[] size : new int[][] {{0, 0}, {1001, 1}, {1000, 1000 * 1000}, {0x7FFF, 0x7FFF}}) {
            assertThatThrownBy(() -> pipeline.resetGraphics(size[0], size[1])).isInstanceOf(RdpFailure.class);
        }
    }

    @Test
    void cve202340186SurfaceSizes() {
        refused("width", () -> pipeline.createSurface(1, 0xFFFF, 0xFFFF));
        refused("width", () -> pipeline.createSurface(1, 0, 5));
        refused("width", () -> pipeline.createSurface(1, 5, 0));
        pipeline.createSurface(1, 1024, 1024);
        refused("width", () -> pipeline.createSurface(2, 1, 1));
    }

    /** The picture is smaller than the surface: what it has is shown, and nothing is read beyond it. */
    @Test
    void cve202340188And202633986And202655192H264PictureSmallerThanItsSurface() {
        pipeline.createSurface(1, 64, 64);
        pipeline.solidFill(1, 0xFFFF0000, List.of(rect(0, 0, 64, 64)));
        pipeline.mapSurfaceToOutput(1, 0, 0);
        String whole = "01000000 0000 0000 4000 4000 16 64 00";
        avc(AVC420, 64, 64, whole);
        avc(AVC444, 64, 64, "00000040" + whole);
        avc(AVC444, 64, 64, "00000080" + whole);
        assertThat(screen.snapshot().argb(40, 40) & 0xFFFFFF).isEqualTo(0xFF0000);
        refused("cbAvc420EncodedBitstream1", () -> avc(AVC444, 64, 64, "ffffff3f" + whole));
        refused("cbAvc420EncodedBitstream1", () -> avc(AVC444, 64, 64, "000000c0" + whole));
    }

    @Test
    void cve202629774RegionRectsCount() {
        pipeline.createSurface(1, 64, 64);
        refused("numRegionRects", () -> avc(AVC420, 64, 64, "ffffffff 0000 0000 4000 4000 16 64"));
        refused("numRegionRects", () -> avc(AVC420, 64, 64, "67666606 0000 0000 4000 4000 16 64"));
        refused("numRegionRects", () -> avc(AVC420, 64, 64, "0000"));
    }

    @Test
    void cve202623532SurfaceToSurface() {
        pipeline.createSurface(1, 32, 32);
        pipeline.createSurface(2, 16, 16);
        List<Point16> origin = List.of(new Point16(0, 0));
        refused("rectSrc", () -> pipeline.surfaceToSurface(1, 2, rect(0, 0, 33, 1), origin));
        refused("destPts", () -> pipeline.surfaceToSurface(1, 2, rect(0, 0, 32, 32), origin));
        refused("destPts", () -> pipeline.surfaceToSurface(1, 2, rect(0, 0, 4, 4), List.of(new Point16(13, 0))));
        refused("destPts", () -> pipeline.surfaceToSurface(1, 2, rect(0, 0, 4, 4), List.of(new Point16(0xFFFF, 0))));
        refused("surfaceIdDest", () -> pipeline.surfaceToSurface(1, 9, rect(0, 0, 4, 4), origin));
    }

    @Test
    void cve202625941WireToSurface2Length() {
        WireReader pdu = WireReader.of(
                Bytes.hex("0200 0000 15000000 0100 0900 01000000 20 ffffffff".replace(" ", "")),
                "RDPGFX",
                "MS-RDPEGFX 2.2.2.2");
        assertThatThrownBy(() -> RdpgfxPdu.decode(pdu))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.field()).contains("bitmapDataLength"));
    }

    @Test
    void cve202640033And202644421CacheToSurface() {
        pipeline.createSurface(1, 32, 32);
        pipeline.surfaceToCache(1, 7, 1, rect(0, 0, 32, 32));
        refused("destPts", () -> pipeline.cacheToSurface(1, 1, List.of(new Point16(1, 0))));
        refused("destPts", () -> pipeline.cacheToSurface(1, 1, List.of(new Point16(0xFFFF, 0xFFFF))));
        refused("cacheSlot", () -> pipeline.cacheToSurface(2, 1, List.of(new Point16(0, 0))));
        refused("cacheSlot", () -> pipeline.surfaceToCache(1, 7, 0, rect(0, 0, 1, 1)));
        refused("cacheSlot", () -> pipeline.surfaceToCache(1, 7, 101, rect(0, 0, 1, 1)));
        refused("cacheSlot", () -> pipeline.evictCacheEntry(0xFFFF));
    }

    @Test
    void cve202667299And202667300And202667301SurfaceThatIsGone() {
        pipeline.createSurface(1, 32, 32);
        byte[] nothing = new byte[0];
        pipeline.wireToSurface2(1, PROGRESSIVE, 1, nothing, 0, 0);
        pipeline.deleteSurface(1);
        refused("surfaceId", () -> pipeline.wireToSurface2(1, PROGRESSIVE, 1, nothing, 0, 0));
        refused("surfaceId", () -> pipeline.wireToSurface1(1, 0, 0x20, rect(0, 0, 1, 1), new byte[4], 0, 4));
        refused("surfaceId", () -> pipeline.deleteEncodingContext(1, 1));
        refused("surfaceId", () -> pipeline.mapSurfaceToOutput(1, 0, 0));
        refused("surfaceId", () -> pipeline.deleteSurface(1));
        pipeline.startFrame();
        pipeline.endFrame();
    }

    @Test
    void progressiveSurfacesCountAgainstTheBudget() {
        pipeline.createSurface(1, 700, 700);
        refused("width", () -> pipeline.wireToSurface2(1, PROGRESSIVE, 1, new byte[0], 0, 0));
    }

    private static void pointer(PointerState pointer, int updateCode, String hex) {
        WireReader in = WireReader.of(Bytes.hex(hex.replace(" ", "")), "Pointer", "MS-RDPBCGR 2.2.9.1.2.1.7");
        pointer.apply(FastPathPointer.decode(updateCode, in).update(), new int[256]);
    }

    /** A pointer that is replaced while it is shown stays what it was until the new one is whole. */
    @Test
    void cve202623883And202623884And202624680PointerReplacedWhileShown() {
        PointerState pointer = new PointerState(2);
        String one = "1800 0100 0000 0000 0100 0100 0200 0400 0000ff00 0000";
        pointer(pointer, 11, one);
        var shown = pointer.image().orElseThrow();
        refused("", () -> pointer(pointer, 11, "1800 0100 0000 0000 6000 6000 0200 0400 0000ff00 0000"));
        assertThat(pointer.image()).containsSame(shown);
        pointer(pointer, 10, "0100");
        assertThat(pointer.image()).containsSame(shown);
    }

    @Test
    void pointerCacheIndicesAndSizes() {
        PointerState pointer = new PointerState(2);
        refused("cacheIndex", () -> pointer(pointer, 10, "0000"));
        refused("cacheIndex", () -> pointer(pointer, 10, "ffff"));
        refused("cacheIndex", () -> pointer(pointer, 11, "1800 0200 0000 0000 0100 0100 0200 0400 0000ff00 0000"));
        refused("width", () -> pointer(pointer, 11, "1800 0000 0000 0000 ffff ffff 0000 0000"));
        refused("width", () -> pointer(pointer, 11, "1800 0000 0000 0000 0000 0100 0000 0000"));
        refused("xorBpp", () -> pointer(pointer, 11, "0700 0000 0000 0000 0100 0100 0200 0400 0000ff00 0000"));
        refused("lengthXorMask", () -> pointer(pointer, 12, "2000 0000 0000 0000 8001 8001 00000000 00000000"));
    }
}
