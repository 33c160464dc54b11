package porthole.transport.route;

import io.netty.channel.ConnectTimeoutException;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import porthole.protocol.failure.LocalFailure;

/** Why a connection could not be opened: the errors of the system that people meet, each with what to do about it. */
enum ConnectFailure {
    /** ECONNREFUSED. */
    REFUSED(
            "connection-refused",
            "refused: nothing listens there, or a firewall rejects",
            "check that the host runs, that remote desktop is enabled and that the port is right"),
    /** ECONNRESET. */
    RESET(
            "connection-reset",
            "reset while it was being opened",
            "a firewall or a load balancer without a live host behind it may answer in the host's place"),
    /** Nothing came, or ETIMEDOUT. */
    LATE(
            "deadline",
            "no answer to the connection request",
            "a firewall or security group may drop the packets; check that the machine runs and the port is allowed"),
    /** EHOSTUNREACH. */
    NO_HOST(
            "unreachable",
            "no way to that host, or it is switched off",
            "check that the machine runs and that the VPN to its network is up"),
    /** ENETUNREACH or EADDRNOTAVAIL: what this machine has no address family or no route for. */
    NO_NETWORK(
            "unreachable",
            "this machine has no route to that network",
            "check the network of this machine, its VPN, and whether it has the address family of the host"),
    /** ENOENT and ECONNREFUSED of Unix domain sockets, EACCES, and the rest. */
    OTHER(
            "unreachable",
            "not possible",
            "the text is the system's: see whether the address, or the path of the socket, is right and allowed");

    private final String cause;
    private final String text;
    private final String remedy;

    ConnectFailure(String cause, String text, String remedy) {
        this.cause = cause;
        this.text = text;
        this.remedy = remedy;
    }

    /** Which of them an exception is; Java tells them apart by text alone. */
    static ConnectFailure of(Throwable thrown) {
        if (thrown instanceof ConnectTimeoutException) {
            return LATE;
        }
        String message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("refused")) {
            return REFUSED;
        } else if (message.contains("reset")) {
            return RESET;
        } else if (message.contains("timed out")) {
            return LATE;
        } else if (message.contains("no route to host") || message.contains("host is down")) {
            return NO_HOST;
        } else if (message.contains("network is unreachable")
                || message.contains("cannot assign requested address")
                || message.contains("protocol family")) {
            return NO_NETWORK;
        }
        return OTHER;
    }

    /** One address and why it did not do. */
    record Refusal(String address, ConnectFailure why, Throwable thrown) {
        @Override
        public String toString() {
            String system = why == OTHER || why == NO_NETWORK && thrown instanceof SocketException
                    ? " (" + thrown.getMessage() + ")"
                    : "";
            return address + ": " + why.text + system;
        }
    }

    /** The failure of all addresses together; the one that came farthest tells what to do. */
    static LocalFailure all(List<Refusal> refusals, String wanted) {
        Refusal telling = refusals.get(0);
        for (Refusal refusal : refusals) {
            if (refusal.why().compareTo(telling.why()) < 0) {
                telling = refusal;
            }
        }
        return new LocalFailure(
                telling.why().cause,
                "the connection could not be opened",
                String.join("; ", refusals.stream().map(Refusal::toString).toList()),
                wanted,
                telling.why().remedy,
                telling.thrown());
    }
}
