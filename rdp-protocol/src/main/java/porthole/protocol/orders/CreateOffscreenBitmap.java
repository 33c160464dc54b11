package porthole.protocol.orders;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Create Offscreen Bitmap: a surface in the offscreen bitmap cache. MS-RDPEGDI 2.2.2.2.1.3.2.
 *
 * @param offscreenBitmapId 0 to 32767
 * @param cx width in pixels
 * @param cy height in pixels
 * @param deleteList entries to delete first; absent where none were named
 */
public record CreateOffscreenBitmap(int offscreenBitmapId, int cx, int cy, Optional<List<Integer>> deleteList)
        implements AlternateSecondaryOrder {
    static final String SECTION = "MS-RDPEGDI 2.2.2.2.1.3.2";

    private static final int DELETE_LIST_PRESENT = 0x8000;

    public CreateOffscreenBitmap {
        deleteList = deleteList.map(List::copyOf);
    }

    static CreateOffscreenBitmap decode(WireReader in) {
        int flags = in.u16le("flags");
        int cx = in.u16le("cx");
        int cy = in.u16le("cy");
        Optional<List<Integer>> deleteList = Optional.empty();
        if ((flags & DELETE_LIST_PRESENT) != 0) {
            int count = in.count(in.u16le("cIndices"), 2, "cIndices");
            List<Integer> indices = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                indices.add(in.u16le("indices"));
            }
            deleteList = Optional.of(indices);
        }
        return new CreateOffscreenBitmap(flags & ~DELETE_LIST_PRESENT, cx, cy, deleteList);
    }

    @Override
    public int orderType() {
        return TS_ALTSEC_CREATE_OFFSCR_BITMAP;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.u16le(offscreenBitmapId | (deleteList.isPresent() ? DELETE_LIST_PRESENT : 0));
        out.u16le(cx).u16le(cy);
        deleteList.ifPresent(indices -> {
            out.u16le(indices.size());
            indices.forEach(out::u16le);
        });
    }
}
