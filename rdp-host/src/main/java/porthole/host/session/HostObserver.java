package porthole.host.session;

/** Is told what happens on the host's connections, on their event loops: it has to return at once. */
@FunctionalInterface
public interface HostObserver {
    HostObserver NONE = event -> {};

    void on(HostEvent event);

    /** Tells both, this one first. */
    default HostObserver and(HostObserver other) {
        return event -> {
            on(event);
            other.on(event);
        };
    }
}
