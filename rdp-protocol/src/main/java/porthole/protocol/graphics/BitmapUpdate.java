package porthole.protocol.graphics;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** TS_UPDATE_BITMAP_DATA, the same on the slow and the fast path. MS-RDPBCGR 2.2.9.1.1.3.1.2.1. */
public record BitmapUpdate(List<Rectangle> rectangles, Bytes trailing) implements Pdu {
    public static final int UPDATETYPE_BITMAP = 0x0001;

    public static final String SECTION = "MS-RDPBCGR 2.2.9.1.1.3.1.2.1";

    public BitmapUpdate {
        rectangles = List.copyOf(rectangles);
    }

    /** One bitmap with its pixels: TS_BITMAP_DATA. */
    public record Rectangle(BitmapHeader header, Bytes bitmapDataStream) implements Pdu {
        public static Rectangle decode(WireReader in) {
            BitmapHeader header = BitmapHeader.decode(in);
            return new Rectangle(header, in.bytes(header.dataLength(), "bitmapDataStream"));
        }

        @Override
        public void encode(WireWriter out) {
            out.pdu(header).bytes(bitmapDataStream);
        }
    }

    /** Is handed the bitmaps of an update one after the other. */
    @FunctionalInterface
    public interface Visitor {
        /** @param bitmapDataStream the pixels, borrowed for the call */
        void bitmap(BitmapHeader header, ByteBuf bitmapDataStream);
    }

    public static BitmapUpdate of(Rectangle... rectangles) {
        return new BitmapUpdate(List.of(rectangles), Bytes.EMPTY);
    }

    /** Shows every bitmap of an update to {@code visitor} without copying any pixels. */
    public static void forEach(WireReader in, Visitor visitor) {
        int count = begin(in);
        for (int i = 0; i < count; i++) {
            BitmapHeader header = in.within("rectangles[" + i + "]", BitmapHeader.SECTION, BitmapHeader::decode);
            visitor.bitmap(header, in.slice(header.dataLength(), "bitmapDataStream"));
        }
    }

    public static BitmapUpdate decode(WireReader in) {
        int count = begin(in);
        List<Rectangle> rectangles = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            rectangles.add(in.within("rectangles[" + i + "]", BitmapHeader.SECTION, Rectangle::decode));
        }
        return new BitmapUpdate(rectangles, in.rest("trailing"));
    }

    private static int begin(WireReader in) {
        in.expect(in.u16le("updateType"), UPDATETYPE_BITMAP, 2, "updateType");
        return in.count(in.u16le("numberRectangles"), BitmapHeader.SIZE, "numberRectangles");
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(UPDATETYPE_BITMAP).u16le(rectangles.size());
        rectangles.forEach(out::pdu);
        out.bytes(trailing);
    }
}
