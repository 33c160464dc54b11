package porthole.host.entra;

/**
 * One answered request; shows no code, token or nonce.
 *
 * @param method of HTTP
 * @param path without the query
 * @param status of the answer; 0 where the connection was closed instead
 * @param what happened, for example {@code token issued} or {@code refused with AADSTS50079}
 */
public record AuthorityEvent(String method, String path, int status, String what) {
    /** One line. */
    @Override
    public String toString() {
        return method + " " + path + " -> " + status + " " + what;
    }
}
