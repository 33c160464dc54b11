package porthole.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static porthole.cli.conformance.Gfx.BLUE;
import static porthole.cli.conformance.Gfx.GREEN;
import static porthole.cli.conformance.Gfx.RED;
import static porthole.cli.conformance.Gfx.YELLOW;
import static porthole.cli.conformance.Gfx.at;
import static porthole.cli.conformance.Gfx.rect;

import java.util.List;
import java.util.stream.IntStream;
import porthole.protocol.rdpgfx.CapsSet;
import porthole.protocol.rdpgfx.Point16;
import porthole.protocol.rdpgfx.Rect16;
import porthole.protocol.rdpgfx.SessionCommand;

/** Positive cases of MS-RDPEGFX about surfaces, the cache, copies, segments and capabilities. */
final class PipelineCases {
    private static final int LONGEST_SIDE = 32_766;

    private PipelineCases() {}

    static List<Case<GraphicsHost>> all() {
        return List.of(
                Case.of("CapabilityExchange_PositiveTest", PipelineCases::capabilities),
                Case.of("SurfaceToScreen_PositiveTest_MapAndFill", h -> {
                    h.frame(Gfx.create(1, 64, 48), Gfx.map(1, 10, 20), Gfx.fill(1, GREEN, rect(0, 0, 64, 48)));
                    shows(h, 10, 20, 64, 48, GREEN);
                    shows(h, 9, 20, 1, 48, 0);
                }),
                Case.of("SurfaceToScreen_PositiveTest_FillAndMap", h -> {
                    h.frame(Gfx.create(1, 64, 48), Gfx.fill(1, GREEN, rect(0, 0, 64, 48)));
                    shows(h, 0, 0, 128, 128, 0);
                    h.frame(Gfx.map(1, 10, 20));
                    shows(h, 10, 20, 64, 48, GREEN);
                }),
                Case.of("SurfaceToScreen_PositiveTest_ScaledOutput", h -> {
                    h.frame(
                            Gfx.create(1, 20, 10),
                            Gfx.fill(1, GREEN, rect(0, 0, 10, 10)),
                            Gfx.fill(1, RED, rect(10, 0, 10, 10)),
                            Gfx.mapScaled(1, 8, 8, 60, 20));
                    shows(h, 8, 8, 30, 20, GREEN);
                    shows(h, 38, 8, 30, 20, RED);
                    shows(h, 68, 8, 4, 20, 0);
                }),
                Case.of("SurfaceToScreen_PositiveTest_MultiSurfaceOverlap", h -> {
                    int[] colors = {GREEN, BLUE, RED, YELLOW};
                    for (int i = 0; i < colors.length; i++) {
                        h.frame(
                                Gfx.create(i, 64, 48),
                                Gfx.map(i, 16 * i, 12 * i),
                                Gfx.fill(i, colors[i], rect(0, 0, 64, 48)));
                        shows(h, 16 * i, 12 * i, 64, 48, colors[i]);
                    }
                    shows(h, 0, 0, 16, 48, GREEN);
                    h.frame(Gfx.delete(0), Gfx.delete(1), Gfx.delete(2), Gfx.delete(3));
                }),
                Case.of("SurfaceToScreen_PositiveTest_FillOverlappedSurface", h -> {
                    h.frame(Gfx.create(1, 64, 64), Gfx.map(1, 0, 0), Gfx.create(2, 64, 64), Gfx.map(2, 32, 32));
                    h.frame(Gfx.fill(1, GREEN, rect(0, 0, 64, 64)));
                    shows(h, 0, 0, 64, 64, GREEN);
                }),
                Case.of("SurfaceToScreen_PositiveTest_CreateSurface_MaxSurfaceId", h -> filled(h, 0xFFFF, 64, 48)),
                Case.of("SurfaceToScreen_PositiveTest_CreateSurface_FullWindow", h -> filled(h, 1, 256, 192)),
                Case.of("SurfaceToScreen_PositiveTest_CreateSurface_MaxWidth", h -> {
                    h.frame(Gfx.reset(LONGEST_SIDE, 64));
                    h.frame(Gfx.surface(1, LONGEST_SIDE, 64), Gfx.fill(1, GREEN, rect(0, 0, LONGEST_SIDE, 64)));
                    shows(h, 0, 0, LONGEST_SIDE, 64, GREEN);
                }),
                Case.of("SurfaceToScreen_PositiveTest_MapSurface_SurfaceBorderOverlapWindow", h -> {
                    h.frame(
                            Gfx.create(1, 64, 48),
                            Gfx.map(1, 256 - 64, 192 - 48),
                            Gfx.fill(1, GREEN, rect(0, 0, 64, 48)));
                    shows(h, 256 - 64, 192 - 48, 64, 48, GREEN);
                }),
                Case.of("SurfaceToScreen_PositiveTest_ReuseSurfaceId", h -> {
                    h.frame(Gfx.surface(1, 64, 48), Gfx.fill(1, GREEN, rect(0, 0, 64, 48)), Gfx.delete(1));
                    h.frame(Gfx.surface(1, 32, 32), Gfx.fill(1, RED, rect(0, 0, 32, 32)));
                    shows(h, 0, 0, 32, 32, RED);
                    h.frame(Gfx.delete(1));
                }),
                Case.of("SurfaceToScreen_PositiveTest_StartFrame_MaxFrameId", h -> {
                    h.frame(0xFFFFFFFFL, Gfx.surface(1, 64, 48), Gfx.fill(1, GREEN, rect(0, 0, 64, 48)));
                    shows(h, 0, 0, 64, 48, GREEN);
                }),
                Case.of("SurfaceToScreen_PositiveTest_SolidFill_ManyFillRects", h -> {
                    Rect16[] rects = IntStream.range(0, 64 * 48)
                            .mapToObj(i -> rect(i % 64, i / 64, 1, 1))
                            .toArray(Rect16[]::new);
                    h.frame(Gfx.surface(1, 64, 48), Gfx.fill(1, GREEN, rects));
                    shows(h, 0, 0, 64, 48, GREEN);
                }),
                Case.of("SurfaceToScreen_PositiveTest_SolidFill_FillRectsBorderOverlapSurface", h -> {
                    h.frame(
                            Gfx.surface(1, 64, 48),
                            Gfx.fill(1, GREEN, rect(54, 0, 10, 10), rect(54, 38, 10, 10), rect(0, 38, 10, 10)));
                    shows(h, 54, 0, 10, 10, GREEN);
                    shows(h, 54, 38, 10, 10, GREEN);
                    shows(h, 0, 38, 10, 10, GREEN);
                    shows(h, 0, 0, 54, 38, 0);
                }),
                Case.of("SurfaceToScreen_PositiveTest_SolidFill_MultiFillRectsOverlapped", h -> {
                    h.frame(Gfx.surface(1, 64, 48), Gfx.fill(1, GREEN, rect(0, 0, 40, 30), rect(20, 10, 40, 30)));
                    shows(h, 0, 0, 40, 30, GREEN);
                    shows(h, 20, 10, 40, 30, GREEN);
                    shows(h, 41, 0, 20, 10, 0);
                }),
                Case.of("SurfaceToScreen_PositiveTest_ResetGraphic_MaxHeighWidth", h -> {
                    h.frame(Gfx.reset(LONGEST_SIDE, 480));
                    assertThat(h.live.session().width()).isEqualTo(LONGEST_SIDE);
                    h.frame(Gfx.reset(640, LONGEST_SIDE));
                    assertThat(h.live.session().height()).isEqualTo(LONGEST_SIDE);
                }),
                Case.of("SurfaceToScreen_PositiveTest_ResetGraphic_MaxMonitorCount", h -> {
                    h.frame(Gfx.reset(256, 192, 16), Gfx.surface(1, 256, 192), Gfx.fill(1, RED, rect(0, 0, 256, 192)));
                    shows(h, 0, 0, 256, 192, RED);
                }),
                Case.of("CacheManagement_PositiveTest", h -> {
                    h.frame(
                            Gfx.surface(1, 64, 48),
                            Gfx.uncompressed(1, RED, rect(0, 0, 16, 16)),
                            Gfx.toCache(1, 1, rect(0, 0, 16, 16)),
                            Gfx.fromCache(
                                    1,
                                    1,
                                    IntStream.range(0, 12)
                                            .mapToObj(i -> at(i % 4 * 16, i / 4 * 16))
                                            .toArray(Point16[]::new)));
                    shows(h, 0, 0, 64, 48, RED);
                }),
                Case.of("CacheManagement_PositiveTest_SurfaceToCache_MaxCacheSlot", h -> {
                    h.frame(
                            Gfx.surface(1, 64, 48),
                            Gfx.fill(1, RED, rect(0, 0, 16, 16)),
                            Gfx.toCache(1, 25_600, rect(0, 0, 16, 16)),
                            Gfx.fromCache(25_600, 1, at(32, 32)));
                    shows(h, 32, 32, 16, 16, RED);
                }),
                Case.of("CacheManagement_PositiveTest_SurfaceToCache_MaxCacheSize", h -> {
                    h.frame(Gfx.surface(1, 512, 512), Gfx.fill(1, RED, rect(0, 0, 512, 512)));
                    for (int slot = 1; slot <= 100; slot++) { // a megabyte each
                        h.send(Gfx.toCache(1, slot, rect(0, 0, 512, 512)));
                    }
                    h.frame(Gfx.fill(1, BLUE, rect(0, 0, 512, 512)), Gfx.fromCache(100, 1, at(0, 0)));
                    shows(h, 0, 0, 64, 64, RED);
                }),
                Case.of("CacheManagement_PositiveTest_SurfaceToCache_SrcRectBorderOverlapSurface", h -> {
                    h.frame(
                            Gfx.surface(1, 64, 48),
                            Gfx.fill(1, RED, rect(48, 32, 16, 16)),
                            Gfx.toCache(1, 1, rect(48, 32, 16, 16)),
                            Gfx.fromCache(1, 1, at(0, 0)));
                    shows(h, 0, 0, 16, 16, RED);
                }),
                Case.of("CacheManagement_PositiveTest_SurfaceToCache_UpdateCache", h -> {
                    h.frame(
                            Gfx.surface(1, 64, 48),
                            Gfx.fill(1, RED, rect(0, 0, 16, 16)),
                            Gfx.toCache(1, 1, rect(0, 0, 16, 16)));
                    h.frame(Gfx.fill(1, BLUE, rect(0, 0, 16, 16)), Gfx.toCache(1, 1, rect(0, 0, 16, 16)));
                    h.frame(Gfx.fromCache(1, 1, at(32, 32)));
                    shows(h, 32, 32, 16, 16, BLUE);
                }),
                Case.of("CacheManagement_PositiveTest_CacheToSurface_DestRectsBorderOverlapSurface", h -> {
                    cached(h);
                    h.frame(Gfx.fromCache(1, 1, at(48, 32)));
                    shows(h, 48, 32, 16, 16, RED);
                }),
                Case.of("CacheManagement_PositiveTest_CacheToSurface_DestRectsOverlapped", h -> {
                    cached(h);
                    h.frame(Gfx.fromCache(1, 1, at(20, 20), at(28, 26)));
                    shows(h, 20, 20, 16, 16, RED);
                    shows(h, 28, 26, 16, 16, RED);
                }),
                Case.of("CacheManagement_PositiveTest_EvictCache", h -> {
                    cached(h);
                    h.frame(Gfx.evict(1));
                    h.frame(Gfx.evict(1)); // an empty slot is no fault
                    h.frame(Gfx.toCache(1, 1, rect(0, 0, 8, 8)), Gfx.fromCache(1, 1, at(40, 40)));
                    shows(h, 40, 40, 8, 8, RED);
                }),
                Case.of("SurfaceToSurface_PositiveTest_InterSurfaceCopy", h -> {
                    two(h);
                    h.frame(Gfx.copy(2, 1, rect(0, 0, 32, 32), at(8, 8)));
                    shows(h, 8, 8, 32, 32, BLUE);
                    shows(h, 0, 0, 64, 8, GREEN);
                }),
                Case.of("SurfaceToSurface_PositiveTest_IntraSurfaceCopy", h -> {
                    h.frame(
                            Gfx.surface(1, 64, 48),
                            Gfx.fill(1, GREEN, rect(0, 0, 64, 48)),
                            Gfx.fill(1, BLUE, rect(0, 0, 16, 16)),
                            Gfx.copy(1, 1, rect(0, 0, 16, 16), at(40, 30)));
                    shows(h, 40, 30, 16, 16, BLUE);
                    shows(h, 20, 0, 20, 48, GREEN);
                }),
                Case.of("SurfaceToSurface_PositiveTest_SrcRectBorderOverlapSurface", h -> {
                    two(h);
                    h.frame(Gfx.copy(1, 2, rect(48, 32, 16, 16), at(4, 4)));
                    shows(h, 100 + 4, 4, 16, 16, GREEN);
                }),
                Case.of("SurfaceToSurface_PositiveTest_DestRectsBorderOverlapSurface", h -> {
                    two(h);
                    h.frame(Gfx.copy(1, 2, rect(0, 0, 8, 8), at(24, 0), at(24, 24), at(0, 24)));
                    shows(h, 124, 0, 8, 8, GREEN);
                    shows(h, 124, 24, 8, 8, GREEN);
                    shows(h, 100, 24, 8, 8, GREEN);
                    shows(h, 100, 0, 24, 24, BLUE);
                }),
                Case.of("SurfaceToSurface_PositiveTest_DestRectsOverlapped", h -> {
                    two(h);
                    h.frame(Gfx.copy(1, 2, rect(0, 0, 12, 12), at(2, 2), at(8, 8)));
                    shows(h, 102, 2, 12, 12, GREEN);
                    shows(h, 108, 8, 12, 12, GREEN);
                }),
                Case.of("SurfaceToSurface_PositiveTest_DestRectOverlapSourceRect", h -> {
                    h.frame(
                            Gfx.surface(1, 64, 48),
                            Gfx.fill(1, GREEN, rect(0, 0, 10, 48)),
                            Gfx.fill(1, RED, rect(10, 0, 10, 48)),
                            Gfx.copy(1, 1, rect(0, 0, 20, 20), at(10, 10)));
                    shows(h, 10, 10, 10, 20, GREEN);
                    shows(h, 20, 10, 10, 20, RED);
                }),
                Case.of("WireToSurface_PositiveTest", h -> {
                    h.frame(
                            Gfx.surface(1, 64, 48),
                            Gfx.fill(1, GREEN, rect(0, 0, 64, 48)),
                            Gfx.uncompressed(1, RED, rect(10, 10, 20, 20)));
                    shows(h, 10, 10, 20, 20, RED);
                    shows(h, 0, 0, 64, 10, GREEN);
                }),
                Case.of("WireToSurface_PositiveTest_ImageBorderOverlapSurface", h -> {
                    h.frame(Gfx.surface(1, 64, 48), Gfx.fill(1, GREEN, rect(0, 0, 64, 48)));
                    h.frame(Gfx.uncompressed(1, RED, rect(54, 0, 10, 10)));
                    h.frame(Gfx.uncompressed(1, BLUE, rect(54, 38, 10, 10)));
                    h.frame(Gfx.uncompressed(1, YELLOW, rect(0, 38, 10, 10)));
                    shows(h, 54, 0, 10, 10, RED);
                    shows(h, 54, 38, 10, 10, BLUE);
                    shows(h, 0, 38, 10, 10, YELLOW);
                }),
                Case.of("Segmentation_Positive_MultipleSegmentedPacking", h -> {
                    h.frame(Gfx.surface(1, 256, 192), Gfx.uncompressed(1, RED, rect(0, 0, 256, 192)));
                    shows(h, 0, 0, 256, 192, RED);
                }),
                Case.of("Segmentation_Positive_UncompressedSegmentHeader", h -> {
                    h.frame(Gfx.surface(1, 64, 48), Gfx.fill(1, BLUE, rect(0, 0, 64, 48)));
                    shows(h, 0, 0, 64, 48, BLUE);
                }),
                Case.of("Compression_PositiveTest", h -> {
                    byte[] plain = GraphicsHost.framed(
                            7, Gfx.surface(1, 64, 48), Gfx.uncompressed(1, RED, rect(0, 0, 64, 48)));
                    byte[] packed = Zgfx.compress(plain);
                    assertThat(packed).hasSizeLessThan(plain.length / 3);
                    h.frameAsIs(7, packed);
                    shows(h, 0, 0, 64, 48, RED);
                }));
    }

