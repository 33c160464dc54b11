package porthole.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodeThreadsTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 16})
    void eachTileIsDoneOnceByOneWorkerAtATime(int workers) {
        try (DecodeThreads threads = new DecodeThreads(workers)) {
            AtomicIntegerArray busy = new AtomicIntegerArray(workers);
            for (int round = 0; round < 200; round++) {
                AtomicIntegerArray seen = new AtomicIntegerArray(40);
                threads.run(40, (worker, index) -> {
                    assertThat(busy.incrementAndGet(worker)).isOne();
                    seen.incrementAndGet(index);
                    busy.decrementAndGet(worker);
                });
                for (int i = 0; i < 40; i++) {
                    assertThat(seen.get(i)).isOne();
                }
            }
        }
    }

    @Test
    void severalThreadsWorkAtTheSameTime() {
        try (DecodeThreads threads = new DecodeThreads(3)) {
            CountDownLatch together = new CountDownLatch(3);
            Set<Thread> seen = ConcurrentHashMap.newKeySet();
            threads.run(3, (worker, index) -> {
                seen.add(Thread.currentThread());
                together.countDown();
                assertThat(met(together)).isTrue();
            });
            assertThat(seen).hasSize(3).contains(Thread.currentThread());
            assertThat(seen)
                    .filteredOn(thread -> thread != Thread.currentThread())
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void theFailureOfTheLowestTileIsThrownAndThoseBeforeItAreDone() {
        try (DecodeThreads threads = new DecodeThreads(4)) {
            for (int round = 0; round < 200; round++) {
                AtomicIntegerArray seen = new AtomicIntegerArray(64);
                assertThatThrownBy(() -> threads.run(64, (worker, index) -> {
                            if (index == 21 || index == 22 || index == 40) {
                                throw new IllegalStateException("tile " + index);
                            }
                            seen.incrementAndGet(index);
                        }))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("tile 21");
                for (int i = 0; i < 21; i++) {
                    assertThat(seen.get(i)).isOne();
                }
            }
            assertThatThrownBy(() -> threads.run(2, (worker, index) -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
        }
    }

    @Test
    void threadsEndWhenClosedAndTilesAreDoneAllTheSame() throws InterruptedException {
        DecodeThreads threads = new DecodeThreads(4);
        CountDownLatch together = new CountDownLatch(4);
        Set<Thread> helpers = ConcurrentHashMap.newKeySet();
        threads.run(4, (worker, index) -> {
            helpers.add(Thread.currentThread());
            together.countDown();
            assertThat(met(together)).isTrue();
        });
        helpers.remove(Thread.currentThread());
        assertThat(helpers).hasSize(3);
        threads.close();
        threads.close();
        for (Thread helper : helpers) {
            helper.join(Duration.ofSeconds(20).toMillis());
            assertThat(helper.isAlive()).isFalse();
        }
        AtomicIntegerArray seen = new AtomicIntegerArray(9);
        threads.run(9, (worker, index) -> {
            assertThat(worker).isZero();
            seen.incrementAndGet(index);
        });
        for (int i = 0; i < 9; i++) {
            assertThat(seen.get(i)).isOne();
        }
    }

    @Test
    void anInterruptIsKeptUntilTheTilesAreDone() {
        try (DecodeThreads threads = new DecodeThreads(2)) {
            AtomicIntegerArray seen = new AtomicIntegerArray(8);
            Thread.currentThread().interrupt();
            threads.run(8, (worker, index) -> seen.incrementAndGet(index));
            assertThat(Thread.interrupted()).isTrue();
            for (int i = 0; i < 8; i++) {
                assertThat(seen.get(i)).isOne();
            }
        }
    }

    private static boolean met(CountDownLatch together) {
        try {
            return together.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
