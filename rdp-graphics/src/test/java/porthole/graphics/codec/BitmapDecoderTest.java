package porthole.graphics.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;

class BitmapDecoderTest {
    private static final int[] PALETTE = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            PALETTE[i] = 0xFF000000 | i * 0x010203;
        }
    }

    private final BitmapDecoder decoder = new BitmapDecoder();

    private int[] raw(int width, int height, int bpp, String hex) {
        int[] pixels = decoder.decode(
                width, height, bpp, false, Unpooled.wrappedBuffer(Bytes.hex(hex).toArray()), PALETTE, 1000);
        return Arrays.copyOf(pixels, width * height);
    }

    @Test
    void everyDepthUncompressed() {
        assertThat(raw(2, 1, 8, "01 FF")).containsExactly(0xFF010203, PALETTE[255]);
        assertThat(raw(2, 1, 15, "007C E003")).containsExactly(0xFFFF0000, 0xFF00FF00);
        assertThat(raw(3, 1, 16, "00F8 E007 1F00")).containsExactly(0xFFFF0000, 0xFF00FF00, 0xFF0000FF);
        assertThat(raw(1, 1, 24, "112233")).containsExactly(0xFF332211);
        assertThat(raw(1, 1, 32, "11223300")).containsExactly(0xFF332211);
    }

    @Test
    void widenedAsTheRecordedClientDoesIt() {
        assertThat(PixelFormat.rgb555(0x0421)).isEqualTo(0xFF080808);
        assertThat(PixelFormat.rgb555(0x4210)).isEqualTo(0xFF848484);
        assertThat(PixelFormat.rgb565(16 << 11 | 16 << 5 | 16)).isEqualTo(0xFF844284);
        assertThat(PixelFormat.rgb565(62 << 5)).isEqualTo(0xFF00FF00);
        assertThat(PixelFormat.rgb565(0xFFFF)).isEqualTo(0xFFFFFFFF);
    }

    @Test
    void rowsMayBePaddedToFourOctets() {
        assertThat(raw(1, 2, 24, "112233 00 445566 00")).containsExactly(0xFF332211, 0xFF665544);
        assertThat(raw(1, 2, 24, "112233 445566")).containsExactly(0xFF332211, 0xFF665544);
        assertThat(raw(3, 2, 8, "010203 00 040506 00"))
                .containsExactly(PALETTE[1], PALETTE[2], PALETTE[3], PALETTE[4], PALETTE[5], PALETTE[6]);
    }

    @Test
    void sizesAndDepthsBeyondReasonAreRefused() {
        assertThatThrownBy(() -> raw(1, 1, 4, "00"))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("bitsPerPixel");
        assertThatThrownBy(() -> raw(0, 1, 8, "")).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> raw(65535, 65535, 8, "00"))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("65535 x 65535");
        assertThatThrownBy(() -> raw(2, 2, 16, "0000000000"))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("5 octets");
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 15, 16, 24, 32})
    void arbitraryOctetsAreDecodedOrRefused(int bpp) {
        var random = new SplittableRandom(bpp);
        int decoded = 0;
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] octets = new byte[random.nextInt(60)];
            random.nextBytes(octets);
            int width = 1 + random.nextInt(12);
            int height = 1 + random.nextInt(6);
            if (octets.length > 0 && bpp == 32) {
                octets[0] &= 0x3F;
            }
            try {
                int[] pixels = decoder.decode(
                        width,
                        height,
                        bpp,
                        random.nextInt(4) != 0,
                        Unpooled.wrappedBuffer(octets),
                        PALETTE,
                        Integer.MAX_VALUE);
                assertThat(pixels.length).isGreaterThanOrEqualTo(width * height);
                decoded++;
            } catch (WireException expected) {
                assertThat(expected.offset()).isBetween(0, octets.length);
                refused++;
            }
        }
        assertThat(decoded).isPositive();
        assertThat(refused).isPositive();
    }
}
