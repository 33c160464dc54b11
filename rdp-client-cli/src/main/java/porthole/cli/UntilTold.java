package porthole.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import porthole.cli.output.Output;

/** How long a server runs: until standard input ends, or a signal comes. */
final class UntilTold {
    private UntilTold() {}

    /** @param end what a signal does; otherwise the caller ends its server itself */
    static void waitFor(InputStream in, Output output, Runnable end) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        Thread signal = new Thread(end, "porthole-server-end");
        Runtime.getRuntime().addShutdownHook(signal);
        Thread reader = new Thread(
                () -> {
                    try {
                        while (in.read() >= 0) {
                            continue;
                        }
                    } catch (IOException e) {
                        output.say("porthole: standard input: " + e.getMessage());
                    } finally {
                        told.countDown();
                    }
                },
                "porthole-server-input");
        reader.setDaemon(true);
        reader.start();
        told.await();
        try {
            Runtime.getRuntime().removeShutdownHook(signal);
        } catch (IllegalStateException e) {
            return; // the process is on its way out, and the hook does the work
        }
    }
}
