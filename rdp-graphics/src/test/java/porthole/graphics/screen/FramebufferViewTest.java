package porthole.graphics.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import porthole.graphics.picture.PixelRect;

class FramebufferViewTest {
    private static final int SIDE = 64;

    private final Framebuffer screen = new Framebuffer(SIDE, SIDE);

    private static PixelRect rect(int x, int y, int width, int height) {
        return new PixelRect(x, y, width, height);
    }

    /** One frame that changes every pixel to one colour, in many pieces. */
    private void frame(int rgb) {
        screen.frame(() -> {
            for (int y = 0; y < SIDE; y += 8) {
                screen.fill(rect(0, y, SIDE / 2, 8), rgb);
                screen.fill(rect(SIDE / 2, y, SIDE / 2, 8), rgb);
            }
        });
    }

    @Test
    void theFirstUpdateIsTheWholeScreenAndOthersAreWhatChanged() {
        try (FramebufferView view = screen.view()) {
            assertThat(view.update()).containsExactly(rect(0, 0, SIDE, SIDE));
            assertThat(view.update()).isEmpty();
            screen.fill(rect(3, 4, 5, 6), 0x123456);
            assertThat(view.update()).containsExactly(rect(3, 4, 5, 6));
            assertThat(view.pixels()[4 * SIDE + 3]).isEqualTo(0xFF123456);
            assertThat(view.pixels()[4 * SIDE + 2]).isEqualTo(0xFF000000);
            assertThat(view.picture()).isEqualTo(screen.snapshot());
        }
    }

    @Test
    void consumersDoNotTakeEachOthersChanges() {
        try (FramebufferView one = screen.view();
                FramebufferView two = screen.view()) {
            one.update();
            two.update();
            screen.takeDirty();
            screen.fill(rect(1, 1, 1, 1), 1);
            assertThat(one.update()).hasSize(1);
            assertThat(screen.takeDirty()).hasSize(1);
            screen.fill(rect(2, 2, 1, 1), 2);
            assertThat(two.update()).hasSizeBetween(1, 2);
            assertThat(one.update()).containsExactly(rect(2, 2, 1, 1));
            assertThat(two.picture()).isEqualTo(one.picture());
        }
    }

    @Test
    void anotherSizeIsTakenOverWhole() {
        try (FramebufferView view = screen.view()) {
            view.update();
            screen.resize(10, 5);
            screen.fill(rect(0, 0, 1, 1), 7);
            assertThat(view.update()).containsExactly(rect(0, 0, 10, 5));
            assertThat(view.picture()).isEqualTo(screen.snapshot());
        }
    }

    /** A consumer that is busy costs the painter nothing, and gets all it missed as one short list. */
    @Test
    void aSlowConsumerGetsChangesAsOne() {
        try (FramebufferView view = screen.view()) {
            view.update();
            for (int i = 0; i < 10_000; i++) {
                screen.fill(rect(i % SIDE, i / SIDE % SIDE, 1, 1), i);
            }
            assertThat(view.update()).hasSizeLessThanOrEqualTo(32);
            assertThat(view.picture()).isEqualTo(screen.snapshot());
            assertThat(view.update()).isEmpty();
        }
    }

    /** Thousands of frames, each of one colour, and a consumer on another thread: two colours at once would be a torn frame. */
    @Test
    void aConsumerNeverSeesHalfAFrame() throws Exception {
        int frames = 4000;
        CountDownLatch looking = new CountDownLatch(1);
        AtomicReference<String> torn = new AtomicReference<>();
        Thread consumer = new Thread(() -> {
            try (FramebufferView view = screen.view()) {
                int last = 0;
                while (last < frames) {
                    view.update();
                    looking.countDown();
                    int first = view.pixels()[0];
                    for (int pixel : view.pixels()) {
                        if (pixel != first) {
                            torn.set(String.format("%08X beside %08X", pixel, first));
                            return;
                        }
                    }
                    int now = first & 0xFFFFFF;
                    if (now < last) {
                        torn.set("frame " + now + " after " + last);
                        return;
                    }
                    last = now;
                }
            }
        });
        consumer.start();
        looking.await();
        for (int i = 1; i <= frames; i++) {
            frame(i);
        }
        consumer.join();
        assertThat(torn.get()).isNull();
        assertThat(screen.frames()).isEqualTo(frames);
    }

    @Test
    void whatIsClosedIsForgotten() {
        FramebufferView view = screen.view();
        view.update();
        view.close();
        screen.fill(rect(0, 0, 1, 1), 9);
        assertThat(List.of(view.update().size(), view.pixels()[0])).containsExactly(0, 0xFF000000);
    }
}
