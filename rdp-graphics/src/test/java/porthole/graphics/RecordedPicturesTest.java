package porthole.graphics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.graphics.picture.Picture;
import porthole.graphics.picture.PixelRect;
import porthole.graphics.pointer.PointerImage;

class RecordedPicturesTest {
    /** The photographs were taken without the pointer, so the pictures are compared without it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "freerdp-tls-xrdp/bpp15-plain",
                "freerdp-tls-xrdp/bpp16-plain",
                "freerdp-tls-xrdp/bpp16-photo",
                "freerdp-tls-xrdp/bpp16-compressed",
                "freerdp-tls-xrdp/bpp24-plain",
                "freerdp-tls-xrdp/bpp32-plain",
                "freerdp-tls-xrdp/bpp32-photo",
                "freerdp-tls-xrdp/bpp32-compressed",
                "freerdp-tls-xrdp/channels",
                "freerdp-tls-xrdp/login-screen",
                "freerdp-tls-xrdp/login-screen-16",
                "freerdp-aad/xrdp-login-screen",
                "freerdp-rdp-xrdp/none",
                "freerdp-gfx-shadow/bulk-level-0",
                "freerdp-gfx-shadow/bulk-level-1",
                "freerdp-gfx-shadow/bulk-level-2",
                "freerdp-gfx-shadow/bulk-level-3",
                "freerdp-gfx-shadow/bitmap-15",
                "freerdp-gfx-shadow/bitmap-16",
                "freerdp-gfx-shadow/bitmap-24",
                "freerdp-gfx-shadow/bitmap-32-planar",
                "freerdp-aad/shadow-bitmap",
                "weston-rdp/tls-bpp32",
                "freerdp-gfx-shadow/bulk-off",
                "freerdp-gfx-shadow/nsc",
                "freerdp-gfx-shadow/rfx-image",
                "freerdp-gfx-shadow/rfx-video",
                "freerdp-tls-xrdp/rfx",
                "weston-rdp/tls-nsc",
                "weston-rdp/tls-rfx"
            })
    void everyPixelIsAsTheRecordedClientShowedIt(String name) {
        RecordedScreen recorded = RecordedScreen.of(name);
        Picture ours = recorded.screen.snapshot();
        Picture theirs = recorded.clientView();
        assertThat(ours.differenceBounds(theirs)).isEqualTo(new PixelRect(0, 0, 0, 0));
        assertThat(ours.differingPixels(theirs)).isZero();
        assertThat(recorded.screen.frames()).isGreaterThan(1);
        assertThat(recorded.screen.takeDirty()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "freerdp-tls-xrdp/bpp24-plain",
                "freerdp-tls-xrdp/bpp32-plain",
                "freerdp-tls-xrdp/bpp32-photo",
                "freerdp-tls-xrdp/bpp32-compressed"
            })
    void atFullDepthEveryPixelIsAsTheServerDrewIt(String name) {
        RecordedScreen recorded = RecordedScreen.of(name);
        assertThat(recorded.screen
                        .snapshot()
                        .differingPixels(recorded.serverView().orElseThrow()))
                .isZero();
    }

    @Test
    void theArrowOfTheServerIsDrawnOnRequest() {
        RecordedScreen recorded = RecordedScreen.of("freerdp-tls-xrdp/login-screen");
        PointerImage arrow = recorded.pointer.image().orElseThrow();
        assertThat(arrow.width()).isEqualTo(32);
        assertThat(arrow.height()).isEqualTo(32);
        int opaque = 0;
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                opaque += arrow.argb(x, y) >>> 24 == 0xFF ? 1 : 0;
                assertThat(arrow.inverts(x, y)).isFalse();
            }
        }
        assertThat(opaque).isBetween(60, 300);
        assertThat(arrow.argb(31, 31)).isZero();

        Picture without = recorded.screen.snapshot();
        recorded.pointer.moveTo(700, 500);
        Picture with = recorded.pointer.drawOnto(without);
        PixelRect changed = without.differenceBounds(with);
        assertThat(new PixelRect(700 - arrow.hotSpotX(), 500 - arrow.hotSpotY(), 32, 32).contains(changed))
                .isTrue();
        assertThat(changed.isEmpty()).isFalse();
        assertThat(without.differingPixels(with)).isLessThanOrEqualTo(opaque);
    }

    @Test
    void pngHasTheSamePixels() throws IOException {
        Picture picture =
                RecordedScreen.of("freerdp-tls-xrdp/bpp32-photo").screen.snapshot();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        picture.writePng(png);
        var image = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
        int[] read = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        assertThat(Picture.copyOf(image.getWidth(), image.getHeight(), read)).isEqualTo(picture);
    }
}
