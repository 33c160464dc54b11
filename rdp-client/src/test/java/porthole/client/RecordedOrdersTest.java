package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import porthole.client.capture.Capture;
import porthole.client.capture.CaptureDecoder;
import porthole.client.capture.DecodedPdu;
import porthole.client.replay.Replay;
import porthole.client.replay.ReplayOptions;
import porthole.graphics.picture.Picture;

/** The login screen of xrdp 0.9 as this client recorded it twice: drawn by orders with glyphs and cached bitmaps, and by bitmaps. */
class RecordedOrdersTest {
    private static Capture recording(String name) throws Exception {
        return Capture.open(
                Path.of(RecordedOrdersTest.class.getResource("orders/" + name).toURI()));
    }

    @Test
    void ordersShowWhatBitmapsShow() throws Exception {
        Picture orders = Replay.run(recording("xrdp-orders.porthole"), ReplayOptions.DEFAULT)
                .picture();
        Picture bitmaps = Replay.run(recording("xrdp-bitmaps.porthole"), ReplayOptions.DEFAULT)
                .picture();
        int different = 0;
        for (int y = 0; y < bitmaps.height(); y++) {
            for (int x = 0; x < bitmaps.width(); x++) {
                different += orders.argb(x, y) == bitmaps.argb(x, y) ? 0 : 1;
            }
        }
        assertThat(different).isZero();
    }

    @Test
    void theDecoderNamesOrdersAndTheirFields() throws Exception {
        List<DecodedPdu> pdus = CaptureDecoder.decode(recording("xrdp-orders.porthole"));
        assertThat(pdus.stream().map(DecodedPdu::problem).flatMap(Optional::stream))
                .isEmpty();
        List<DecodedPdu> updates =
                pdus.stream().filter(pdu -> pdu.name().contains("ORDERS:")).toList();
        assertThat(updates)
                .extracting(DecodedPdu::name)
                .contains("FastPathOutput(ORDERS: OpaqueRect x63 CacheGlyphRev2 x24 GlyphIndex x7 CacheBitmapRev2 x12"
                        + " MemBlt x12 PatBlt(last))");
        assertThat(updates.stream().flatMap(pdu -> pdu.fields().stream()))
                .anyMatch(field -> field.path().equals("FastPathOutput.ORDERS.orderData[0].OpaqueRect.nWidth")
                        && field.value().equals(800L))
                .anyMatch(field -> field.path().endsWith("GlyphIndex.variableBytes"))
                .anyMatch(field -> field.path().endsWith("CacheBitmapRev2.bitmapWidth"))
                .anyMatch(field -> field.path().endsWith("MemBlt.cacheIndex"));
    }
}
