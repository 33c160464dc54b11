package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import porthole.protocol.bulk.Rdp8Decompressor;
import porthole.protocol.drdynvc.Data;
import porthole.protocol.drdynvc.DataFirst;
import porthole.protocol.drdynvc.DynamicPdu;
import porthole.protocol.drdynvc.DynamicReassembler;
import porthole.protocol.rdpedisp.DisplayControlPdu;
import porthole.protocol.rdpgfx.BitmapCommand;
import porthole.protocol.rdpgfx.RdpgfxCommand;
import porthole.protocol.rdpgfx.RdpgfxPdu;
import porthole.protocol.wire.WireReader;

/** Dynamic channels, the compression of RDP 8.0, and the messages of the graphics pipeline. */
class DynamicFuzzTest {
    private static final int MAXIMUM = 256 * 1024;
    private static final Family DYNAMIC = new Family(DynamicPdu::decodeFromServer, DynamicPdu::decodeFromClient);
    private static final Family GRAPHICS = new Family(RdpgfxPdu::decode);
    private static final Family DISPLAY = new Family(DisplayControlPdu::decode);

    @FuzzTest(maxDuration = "15s")
    void dynamic(byte[] input) {
        DYNAMIC.test(input);
    }

    @FuzzTest(maxDuration = "15s")
    void rdpgfx(byte[] input) {
        GRAPHICS.test(input);
    }

    @FuzzTest(maxDuration = "15s")
    void displayControl(byte[] input) {
        DISPLAY.test(input);
    }

    /** PDUs of one channel, each behind a length of one octet. */
    @FuzzTest(maxDuration = "15s")
    void messages(byte[] input) {
        Oracle.refusesOrEnds(input.length, () -> {
            DynamicReassembler channel = new DynamicReassembler(MAXIMUM);
            Cursor cursor = new Cursor(input);
            while (cursor.hasMore()) {
                DynamicPdu pdu = DynamicPdu.decodeFromServer(WireReader.of(cursor.part(cursor.u8()), "Fuzzed", "any"));
                if (pdu instanceof DataFirst first) {
                    channel.accept(first).ifPresent(DynamicFuzzTest::withinMaximum);
                } else if (pdu instanceof Data data) {
                    channel.accept(data).ifPresent(DynamicFuzzTest::withinMaximum);
                }
            }
        });
    }

    private static void withinMaximum(WireReader message) {
        Oracle.require(message.remaining() <= MAXIMUM, () -> message.remaining() + " octets");
        message.rest("all");
    }

    /** Messages, each behind a length of two octets, and what a graphics channel makes of them. */
    @FuzzTest(maxDuration = "15s")
    void zgfx(byte[] input) {
        Oracle.refusesOrEnds(input.length, () -> {
            Rdp8Decompressor decompressor = Rdp8Decompressor.rdp8(MAXIMUM);
            Cursor cursor = new Cursor(input);
            while (cursor.hasMore()) {
                ByteBuf plain = decompressor.decompress(WireReader.of(cursor.part(cursor.u16()), "Fuzzed", "any"));
                Oracle.require(plain.readableBytes() <= MAXIMUM, () -> plain.readableBytes() + " octets");
                RdpgfxPdu.forEach(WireReader.of(plain, "Fuzzed", "any"), new Reading());
            }
        });
    }

    /** Looks at every octet of a bitmap. */
    private static final class Reading implements RdpgfxPdu.Visitor {
        @Override
        public void wireToSurface1(BitmapCommand.WireToSurface1.Target target, ByteBuf bitmapData) {
            bitmapData.forEachByte(octet -> true);
        }

        @Override
        public void wireToSurface2(BitmapCommand.WireToSurface2.Target target, ByteBuf bitmapData) {
            bitmapData.forEachByte(octet -> true);
        }

        @Override
        public void command(RdpgfxCommand command) {
            Oracle.require(command.cmdId() >= 0, command::toString);
        }
    }
}
