package porthole.transport;

/** Sees the events of one connection, on its event loop or on a preparing thread; must neither block nor throw. */
@FunctionalInterface
public interface ConnectionObserver {
    ConnectionObserver NONE = event -> {};

    void on(ConnectionEvent event);

    /** Both observers, this one first. */
    default ConnectionObserver and(ConnectionObserver other) {
        return event -> {
            on(event);
            other.on(event);
        };
    }
}
