package porthole.protocol.orders.window;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * A new window, or what changed about one; fields are present as the flags say. MS-RDPERP 2.2.1.3.1.2.1.
 *
 * @param clientOffset ClientOffsetX and ClientOffsetY, in pixels from the corner of the screen
 * @param clientArea ClientAreaWidth and ClientAreaHeight, in pixels
 * @param resizeMarginX WindowLeftResizeMargin and WindowRightResizeMargin, in pixels
 * @param resizeMarginY WindowTopResizeMargin and WindowBottomResizeMargin, in pixels
 * @param windowOffset WindowOffsetX and WindowOffsetY, in pixels from the corner of the primary monitor
 * @param windowClientDelta WindowClientDeltaX and WindowClientDeltaY, in pixels
 * @param windowSize WindowWidth and WindowHeight, in pixels
 * @param visibleOffset VisibleOffsetX and VisibleOffsetY, in pixels from the corner of the screen
 * @param trailing octets that the order's size covers and nothing accounts for
 */
public record WindowInformation(
        long fieldsPresentFlags,
        long windowId,
        OptionalLong ownerWindowId,
        Optional<Style> style,
        OptionalInt showState,
        Optional<String> titleInfo,
        Optional<Pair> clientOffset,
        Optional<Pair> clientArea,
        Optional<Pair> resizeMarginX,
        Optional<Pair> resizeMarginY,
        OptionalInt rpContent,
        OptionalLong rootParentHandle,
        Optional<Pair> windowOffset,
        Optional<Pair> windowClientDelta,
        Optional<Pair> windowSize,
        Optional<List<WindowRectangle>> windowRects,
        Optional<Pair> visibleOffset,
        Optional<List<WindowRectangle>> visibilityRects,
        Optional<String> overlayDescription,
        OptionalInt taskbarButton,
        OptionalInt enforceServerZOrder,
        OptionalInt appBarState,
        OptionalInt appBarEdge,
        Bytes trailing)
        implements WindowOrder {
    public static final long WINDOW_ORDER_FIELD_APPBAR_EDGE = 0x01;
    public static final long WINDOW_ORDER_FIELD_OWNER = 0x02;
    public static final long WINDOW_ORDER_FIELD_TITLE = 0x04;
    public static final long WINDOW_ORDER_FIELD_STYLE = 0x08;
    public static final long WINDOW_ORDER_FIELD_SHOW = 0x10;
    public static final long WINDOW_ORDER_FIELD_APPBAR_STATE = 0x40;
    public static final long WINDOW_ORDER_FIELD_RESIZE_MARGIN_X = 0x80;
    public static final long WINDOW_ORDER_FIELD_WNDRECTS = 0x0100;
    public static final long WINDOW_ORDER_FIELD_VISIBILITY = 0x0200;
    public static final long WINDOW_ORDER_FIELD_WNDSIZE = 0x0400;
    public static final long WINDOW_ORDER_FIELD_WNDOFFSET = 0x0800;
    public static final long WINDOW_ORDER_FIELD_VISOFFSET = 0x1000;
    public static final long WINDOW_ORDER_FIELD_CLIENTAREAOFFSET = 0x4000;
    public static final long WINDOW_ORDER_FIELD_CLIENTDELTA = 0x8000;
    public static final long WINDOW_ORDER_FIELD_CLIENTAREASIZE = 0x0001_0000L;
    public static final long WINDOW_ORDER_FIELD_RPCONTENT = 0x0002_0000L;
    public static final long WINDOW_ORDER_FIELD_ROOTPARENT = 0x0004_0000L;
    public static final long WINDOW_ORDER_FIELD_ENFORCE_SERVER_ZORDER = 0x0008_0000L;
    public static final long WINDOW_ORDER_FIELD_ICON_OVERLAY_NULL = 0x0020_0000L;
    public static final long WINDOW_ORDER_FIELD_OVERLAY_DESCRIPTION = 0x0040_0000L;
    public static final long WINDOW_ORDER_FIELD_TASKBAR_BUTTON = 0x0080_0000L;
    public static final long WINDOW_ORDER_FIELD_RESIZE_MARGIN_Y = 0x0800_0000L;

    /** Style and ExtendedStyle, as Windows has them. */
    public record Style(long style, long extendedStyle) {}

    /** Two numbers of 32 bits; sizes and margins have no sign on the wire, but fit into one that has. */
    public record Pair(int first, int second) {}

    public WindowInformation {
        windowRects = windowRects.map(List::copyOf);
        visibilityRects = visibilityRects.map(List::copyOf);
    }

    static WindowInformation decode(WireReader in, long flags) {
        return new WindowInformation(
                flags,
                in.u32le("WindowId"),
                has(flags, WINDOW_ORDER_FIELD_OWNER)
                        ? OptionalLong.of(in.u32le("OwnerWindowId"))
                        : OptionalLong.empty(),
                has(flags, WINDOW_ORDER_FIELD_STYLE)
                        ? Optional.of(new Style(in.u32le("Style"), in.u32le("ExtendedStyle")))
                        : Optional.empty(),
                u8(in, flags, WINDOW_ORDER_FIELD_SHOW, "ShowState"),
                text(in, flags, WINDOW_ORDER_FIELD_TITLE, "TitleInfo"),
                pair(in, flags, WINDOW_ORDER_FIELD_CLIENTAREAOFFSET, "ClientOffsetX", "ClientOffsetY"),
                pair(in, flags, WINDOW_ORDER_FIELD_CLIENTAREASIZE, "ClientAreaWidth", "ClientAreaHeight"),
                pair(
                        in,
                        flags,
                        WINDOW_ORDER_FIELD_RESIZE_MARGIN_X,
                        "WindowLeftResizeMargin",
                        "WindowRightResizeMargin"),
                pair(
                        in,
                        flags,
                        WINDOW_ORDER_FIELD_RESIZE_MARGIN_Y,
                        "WindowTopResizeMargin",
                        "WindowBottomResizeMargin"),
                u8(in, flags, WINDOW_ORDER_FIELD_RPCONTENT, "RPContent"),
                has(flags, WINDOW_ORDER_FIELD_ROOTPARENT)
                        ? OptionalLong.of(in.u32le("RootParentHandle"))
                        : OptionalLong.empty(),
                pair(in, flags, WINDOW_ORDER_FIELD_WNDOFFSET, "WindowOffsetX", "WindowOffsetY"),
                pair(in, flags, WINDOW_ORDER_FIELD_CLIENTDELTA, "WindowClientDeltaX", "WindowClientDeltaY"),
                pair(in, flags, WINDOW_ORDER_FIELD_WNDSIZE, "WindowWidth", "WindowHeight"),
                has(flags, WINDOW_ORDER_FIELD_WNDRECTS)
                        ? Optional.of(WindowRectangle.decodeAll(in, "NumWindowRects", "WindowRects"))
                        : Optional.empty(),
                pair(in, flags, WINDOW_ORDER_FIELD_VISOFFSET, "VisibleOffsetX", "VisibleOffsetY"),
                has(flags, WINDOW_ORDER_FIELD_VISIBILITY)
                        ? Optional.of(WindowRectangle.decodeAll(in, "NumVisibilityRects", "VisibilityRects"))
                        : Optional.empty(),
                text(in, flags, WINDOW_ORDER_FIELD_OVERLAY_DESCRIPTION, "OverlayDescription"),
                u8(in, flags, WINDOW_ORDER_FIELD_TASKBAR_BUTTON, "TaskbarButton"),
                u8(in, flags, WINDOW_ORDER_FIELD_ENFORCE_SERVER_ZORDER, "EnforceServerZOrder"),
                u8(in, flags, WINDOW_ORDER_FIELD_APPBAR_STATE, "AppBarState"),
                u8(in, flags, WINDOW_ORDER_FIELD_APPBAR_EDGE, "AppBarEdge"),
                in.rest("trailing"));
    }

    private static boolean has(long flags, long flag) {
        return (flags & flag) != 0;
    }

    private static OptionalInt u8(WireReader in, long flags, long flag, String field) {
        return has(flags, flag) ? OptionalInt.of(in.u8(field)) : OptionalInt.empty();
    }

    private static Optional<String> text(WireReader in, long flags, long flag, String field) {
        return has(flags, flag) ? Optional.of(WindowText.decode(in, field)) : Optional.empty();
    }

    private static Optional<Pair> pair(WireReader in, long flags, long flag, String first, String second) {
        return has(flags, flag) ? Optional.of(new Pair(in.s32le(first), in.s32le(second))) : Optional.empty();
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(fieldsPresentFlags).u32le(windowId);
        ownerWindowId.ifPresent(out::u32le);
        style.ifPresent(both -> out.u32le(both.style).u32le(both.extendedStyle));
        showState.ifPresent(out::u8);
        titleInfo.ifPresent(text -> WindowText.encode(out, text));
        encode(out, clientOffset);
        encode(out, clientArea);
        encode(out, resizeMarginX);
        encode(out, resizeMarginY);
        rpContent.ifPresent(out::u8);
        rootParentHandle.ifPresent(out::u32le);
        encode(out, windowOffset);
        encode(out, windowClientDelta);
        encode(out, windowSize);
        windowRects.ifPresent(all -> WindowRectangle.encodeAll(out, all));
        encode(out, visibleOffset);
        visibilityRects.ifPresent(all -> WindowRectangle.encodeAll(out, all));
        overlayDescription.ifPresent(text -> WindowText.encode(out, text));
        taskbarButton.ifPresent(out::u8);
        enforceServerZOrder.ifPresent(out::u8);
        appBarState.ifPresent(out::u8);
        appBarEdge.ifPresent(out::u8);
        out.bytes(trailing);
    }

    private static void encode(WireWriter out, Optional<Pair> pair) {
        pair.ifPresent(both -> out.u32le(both.first).u32le(both.second));
    }
}
