package porthole.protocol.errorinfo;

import java.util.List;
import java.util.Locale;

/**
 * MS-RDPBCGR 2.2.10.1.1.4.1.1 Logon Errors Info: what the host tells about a logon before the desktop appears.
 *
 * @param type ErrorNotificationType, unsigned
 * @param data ErrorNotificationData, unsigned: a kind of logon error, or a session id
 * @param name the specification's name of the type, or {@code unknown}
 * @param meaning one clause
 * @param endsLogon whether there will be no desktop without somebody's doing
 */
public record LogonNotification(long type, long data, String name, String meaning, boolean endsLogon) {
    /** The values of the type. */
    private enum Type {
        LOGON_MSG_DISCONNECT_REFUSED(0xFFFFFFF9L, "the host shows the dialogue that refuses to disconnect", true),
        LOGON_MSG_NO_PERMISSION(0xFFFFFFFAL, "the host shows that the user may not log on here", true),
        LOGON_MSG_BUMP_OPTIONS(0xFFFFFFFBL, "the host asks which session to end, because none is free", true),
        LOGON_MSG_RECONNECT_OPTIONS(0xFFFFFFFCL, "the host asks which of several sessions to continue", true),
        LOGON_MSG_SESSION_TERMINATE(0xFFFFFFFDL, "the session is being ended", true),
        LOGON_MSG_SESSION_CONTINUE(0xFFFFFFFEL, "the logon goes on", false);

        private final long type;
        private final String meaning;
        private final boolean ends;

        Type(long type, String meaning, boolean ends) {
            this.type = type;
            this.meaning = meaning;
            this.ends = ends;
        }
    }

    /** The meaning of the data where it is not a session id, by number. */
    private static final List<String> DATA = List.of(
            "LOGON_FAILED_BAD_PASSWORD: the password or user name is wrong",
            "LOGON_FAILED_UPDATE_PASSWORD: the password has to be changed",
            "LOGON_FAILED_OTHER: the logon failed for another reason",
            "LOGON_WARNING: the host shows a warning");

    /** The explanation of a pair of numbers. */
    public static LogonNotification of(long type, long data) {
        String detail = data >= 0 && data < DATA.size() ? DATA.get((int) data) : "session " + data;
        for (Type known : Type.values()) {
            if (known.type == type) {
                return new LogonNotification(type, data, known.name(), known.meaning + " (" + detail + ")", known.ends);
            }
        }
        String meaning = String.format(Locale.ROOT, "the host gave the unknown notification 0x%08X", type);
        return new LogonNotification(type, data, "unknown", meaning + " (" + detail + ")", false);
    }
}