    private static void shows(GraphicsHost h, int x, int y, int width, int height, int color) {
        Pictures.shows(h.live.picture(), x, y, width, height, color);
    }

    private static void capabilities(GraphicsHost h) {
        h.open();
        List<CapsSet> sets = h.advertisement().capsSets();
        assertThat(sets.get(0).version()).isEqualTo(CapsSet.CAPVERSION_8);
        assertThat(sets.get(0).capsData().size()).isEqualTo(4);
        assertThat(sets.get(0).flags().orElseThrow()).isBetween(0, 2);
        h.send(GraphicsHost.pdu(new SessionCommand.CapsConfirm(sets.get(0))));
        filled(h, 1, 64, 48);
    }

    private static void filled(GraphicsHost h, int id, int width, int height) {
        h.frame(Gfx.surface(id, width, height), Gfx.fill(id, GREEN, rect(0, 0, width, height)));
        shows(h, 0, 0, width, height, GREEN);
        h.frame(Gfx.delete(id));
    }

    private static void cached(GraphicsHost h) {
        h.frame(Gfx.surface(1, 64, 48), Gfx.fill(1, RED, rect(0, 0, 16, 16)), Gfx.toCache(1, 1, rect(0, 0, 16, 16)));
    }

    private static void two(GraphicsHost h) {
        h.frame(
                Gfx.surface(1, 64, 48),
                Gfx.fill(1, GREEN, rect(0, 0, 64, 48)),
                Gfx.create(2, 32, 32),
                Gfx.map(2, 100, 0),
                Gfx.fill(2, BLUE, rect(0, 0, 32, 32)));
    }
}
