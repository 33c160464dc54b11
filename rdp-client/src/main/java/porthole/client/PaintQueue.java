package porthole.client;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Runs the pixel work of one session in order, off the event loop; tells the connection to stop reading while too much waits.
 *
 * <p>Without an executor the work runs at once, on the caller's thread: that is how a replay paints.
 */
final class PaintQueue {
    /** Octets that may wait before reading stops, and at which it goes on. */
    private static final long HIGH = 8 << 20;

    private static final long LOW = 2 << 20;
    private static final int MOST_TASKS = 4096;
    private static final int BATCH = 64;

    private final Executor executor;
    private final Consumer<Boolean> reading;
    private final Consumer<Throwable> failed;
    private final ArrayDeque<Task> tasks = new ArrayDeque<>();
    private long octets;
    private int current;
    private boolean running;
    private boolean paused;
    private boolean broken;

    private record Task(int octets, Runnable work, boolean last) {}

    /**
     * @param executor null paints at once
     * @param reading is told whether the connection may go on reading
     * @param failed is told what a task threw; those behind it are dropped
     */
    PaintQueue(Executor executor, Consumer<Boolean> reading, Consumer<Throwable> failed) {
        this.executor = executor;
        this.reading = reading;
        this.failed = failed;
    }

    boolean isInline() {
        return executor == null;
    }

    /** Adds work that keeps {@code size} octets until it is done. */
    void add(int size, Runnable work) {
        if (executor == null) {
            work.run();
        } else {
            add(new Task(size, work, false));
        }
    }

    /** Adds work that is done in its turn, or at once where nothing is painted any more: it frees what painting holds. */
    void addSurely(Runnable work) {
        if (executor == null) {
            work.run();
        } else {
            add(new Task(0, work, true));
        }
    }

    private void add(Task task) {
        boolean start;
        boolean pause;
        synchronized (tasks) {
            if (broken) {
                if (task.last()) {
                    task.work().run();
                }
                return;
            }
            tasks.add(task);
            octets += task.octets();
            start = !running;
            running = true;
            pause = !paused && (octets > HIGH || tasks.size() > MOST_TASKS);
            paused |= pause;
        }
        if (pause) {
            reading.accept(false);
        }
        if (start) {
            start();
        }
    }

    /** Runs {@code work} when all that was added before is done, or at once where no more will be done. */
    void afterAll(Runnable work) {
        boolean now;
        synchronized (tasks) {
            now = broken || !running;
        }
        if (now) {
            work.run();
        } else {
            add(new Task(0, work, true));
        }
    }

    /** Octets of the work that waits behind what is done now. */
    long waiting() {
        synchronized (tasks) {
            return octets - current;
        }
    }

    /** Whether all work is done. */
    boolean isIdle() {
        synchronized (tasks) {
            return !running;
        }
    }

    private void start() {
        try {
            executor.execute(this::work);
        } catch (RejectedExecutionException e) {
            stop();
            failed.accept(e);
        }
    }

    /** Nothing more is painted; what was to be told after it is told now. */
    private void stop() {
        List<Task> dropped;
        synchronized (tasks) {
            broken = true;
            running = false;
            dropped = List.copyOf(tasks);
            tasks.clear();
        }
        dropped.stream().filter(Task::last).forEach(task -> task.work().run());
    }

    private void work() {
        for (int i = 0; i < BATCH; i++) {
            Task task;
            synchronized (tasks) {
                task = tasks.peek();
                current = task == null ? 0 : task.octets();
                if (task == null) {
                    running = false;
                    return;
                }
            }
            try {
                task.work().run();
            } catch (Throwable e) { // an error too must end the session rather than leave it hanging
                stop();
                failed.accept(e);
                return;
            }
            boolean resume;
            synchronized (tasks) {
                tasks.poll();
                octets -= task.octets();
                current = 0;
                resume = paused && octets <= LOW && tasks.size() <= MOST_TASKS / 2;
                paused &= !resume;
            }
            if (resume) {
                reading.accept(true);
            }
        }
        start(); // others get their turn
    }
}
