package porthole.protocol.graphics;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** A change of the pointer, without the header of its path. MS-RDPBCGR 2.2.9.1.1.4 and 2.2.9.1.2.1.5 to 2.2.9.1.2.1.11. */
public sealed interface PointerUpdate extends Pdu {
    /** No pointer at all; the fast path has it as an update of its own without any data. */
    record SystemNull() implements PointerUpdate {
        @Override
        public void encode(WireWriter out) {}
    }

    /** The arrow of the system; the fast path has it as an update of its own without any data. */
    record SystemDefault() implements PointerUpdate {
        @Override
        public void encode(WireWriter out) {}
    }

    /** TS_POINTERPOSATTRIBUTE: the host moved the pointer. MS-RDPBCGR 2.2.9.1.1.4.2. */
    record Position(int xPos, int yPos) implements PointerUpdate {
        static final String SECTION = "MS-RDPBCGR 2.2.9.1.1.4.2";

        public static Position decode(WireReader in) {
            return new Position(in.u16le("xPos"), in.u16le("yPos"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(xPos).u16le(yPos);
        }
    }

    /**
     * TS_COLORPOINTERATTRIBUTE: a pointer of 24 bits per pixel. MS-RDPBCGR 2.2.9.1.1.4.4.
     *
     * @param xPos of the hot spot; so is {@code yPos}
     * @param xorMaskData bottom row first, rows padded to 2 octets
     * @param andMaskData one bit per pixel, bottom row first, rows padded to 2 octets
     */
    record Color(int cacheIndex, int xPos, int yPos, int width, int height, Bytes xorMaskData, Bytes andMaskData)
            implements PointerUpdate {
        static final String SECTION = "MS-RDPBCGR 2.2.9.1.1.4.4";

        public static Color decode(WireReader in) {
            int cacheIndex = in.u16le("cacheIndex");
            int xPos = in.u16le("xPos");
            int yPos = in.u16le("yPos");
            int width = in.u16le("width");
            int height = in.u16le("height");
            int lengthAndMask = in.u16le("lengthAndMask");
            int lengthXorMask = in.u16le("lengthXorMask");
            Bytes xorMaskData = in.bytes(lengthXorMask, "xorMaskData");
            return new Color(
                    cacheIndex, xPos, yPos, width, height, xorMaskData, in.bytes(lengthAndMask, "andMaskData"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(cacheIndex).u16le(xPos).u16le(yPos).u16le(width).u16le(height);
            out.u16le(andMaskData.size()).u16le(xorMaskData.size());
            out.bytes(xorMaskData).bytes(andMaskData);
        }
    }

    /** TS_POINTERATTRIBUTE: a pointer of any depth. MS-RDPBCGR 2.2.9.1.1.4.5. */
    record New(int xorBpp, Color colorPtrAttr) implements PointerUpdate {
        static final String SECTION = "MS-RDPBCGR 2.2.9.1.1.4.5";

        public static New decode(WireReader in) {
            return new New(in.u16le("xorBpp"), in.within("colorPtrAttr", Color.SECTION, Color::decode));
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(xorBpp).pdu(colorPtrAttr);
        }
    }

    /** TS_CACHEDPOINTERATTRIBUTE: a pointer that was sent before. MS-RDPBCGR 2.2.9.1.1.4.6. */
    record Cached(int cacheIndex) implements PointerUpdate {
        static final String SECTION = "MS-RDPBCGR 2.2.9.1.1.4.6";

        public static Cached decode(WireReader in) {
            return new Cached(in.u16le("cacheIndex"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(cacheIndex);
        }
    }

    /** TS_FP_LARGEPOINTERATTRIBUTE: up to 384 x 384 pixels. MS-RDPBCGR 2.2.9.1.2.1.11. */
    record Large(
            int xorBpp,
            int cacheIndex,
            int hotSpotX,
            int hotSpotY,
            int width,
            int height,
            Bytes xorMaskData,
            Bytes andMaskData)
            implements PointerUpdate {
        static final String SECTION = "MS-RDPBCGR 2.2.9.1.2.1.11";

        public static Large decode(WireReader in) {
            int xorBpp = in.u16le("xorBpp");
            int cacheIndex = in.u16le("cacheIndex");
            int hotSpotX = in.u16le("hotSpotX");
            int hotSpotY = in.u16le("hotSpotY");
            int width = in.u16le("width");
            int height = in.u16le("height");
            int lengthAndMask = in.count(in.u32le("lengthAndMask"), 1, "lengthAndMask");
            int lengthXorMask = in.count(in.u32le("lengthXorMask"), 1, "lengthXorMask");
            Bytes xorMaskData = in.bytes(lengthXorMask, "xorMaskData");
            return new Large(
                    xorBpp,
                    cacheIndex,
                    hotSpotX,
                    hotSpotY,
                    width,
                    height,
                    xorMaskData,
                    in.bytes(lengthAndMask, "andMaskData"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(xorBpp).u16le(cacheIndex).u16le(hotSpotX).u16le(hotSpotY);
            out.u16le(width).u16le(height);
            out.u32le(andMaskData.size()).u32le(xorMaskData.size());
            out.bytes(xorMaskData).bytes(andMaskData);
        }
    }

    /** A pointer message that nobody has named yet. */
    record Unknown(Bytes data) implements PointerUpdate {
        @Override
        public void encode(WireWriter out) {
            out.bytes(data);
        }
    }
}
