package porthole.client.planted;

import java.util.logging.Logger;

/** A library class that talks to the terminal. */
final class Prints {
    private Prints() {}

    static void failure(Exception e) {
        System.out.println(e);
        e.printStackTrace();
        Logger.getLogger("planted").info("failed");
    }
}
