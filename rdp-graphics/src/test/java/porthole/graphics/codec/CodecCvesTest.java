package porthole.graphics.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.ScreenPainter;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.bulk.Rdp8Decompressor;
import porthole.protocol.failure.WireException;
import porthole.protocol.graphics.SlowPathUpdate;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** What published vulnerabilities of RDP clients did with codecs and bulk compression ends in a named error, or draws within bounds. */
class CodecCvesTest {
    private static final int[] PALETTE = new int[256];
    private static final String FRAME_BEGIN = "c1cc 0c000000 00000000 0100";
    private static final String FRAME_END = "c2cc 06000000";

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static void refused(String field, Runnable decoding) {
        assertThatThrownBy(decoding::run).isInstanceOfSatisfying(WireException.class, e -> {
            assertThat(e.field()).contains(field);
            assertThat(e.pdu()).isNotEmpty();
            assertThat(e.rule()).isNotEmpty();
            assertThat(e.section()).startsWith("MS-RDP");
        });
    }

    private static void zgfx(String hex) {
        Rdp8Decompressor.rdp8(100_000).decompress(WireReader.of(octets(hex), "Graphics", "MS-RDPEGFX 2.2.5.1"));
    }

    private static void bulk(int type, String hex) {
        int flags = BulkDecompressor.COMPRESSED | BulkDecompressor.AT_FRONT | BulkDecompressor.FLUSHED | type;
        new BulkDecompressor().decompress(flags, WireReader.of(octets(hex), "Compressed", "MS-RDPBCGR 3.1.8"));
    }

    private static int[] planar(int width, int height, String hex) {
        byte[] in = octets(hex);
        int[] out = new int[width * height];
        new Planar().decode(in, 0, in.length, width, height, out);
        return out;
    }

    private static void rle(int bitsPerPixel, int width, int height, String hex) {
        new BitmapDecoder()
                .decode(width, height, bitsPerPixel, true, Unpooled.wrappedBuffer(octets(hex)), PALETTE, 1 << 20);
    }

    private static void nsc(int width, int height, String hex) {
        byte[] in = octets(hex);
        new NsCodec().decode(in, 0, in.length, width, height, new int[width * height]);
    }

    private static void rfx(String hex) {
        byte[] in = octets(hex);
        new RemoteFx().decode(in, 0, in.length, 64, 64, CodecCvesTest::within64);
    }

    private static void within64(int x, int y, int w, int h, int[] argb, int at, int stride) {
        assertThat(x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= 64 && y + h <= 64)
                .isTrue();
    }

    private static void clear(int width, int height, String hex) {
        clear(new ClearCodec(), width, height, hex);
    }

    private static void clear(ClearCodec codec, int width, int height, String hex) {
        byte[] in = octets(hex);
        codec.decode(in, 0, in.length, width, height, new int[width * height], 0, width);
    }

    private static void progressive(String region) {
        byte[] body = octets(region);
        String length = String.format("%08x", Integer.reverseBytes(6 + body.length));
        byte[] in = octets(FRAME_BEGIN + "c4cc" + length + HexFormat.of().formatHex(body) + FRAME_END);
        new Progressive().decode(in, 0, in.length, new ProgressiveSurface(64, 64), CodecCvesTest::within64);
    }

    private static void bitmapUpdate(String hex) {
        new ScreenPainter(new Framebuffer(64, 64))
                .bitmapUpdate(WireReader.of(octets(hex), "BitmapUpdate", "MS-RDPBCGR 2.2.9.1.1.3.1.2"));
    }

    private static void surfaceCommands(String hex) {
        new ScreenPainter(new Framebuffer(64, 64))
                .surfaceCommands(WireReader.of(octets(hex), "SurfaceCommands", "MS-RDPBCGR 2.2.9.2"), marker -> {});
    }

    /** A match whose distance is beyond what there is of history, tokens beyond the end, an unencoded run beyond the segment. */
    @Test
    void cve20188784And20188785And202239316And202239317And202340181And202432041ZgfxSegments() {
        refused("data", () -> zgfx("e0 24 bf ff ff ff ff ff ff ff 00")); // distance
        refused("data", () -> zgfx("e0 24 8f ff ff 00")); // the length ends with the octets
        refused("data", () -> zgfx("e0 24 88 3f ff ff ff 00")); // unencoded
        refused("data", () -> zgfx("e0 24 00 07")); // more unused bits than bits
        refused("data", () -> zgfx("e0 24"));
    }

