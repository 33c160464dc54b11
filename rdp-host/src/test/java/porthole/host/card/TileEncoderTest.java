package porthole.host.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.ScreenPainter;
import porthole.protocol.graphics.BitmapUpdate;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** Tiles decode to the card's own pixels, at every depth, compressed or not. */
class TileEncoderTest {
    @ParameterizedTest
    @CsvSource({
        "8, false, false", "8, true, false", "8, true, true", "15, false, false", "15, true, true",
        "16, false, false", "16, true, false", "16, true, true", "24, false, false", "24, true, false",
        "32, false, false", "32, true, false", "32, true, true"
    })
    void decodesToTheCard(int bitsPerPixel, boolean compress, boolean header) {
        TestCard card = new TestCard(333, 247, List.of("one line", "two lines"));
        card.type('x');
        card.movePointer(200, 100);
        Framebuffer screen = new Framebuffer(333, 247);
        ScreenPainter painter = new ScreenPainter(screen);
        painter.palette(new PaletteUpdate(0, TileEncoder.palette(), Bytes.EMPTY));
        TileEncoder encoder = new TileEncoder(bitsPerPixel, compress, header);
        while (!card.dirty().isClean()) {
            BitmapUpdate update =
                    BitmapUpdate.of(encoder.encode(card, card.dirty().take()));
            painter.bitmapUpdate(WireReader.of(update.toByteArray(), "BitmapUpdate", BitmapUpdate.SECTION));
        }
        var picture = screen.snapshot();
        for (int y = 0; y < card.height(); y++) {
            for (int x = 0; x < card.width(); x++) {
                int expected = TileEncoder.shown(card.argb(x, y), bitsPerPixel);
                if (picture.argb(x, y) != expected) {
                    assertThat(Integer.toHexString(picture.argb(x, y)))
                            .as("pixel %d,%d", x, y)
                            .isEqualTo(Integer.toHexString(expected));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 3", "64, 64", "65, 1"})
    void oddSizesAreDrawn(int width, int height) {
        TestCard card = new TestCard(width, height, List.of());
        TileEncoder encoder = new TileEncoder(16, true, false);
        int pixels = 0;
        while (!card.dirty().isClean()) {
            BitmapUpdate.Rectangle tile = encoder.encode(card, card.dirty().take());
            pixels += (tile.header().destRight() - tile.header().destLeft() + 1)
                    * (tile.header().destBottom() - tile.header().destTop() + 1);
            assertThat(tile.header().width() % 4).isZero();
        }
        assertThat(pixels).isEqualTo(width * height);
    }
}
