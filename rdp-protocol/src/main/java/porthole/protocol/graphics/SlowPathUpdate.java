package porthole.protocol.graphics;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** What follows the share data header of a slow-path graphics update. MS-RDPBCGR 2.2.9.1.1.3.1. */
public sealed interface SlowPathUpdate extends Pdu {
    int UPDATETYPE_ORDERS = 0x0000;
    int UPDATETYPE_BITMAP = BitmapUpdate.UPDATETYPE_BITMAP;
    int UPDATETYPE_PALETTE = PaletteUpdate.UPDATETYPE_PALETTE;
    int UPDATETYPE_SYNCHRONIZE = 0x0003;

    String SECTION = "MS-RDPBCGR 2.2.9.1.1.3.1";

    /** Drawing orders, with the padding that only the slow path has. MS-RDPEGDI 2.2.2.2. */
    record Orders(int pad2OctetsA, int numberOrders, int pad2OctetsB, Bytes orderData) implements SlowPathUpdate {
        static Orders decode(WireReader in) {
            in.expect(in.u16le("updateType"), UPDATETYPE_ORDERS, 2, "updateType");
            int padA = in.u16le("pad2OctetsA");
            int numberOrders = in.u16le("numberOrders");
            int padB = in.u16le("pad2OctetsB");
            in.count(numberOrders, 1, "numberOrders");
            return new Orders(padA, numberOrders, padB, in.rest("orderData"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(UPDATETYPE_ORDERS)
                    .u16le(pad2OctetsA)
                    .u16le(numberOrders)
                    .u16le(pad2OctetsB)
                    .bytes(orderData);
        }
    }

    record Bitmap(BitmapUpdate update) implements SlowPathUpdate {
        @Override
        public void encode(WireWriter out) {
            out.pdu(update);
        }
    }

    record Palette(PaletteUpdate update) implements SlowPathUpdate {
        @Override
        public void encode(WireWriter out) {
            out.pdu(update);
        }
    }

    /** An artifact of T.128 without meaning. MS-RDPBCGR 2.2.9.1.1.3.1.3. */
    record Synchronize(Bytes pad2Octets) implements SlowPathUpdate {
        @Override
        public void encode(WireWriter out) {
            out.u16le(UPDATETYPE_SYNCHRONIZE).bytes(pad2Octets);
        }
    }

    /** An update type that nobody has named yet. */
    record Unknown(int updateType, Bytes data) implements SlowPathUpdate {
        @Override
        public void encode(WireWriter out) {
            out.u16le(updateType).bytes(data);
        }
    }

    /** The update type, which stays unread: for whoever goes on with {@link BitmapUpdate#forEach}. */
    static int peekType(WireReader in) {
        return in.peekU16le("updateType");
    }

    static SlowPathUpdate decode(WireReader in) {
        int updateType = peekType(in);
        return switch (updateType) {
            case UPDATETYPE_ORDERS -> in.within("orders", "MS-RDPEGDI 2.2.2.2", Orders::decode);
            case UPDATETYPE_BITMAP -> new Bitmap(in.within("bitmap", BitmapUpdate.SECTION, BitmapUpdate::decode));
            case UPDATETYPE_PALETTE -> new Palette(in.within("palette", PaletteUpdate.SECTION, PaletteUpdate::decode));
            case UPDATETYPE_SYNCHRONIZE -> {
                in.u16le("updateType");
                yield new Synchronize(in.rest("pad2Octets"));
            }
            default -> new Unknown(in.u16le("updateType"), in.rest("data"));
        };
    }
}