    /** A size that nobody could hold, of a message that has next to nothing. */
    @Test
    void cve202432660ZgfxUncompressedSize() {
        refused("uncompressedSize", () -> zgfx("e1 0100 ffffffff 02000000 04 00"));
        refused("segmentCount", () -> zgfx("e1 ffff 00000100 02000000 04 00"));
    }

    /** Huffman codes and copy offsets beyond the history. */
    @ParameterizedTest
    @ValueSource(strings = {"ffffffffffffffff", "ff", "00ff00ff00ff00ff", "fefefefefefefefefefefefe", "7f7f7f7f"})
    void cve202340589And202432459Ncrush(String hex) {
        assertThatThrownBy(() -> bulk(BulkDecompressor.TYPE_RDP6, hex)).isInstanceOf(WireException.class);
    }

    @Test
    void bulkMatchesBeforeTheHistory() {
        assertThatThrownBy(() -> bulk(BulkDecompressor.TYPE_8K, "ffffff")).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> bulk(BulkDecompressor.TYPE_64K, "ffffffff")).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> bulk(BulkDecompressor.TYPE_RDP61, "11 20 ffff 0100 0000 ffffffff"))
                .isInstanceOf(WireException.class);
    }

    @Test
    void cve20188786NumberRectanglesOfNothing() {
        refused("numberRectangles", () -> bitmapUpdate("0100 ffff"));
    }

    @Test
    void cve20188787BitmapSizes() {
        refused("", () -> bitmapUpdate("0100 0100 0000 0000 0100 0100 ffff ffff 2000 0104 0400 00000000"));
        refused("", () -> bitmapUpdate("0100 0100 0000 0000 0100 0100 0000 0000 1000 0000 0000"));
    }

    @Test
    void cve202011045BitmapDataLength() {
        refused("", () -> bitmapUpdate("0100 0100 0000 0000 0100 0100 0200 0200 1000 0000 ffff 0000"));
    }

    private static SlowPathUpdate slowPath(String hex) {
        return SlowPathUpdate.decode(WireReader.of(octets(hex), "Update", "MS-RDPBCGR 2.2.9.1.1.3"));
    }

    @Test
    void cve202011526SlowPathUpdateHeader() {
        refused("updateType", () -> slowPath(""));
        refused("updateType", () -> slowPath("01"));
        refused("", () -> slowPath("0200 0000"));
    }

    @Test
    void cve202011019UpdateTypeBeyondTheTable() {
        assertThat(slowPath("ff7f 0102")).isInstanceOf(SlowPathUpdate.Unknown.class);
    }

    @Test
    void cve202011046SynchronizeUpdateShorterThanItsPad() {
        for (String hex : new String[] {"0300", "0300 00", "0300 0000"}) {
            try {
                assertThat(slowPath(hex)).isInstanceOf(SlowPathUpdate.Synchronize.class);
            } catch (WireException refused) {
                assertThat(refused.field()).contains("pad2Octets");
            }
        }
    }

    /** Orders of run-length encoding at the very end of the octets. */
    @ParameterizedTest
    @ValueSource(strings = {"f0", "f001", "f1", "c0", "60", "f3", "f300", "f8ffff", "80", "84", "44", "d0", "f6"})
    void cve20204033RleOrderAtTheEnd(String hex) {
        for (int bitsPerPixel : new int[] {8, 15, 16, 24}) {
            assertThatThrownBy(() -> rle(bitsPerPixel, 64, 2, hex)).isInstanceOf(WireException.class);
        }
    }

    /** Regular and mega runs that are longer than the bitmap. */
    @ParameterizedTest
    @ValueSource(strings = {"1f", "f0ffff", "f1ffff", "f2ffff", "f3ffff00", "f4ffff", "f6ffff00", "f8ffff0000", "00ff"})
    void cve202011524And202432460And202432658RleRuns(String hex) {
        for (int bitsPerPixel : new int[] {8, 15, 16, 24}) {
            assertThatThrownBy(() -> rle(bitsPerPixel, 4, 4, hex)).isInstanceOf(WireException.class);
        }
    }

    @Test
    void cve202011521PlanarRunPastTheRow() {
        refused("controlByte", () -> planar(4, 1, "30 1f41 1f41 1f41"));
        refused("controlByte", () -> planar(4, 1, "30 f2 f2 f2"));
    }

    @Test
    void cve202432458And202623530PlanarRawPlaneMissing() {
        refused("Plane", () -> planar(8, 8, "20 000000"));
        refused("rawValues", () -> planar(8, 1, "30 80 00"));
    }

    @Test
    void cve202626965PlanarOfNothing() {
        refused("formatHeader", () -> planar(8, 8, ""));
    }

    @Test
    void cve202631897And202645700And202669159And202667306PlanarSizesThatDisagree() {
        assertThat(planar(2, 2, "20 01020304 05060708 090a0b0c"))
                .containsOnly(0xFF010509, 0xFF02060A, 0xFF03070B, 0xFF04080C);
        refused("Plane", () -> planar(3, 2, "20 01020304 05060708 090a0b0c"));
        refused("formatHeader", () -> planar(2, 2, "08 00"));
    }

    @Test
    void cve20188788And202339354NsCodecPlaneCounts() {
        refused("LumaPlaneByteCount", () -> nsc(8, 8, "ffffffff 00000000 00000000 00000000 01 00 0000"));
        refused("Plane", () -> nsc(8, 8, "40000000 40000000 40000000 40000000 01 00 0000" + "00".repeat(100)));
    }

    @Test
    void cve202432040NsCodecRuns() {
        String header = "0b000000 00000000 00000000 00000000 01 00 0000";
        refused("RunLength", () -> nsc(8, 8, header + "0101ff ffffffff 00000000"));
        refused("LumaPlane", () -> nsc(8, 8, "02000000 00000000 00000000 00000000 01 00 0000 0101"));
    }

    @Test
    void cve202631806SurfaceBitsUnlikeTheStream() {
        refused(
                "",
                () -> surfaceCommands("0600 0000 0000 ffff ffff 20 00 00 01 ffff ffff 14000000"
                        + "00000000 00000000 00000000 00000000 01 00 0000"));
        assertThatCode(() -> surfaceCommands("0600 0000 0000 0800 0800 20 00 00 01 0800 0800 14000000"
                        + "00000000 00000000 00000000 00000000 01 00 0000"))
                .doesNotThrowAnyException();
    }

    @Test
    void cve202011043RemoteFxBlockShorterThanItsHeader() {
        for (int length = 0; length < 6; length++) {
            String hex = String.format("c7cc %02x000000 01000000", length);
            refused("blockLen", () -> rfx(hex));
        }
    }

    @Test
    void cve202339350And202339351And202339353RemoteFxTileset() {
        String region = "c6cc 17000000 01 00 01 0100 0000 0000 4000 4000 c1ca 0100";
        String tileset = "01 00 c2ca 0000 5104 01 40";
        refused("tiles", () -> rfx(region + "c7cc 1b000000" + tileset + "ffff 00000000 6666666666"));
        refused(
                "quantIdx",
                () -> rfx(region + "c7cc 2e000000" + tileset + "0100 13000000 6666666666"
                        + "c3ca 13000000 01 00 00 0000 0000 0000 0000 0000"));
        refused(
                "blockLen",
                () -> rfx(region + "c7cc 2e000000" + tileset + "0100 13000000 6666666666"
                        + "c3ca 05000000 00 00 00 0000 0000 0000 0000 0000"));
        refused(
                "YData",
                () -> rfx(region + "c7cc 2e000000" + tileset + "0100 13000000 6666666666"
                        + "c3ca 13000000 00 00 00 0000 0000 ffff ffff ffff"));
    }

    @Test
    void cve202340569ProgressiveTilePosition() {
        refused(
                "xIdx",
                () -> progressive("40 0100 01 00 00 0100 16000000 0000 0000 4000 4000 6666666666"
                        + "c5cc 16000000 00 00 00 ffff ffff 00 0000 0000 0000 0000"));
    }

    /** Quantizers that would become negative shifts. */
    @Test
    void cve202633983ProgressiveQuantizers() {
        refused("quantVals", () -> progressive("40 0100 01 00 00 0000 00000000 0000 0000 4000 4000 0000000000"));
        refused(
                "quality",
                () -> progressive("40 0100 01 00 00 0100 17000000 0000 0000 4000 4000 6666666666"
                        + "c6cc 17000000 00 00 00 0000 0000 00 07 0000 0000 0000 0000"));
    }

    @Test
    void cve202432659RectanglesWithoutPixels() {
        assertThatCode(() -> clear(0, 0, "00 00 00000000 00000000 00000000")).doesNotThrowAnyException();
        assertThatCode(() -> clear(8, 8, "00 00 00000000 00000000 0d000000 0000 0000 0000 0000 00000000 00"))
                .doesNotThrowAnyException();
    }

    @Test
    void cve202011040And202432039ClearCodecRlex() {
        String head = "00 00 00000000 00000000 ";
        refused("stopIndex", () -> clear(8, 8, head + "13000000 0000 0000 0200 0200 06000000 02 01 000000 0701"));
        refused("paletteCount", () -> clear(8, 8, head + "0f000000 0000 0000 0200 0200 02000000 02 8000"));
    }

    @Test
    void cve202340567ClearCodecBands() {
        String head = "00 00 00000000 ";
        refused("xEnd", () -> clear(8, 8, head + "0b000000 00000000 0000 0900 0000 0000 000000"));
        refused("xEnd", () -> clear(8, 8, head + "0b000000 00000000 0300 0200 0000 0000 000000"));
        refused("yEnd", () -> clear(8, 8, head + "0b000000 00000000 0000 0000 0000 0800 000000"));
        refused("yEnd", () -> clear(8, 80, head + "0b000000 00000000 0000 0000 0000 3500 000000"));
    }

    @Test
    void cve202623531ClearCodecResidualRun() {
        refused("runLengthFactor", () -> clear(4, 4, "00 00 0a000000 00000000 00000000 000000 ff ffff ffffffff"));
    }

    @Test
    void cve202623533And202623534ClearCodecGlyphs() {
        refused("glyphIndex", () -> clear(4, 4, "03 00 ffff"));
        ClearCodec codec = new ClearCodec();
        clear(codec, 2, 2, "01 00 0500 04000000 00000000 00000000 000000 04");
        refused("glyphIndex", () -> clear(codec, 8, 8, "03 01 0500"));
        refused("glyphIndex", () -> clear(64, 64, "01 00 0500 00000000 00000000 00000000"));
    }

    @Test
    void cve202626955ClearCodecBarCaches() {
        // a bar that was never kept, and a short one: black, and nothing of anybody's memory
        byte[] in =
                octets("00 00 00000000 0f000000 00000000 0000 0100 0000 0300 000000 ffff ff7f".replace("ff7f", "ff40"));
        int[] target = new int[4 * 4];
        assertThatThrownBy(() -> new ClearCodec().decode(in, 0, in.length - 1, 4, 4, target, 0, 4))
                .isInstanceOf(WireException.class);
    }

    @Test
    void cve202633984And202633985ClearCodecRectangles() {
        String head = "00 00 00000000 00000000 0d000000 ";
        refused("subcodec.width", () -> clear(8, 8, head + "0700 0000 0200 0100 00000000 00"));
        refused("subcodec.width", () -> clear(8, 8, head + "ffff ffff ffff ffff 00000000 00"));
    }

    @Test
    void cve202141160SurfaceCommandsOutsideTheScreen() {
        String pixels = "00".repeat(4 * 64);
        assertThatCode(() -> surfaceCommands("0600 ffff ffff ffff ffff 20 00 00 00 0800 0800 00010000" + pixels))
                .doesNotThrowAnyException();
        refused("", () -> surfaceCommands("0600 0000 0000 0000 0000 20 00 00 00 0000 0000 00000000"));
    }

    /** What a codec leaves behind of a refused bitmap, the next one does not see. */
    @Test
    void aRefusedBitmapLeavesTheCodecUsable() {
        ClearCodec codec = new ClearCodec();
        refused("", () -> clear(codec, 4, 4, "00 00 0a000000 00000000 00000000 000000 ff ffff ffffffff"));
        byte[] in = octets("00 01 04000000 00000000 00000000 0000ff 10");
        int[] target = new int[16];
        codec.decode(in, 0, in.length, 4, 4, target, 0, 4);
        assertThat(Arrays.stream(target).distinct()).containsExactly(0xFFFF0000);
        assertThat(Bytes.of(in).size()).isEqualTo(18);
    }
}
