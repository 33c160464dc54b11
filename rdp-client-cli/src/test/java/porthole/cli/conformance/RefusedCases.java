package porthole.cli.conformance;

import static porthole.cli.conformance.Gfx.GREEN;
import static porthole.cli.conformance.Gfx.at;
import static porthole.cli.conformance.Gfx.rect;

import java.util.List;
import porthole.protocol.rdpgfx.CapsSet;
import porthole.protocol.rdpgfx.SessionCommand;

/** Negative cases of MS-RDPEGFX about surfaces, the cache, copies, segments and capabilities. There is a surface 1. */
final class RefusedCases {
    /** Cases in which the host sends something wrong where its choice of a version should be. */
    static final List<String> INSTEAD_OF_CONFIRM = List.of(
            "CapabilityExchange", "Segmentation", "Compression", "SurfaceToScreen_Negative_IncorrectPduLengthInHeader");

    private static final int NONE = 0xFFFF;

    private RefusedCases() {}

    private static byte[] confirm(GraphicsHost h) {
        return GraphicsHost.pdu(
                new SessionCommand.CapsConfirm(h.advertisement().capsSets().get(0)));
    }

    /** A confirm whose octet at an offset is another one. */
    private static byte[] confirmBut(GraphicsHost h, int offset, int octet) {
        byte[] confirm = confirm(h);
        confirm[offset] = (byte) octet;
        return confirm;
    }

