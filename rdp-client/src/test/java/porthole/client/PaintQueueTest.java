package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaintQueueTest {
    private final ArrayDeque<Runnable> executor = new ArrayDeque<>();
    private final List<Boolean> reading = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<Integer> painted = new ArrayList<>();
    private final PaintQueue queue = new PaintQueue(executor::add, reading::add, failures::add);

    private void work() {
        for (Runnable task = executor.poll(); task != null; task = executor.poll()) {
            task.run();
        }
    }

    @Test
    void paintsInOrderAndGivesOthersTheirTurn() {
        for (int i = 0; i < 200; i++) {
            int number = i;
            queue.add(10, () -> painted.add(number));
        }
        assertThat(executor).hasSize(1);
        executor.poll().run();
        assertThat(painted).hasSize(64);
        assertThat(queue.isIdle()).isFalse();
        work();
        assertThat(painted).hasSize(200).isSorted();
        assertThat(queue.isIdle()).isTrue();
        assertThat(reading).isEmpty();
    }

    @Test
    void readingStopsWhileTooMuchWaitsAndGoesOnAfterwards() {
        for (int i = 0; i < 9; i++) {
            queue.add(1 << 20, () -> painted.add(0));
        }
        assertThat(reading).containsExactly(false);
        work();
        assertThat(painted).hasSize(9);
        assertThat(reading).containsExactly(false, true);
    }

    @Test
    void afterAFailureNothingMoreIsPainted() {
        queue.add(1, () -> painted.add(1));
        queue.add(1, () -> {
            throw new IllegalStateException("broken");
        });
        queue.add(1, () -> painted.add(2));
        work();
        queue.add(1, () -> painted.add(3));
        work();
        assertThat(painted).containsExactly(1);
        assertThat(failures).hasSize(1);
        assertThat(failures.get(0)).hasMessage("broken");
    }

    @Test
    void withoutAnExecutorWorkIsDoneAtOnce() {
        PaintQueue inline = new PaintQueue(null, reading::add, failures::add);
        inline.add(100 << 20, () -> painted.add(7));
        assertThat(painted).containsExactly(7);
        assertThat(reading).isEmpty();
    }

    @Test
    void theLastThingIsDoneAfterAllOthersWhateverBecomesOfThem() {
        queue.afterAll(() -> painted.add(0));
        assertThat(painted).containsExactly(0);
        queue.add(1, () -> painted.add(1));
        queue.afterAll(() -> painted.add(2));
        assertThat(painted).containsExactly(0);
        work();
        assertThat(painted).containsExactly(0, 1, 2);
        queue.add(1, () -> {
            throw new IllegalStateException("broken");
        });
        queue.add(1, () -> painted.add(3));
        queue.afterAll(() -> painted.add(4));
        work();
        queue.afterAll(() -> painted.add(5));
        assertThat(painted).containsExactly(0, 1, 2, 4, 5);
    }

    @Test
    void whatFreesThingsIsDoneInItsTurnAndAfterAFailure() {
        queue.add(1, () -> painted.add(1));
        queue.addSurely(() -> painted.add(2));
        queue.add(1, () -> {
            throw new IllegalStateException("broken");
        });
        queue.addSurely(() -> painted.add(3));
        queue.add(1, () -> painted.add(4));
        work();
        queue.addSurely(() -> painted.add(5));
        assertThat(painted).containsExactly(1, 2, 3, 5);
        assertThat(queue.isIdle()).isTrue();
    }

    @Test
    void onlyWhatIsBehindTheWorkOfNowWaits() {
        List<Long> waiting = new ArrayList<>();
        queue.add(10, () -> waiting.add(queue.waiting()));
        queue.add(20, () -> waiting.add(queue.waiting()));
        queue.add(30, () -> waiting.add(queue.waiting()));
        assertThat(queue.waiting()).isEqualTo(60);
        work();
        assertThat(waiting).containsExactly(50L, 30L, 0L);
        assertThat(queue.waiting()).isZero();
    }
}
