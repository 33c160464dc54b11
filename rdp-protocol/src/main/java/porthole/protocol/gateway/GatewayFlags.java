package porthole.protocol.gateway;

/** The open sets of bits in gateway packets (MS-TSGU 2.2.5.3), kept as ints. */
public final class GatewayFlags {
    /** HTTP_EXTENDED_AUTH (MS-TSGU 2.2.5.3.2): no sign-in inside the tunnel. */
    public static final int EXTENDED_AUTH_NONE = 0x0;

    public static final int EXTENDED_AUTH_SC = 0x1;
    public static final int EXTENDED_AUTH_PAA = 0x2;
    public static final int EXTENDED_AUTH_SSPI_NTLM = 0x4;

    /** HTTP_CAPABILITY_TYPE (MS-TSGU 2.2.5.3.2). */
    public static final int CAPABILITY_QUAR_SOH = 0x1;

    public static final int CAPABILITY_IDLE_TIMEOUT = 0x2;
    public static final int CAPABILITY_CONSENT_SIGN = 0x4;
    public static final int CAPABILITY_SERVICE_MSG = 0x8;
    public static final int CAPABILITY_REAUTH = 0x10;
    public static final int CAPABILITY_UDP_TRANSPORT = 0x20;

    /** HTTP_TUNNEL_REDIR_FLAGS (MS-TSGU 2.2.5.3.7). */
    public static final int REDIR_ENABLE_ALL = 0x80000000;

    public static final int REDIR_DISABLE_ALL = 0x40000000;
    public static final int REDIR_DISABLE_DRIVE = 0x1;
    public static final int REDIR_DISABLE_PRINTER = 0x2;
    public static final int REDIR_DISABLE_PORT = 0x4;
    public static final int REDIR_DISABLE_CLIPBOARD = 0x8;
    public static final int REDIR_DISABLE_PNP = 0x10;

    private GatewayFlags() {}

    /** The redirection policy in words. */
    public static String redirection(int flags) {
        if ((flags & REDIR_ENABLE_ALL) != 0) {
            return "all allowed";
        }
        if ((flags & REDIR_DISABLE_ALL) != 0) {
            return "none allowed";
        }
        String[] names = {"drives", "printers", "ports", "clipboard", "plug and play devices"};
        StringBuilder forbidden = new StringBuilder();
        for (int bit = 0; bit < names.length; bit++) {
            if ((flags & 1 << bit) != 0) {
                forbidden
                        .append(forbidden.length() == 0 ? "not allowed: " : ", ")
                        .append(names[bit]);
            }
        }
        return forbidden.length() == 0 ? "all allowed" : forbidden.toString();
    }
}
