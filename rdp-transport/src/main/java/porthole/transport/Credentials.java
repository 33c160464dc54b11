package porthole.transport;

/**
 * Who signs in, for the layers and the Client Info PDU that carry it.
 *
 * @param user may be empty
 * @param domain may be empty
 * @param password may be {@link Secret#NONE}
 */
public record Credentials(String user, String domain, Secret password) {
    public static final Credentials NONE = new Credentials("", "", Secret.NONE);
}
