package porthole.client;

import java.util.concurrent.atomic.AtomicInteger;
import porthole.graphics.codec.TileRunner;

/**
 * Decodes the tiles of one session: the painting thread, and threads of the session's own beside it.
 *
 * <p>The threads begin with the first frame of several tiles, and end with {@link #close}; from then on the painting thread does all
 * of it. One thread at a time calls {@link #run}.
 */
final class DecodeThreads implements TileRunner, AutoCloseable {
    private final int workers;
    private final Object lock = new Object();
    // what follows is guarded by the lock
    private Run current;
    private boolean started;
    private boolean closed;

    /** @param workers 1 to {@link SessionOptions#MOST_DECODE_THREADS}, the painting thread among them */
    DecodeThreads(int workers) {
        this.workers = workers;
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public void run(int tiles, Work work) {
        if (workers == 1 || tiles < 2) {
            SEQUENTIAL.run(tiles, work);
            return;
        }
        Run run = new Run(tiles, work);
        synchronized (lock) {
            if (!closed) {
                current = run;
                start();
                lock.notifyAll();
            }
        }
        run.take(0);
        finish(run);
        run.rethrow();
    }

    /** Waits for tiles that others have begun; an interrupt does not keep from that, as they use the caller's buffers. */
    private void finish(Run run) {
        boolean interrupted = false;
        synchronized (lock) {
            while (!run.isDone()) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            current = null;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void start() {
        if (!started) {
            started = true;
            for (int worker = 1; worker < workers; worker++) {
                int number = worker;
                Thread thread = new Thread(() -> help(number), "porthole-tiles-" + number);
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private void help(int worker) {
        Run done = null;
        while (true) {
            Run run;
            synchronized (lock) {
                while (!closed && (current == null || current == done)) {
                    try {
                        lock.wait();
                    } catch (InterruptedException e) {
                        return; // nobody interrupts these threads; the others go on without this one
                    }
                }
                if (closed) {
                    return;
                }
                run = current;
            }
            run.take(worker);
            done = run;
        }
    }

    /** Lets the threads end; safe to call again, and while tiles are decoded. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    /** The tiles of one call: each is taken by whoever has time, the lowest first. */
    private final class Run {
        private final int tiles;
        private final Work work;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger left;
        private volatile int failedAt = Integer.MAX_VALUE;
        private Throwable failure;

        Run(int tiles, Work work) {
            this.tiles = tiles;
            this.work = work;
            this.left = new AtomicInteger(tiles);
        }

        void take(int worker) {
            for (int i = next.getAndIncrement(); i < tiles; i = next.getAndIncrement()) {
                try {
                    if (i < failedAt) {
                        work.tile(worker, i);
                    }
                } catch (Throwable e) { // whatever it is belongs to the caller's thread
                    failed(i, e);
                }
                if (left.decrementAndGet() == 0) {
                    synchronized (lock) {
                        lock.notifyAll();
                    }
                }
            }
        }

        private synchronized void failed(int tile, Throwable e) {
            if (tile < failedAt) {
                failedAt = tile;
                failure = e;
            }
        }

        boolean isDone() {
            return left.get() == 0;
        }

        /** Throws what the lowest tile failed with. */
        synchronized void rethrow() {
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure instanceof Error e) {
                throw e;
            }
        }
    }
}