    static List<Case<GraphicsHost>> all() {
        return List.of(
                Case.of("CapabilityExchange_Negative_IncorrectCapsDataLength", h -> h.refused(confirmBut(h, 12, 5))),
                Case.of(
                        "CapabilityExchange_Negative_IncorrectVersion",
                        h -> h.refused(GraphicsHost.pdu(new SessionCommand.CapsConfirm(CapsSet.of(0x00080003, 0))))),
                Case.of(
                        "SurfaceToScreen_Negative_IncorrectPduLengthInHeader",
                        h -> h.refused(confirmBut(h, 4, confirm(h).length - 1))),
                Case.of("SurfaceToScreen_Negative_CreateDuplicateSurface", h -> h.refusedFrame(Gfx.create(1, 32, 32))),
                Case.of(
                        "SurfaceToScreen_Negative_DeleteInexistentSurface",
                        h -> h.refusedFrame(Gfx.delete(1), Gfx.delete(1))),
                Case.of(
                        "SurfaceToScreen_PositiveTest_DeleteSurface",
                        h -> h.refusedFrame(Gfx.delete(1), Gfx.map(1, 0, 0))),
                Case.of(
                        "SurfaceToScreen_Negative_MapInexistentSurfaceToOutput",
                        h -> h.refusedFrame(Gfx.map(NONE, 0, 0))),
                Case.of(
                        "SurfaceToScreen_Negative_SolidFillToInexistentSurface",
                        h -> h.refusedFrame(Gfx.fill(NONE, GREEN, rect(0, 0, 8, 8)))),
                Case.of(
                        "CacheManagement_PositiveTest_EvictCache_DeleteCacheSlot",
                        h -> h.refusedFrame(
                                Gfx.toCache(1, 1, rect(0, 0, 16, 16)), Gfx.evict(1), Gfx.fromCache(1, 1, at(0, 0)))),
                Case.of("CacheManagement_Negative_Default_ExceedMaxCacheSize", h -> {
                    byte[][] puts = new byte[102][];
                    puts[0] = Gfx.create(2, 512, 512);
                    for (int slot = 1; slot < puts.length; slot++) {
                        puts[slot] = Gfx.toCache(2, slot, rect(0, 0, 512, 512));
                    }
                    h.refusedFrame(puts);
                }),
                Case.of(
                        "CacheManagement_Negative_SurfaceToCache_InexistentSurface",
                        h -> h.refusedFrame(Gfx.toCache(NONE, 1, rect(0, 0, 8, 8)))),
                Case.of(
                        "CacheManagement_Negative_CacheToSurface_InexistentSurface",
                        h -> h.refusedFrame(Gfx.toCache(1, 1, rect(0, 0, 8, 8)), Gfx.fromCache(1, NONE, at(0, 0)))),
                Case.of(
                        "CacheManagement_Negative_CacheToSurface_InexistentCacheSlot",
                        h -> h.refusedFrame(Gfx.fromCache(0xFEFE, 1, at(0, 0)))),
                Case.of("CacheManagement_Negative_Delete_InexistentCacheSlot", h -> h.refusedFrame(Gfx.evict(0xFEFE))),
                Case.of(
                        "SurfaceToSurface_Negative_InterSurfaceCopy_InexistentSrc",
                        h -> h.refusedFrame(Gfx.copy(NONE, 1, rect(0, 0, 8, 8), at(0, 0)))),
                Case.of(
                        "SurfaceToSurface_Negative_InterSurfaceCopy_InexistentDest",
                        h -> h.refusedFrame(Gfx.copy(1, NONE, rect(0, 0, 8, 8), at(0, 0)))),
                Case.of(
                        "SurfaceToSurface_Negative_InterSurfaceCopy_SrcOutOfBoundary",
                        h -> h.refusedFrame(Gfx.create(2, 600, 600), Gfx.copy(1, 2, rect(0, 0, 512, 512), at(0, 0)))),
                Case.of(
                        "SurfaceToSurface_Negative_InterSurfaceCopy_DestOutOfBoundary",
                        h -> h.refusedFrame(Gfx.create(2, 356, 356), Gfx.copy(1, 2, rect(0, 0, 64, 64), at(512, 512)))),
                Case.of("SurfaceToSurface_Negative_DestPtsMismatch", h -> {
                    byte[] copy = Gfx.copy(1, 1, rect(0, 0, 8, 8), at(0, 0));
                    copy[20] = 2; // destPtsCount
                    h.refusedFrame(copy);
                }),
                Case.of("Segmentation_Negative_UncompressedNoSegmentHeader", h -> h.refusedAsIs(confirm(h))),
                Case.of(
                        "Segmentation_Negative_CompressedNoSegmentHeader",
                        h -> h.refusedAsIs(new Octets().u8(0x24).raw(confirm(h)).done())),
                Case.of(
                        "Segmentation_Negative_IncorrectSegmentDescriptor",
                        h -> h.refusedAsIs(
                                new Octets().u8(0xFF, 0x04).raw(confirm(h)).done())),
                Case.of(
                        "Segmentation_Negative_SingleSegmentWithSegmentCount",
                        h -> h.refusedAsIs(new Octets()
                                .u8(0xE0)
                                .u16(1)
                                .u8(0x04)
                                .raw(confirm(h))
                                .done())),
                Case.of(
                        "Segmentation_Negative_SingleSegmentWithUncompressedSize",
                        h -> h.refusedAsIs(new Octets()
                                .u8(0xE0)
                                .u32(0xFF)
                                .u8(0x04)
                                .raw(confirm(h))
                                .done())),
                Case.of("Segmentation_Negative_SingleSegmentWithSegmentArray", h -> {
                    byte[] confirm = confirm(h);
                    h.refusedAsIs(new Octets()
                            .u8(0xE0)
                            .u32(confirm.length + 1)
                            .u8(0x04)
                            .raw(confirm)
                            .done());
                }),
                Case.of("Segmentation_Negative_MultiSegmentNoSegmentCount", h -> {
                    byte[] confirm = confirm(h);
                    h.refusedAsIs(new Octets()
                            .u8(0xE1)
                            .u32(confirm.length)
                            .u32(confirm.length + 1)
                            .u8(0x04)
                            .raw(confirm)
                            .done());
                }),
                Case.of("Segmentation_Negative_MultiSegmentNoUncompressedSize", h -> {
                    byte[] confirm = confirm(h);
                    h.refusedAsIs(new Octets()
                            .u8(0xE1)
                            .u16(1)
                            .u32(confirm.length + 1)
                            .u8(0x04)
                            .raw(confirm)
                            .done());
                }),
                Case.of(
                        "Segmentation_Negative_MultiSegmentNoSegmentArray",
                        h -> h.refusedAsIs(new Octets()
                                .u8(0xE1)
                                .u16(1)
                                .u32(confirm(h).length)
                                .done())),
                Case.of(
                        "Compression_Negative_IncorrectCompressFlag",
                        h -> h.refusedAsIs(
                                new Octets().u8(0xE0, 0x44).raw(confirm(h)).done())),
                Case.of(
                        "Compression_Negative_IncorrectCompressType",
                        h -> h.refusedAsIs(
                                new Octets().u8(0xE0, 0x22).raw(confirm(h)).done())),
                Case.of(
                        "Compression_Negative_InvalidCompressPdu",
                        h -> h.refusedAsIs(
                                new Octets().u8(0xE0, 0x24).raw(confirm(h)).done())));
    }
}
