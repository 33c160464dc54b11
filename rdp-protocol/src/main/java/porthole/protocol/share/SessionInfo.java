package porthole.protocol.share;

import java.util.Optional;
import porthole.protocol.info.ArcScPrivatePacket;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** The variants of {@code infoData} in MS-RDPBCGR 2.2.10.1.1. */
public sealed interface SessionInfo extends Pdu {
    long INFOTYPE_LOGON = 0;
    long INFOTYPE_LOGON_LONG = 1;
    long INFOTYPE_LOGON_PLAINNOTIFY = 2;
    long INFOTYPE_LOGON_EXTENDED_INFO = 3;

    /** infoType. */
    long infoType();

    static SessionInfo decode(WireReader in) {
        long type = in.u32le("infoType");
        if (type == INFOTYPE_LOGON) {
            return in.within("infoData", "MS-RDPBCGR 2.2.10.1.1.1", LogonInfo::decode);
        }
        if (type == INFOTYPE_LOGON_LONG) {
            return in.within("infoData", "MS-RDPBCGR 2.2.10.1.1.2", LogonInfoVersion2::decode);
        }
        if (type == INFOTYPE_LOGON_PLAINNOTIFY) {
            return new PlainNotify(in.rest("pad"));
        }
        if (type == INFOTYPE_LOGON_EXTENDED_INFO) {
            return in.within("infoData", "MS-RDPBCGR 2.2.10.1.1.4", LogonInfoExtended::decode);
        }
        return new Unknown(type, in.rest("infoData"));
    }

    /**
     * 2.2.10.1.1.1 Logon Info Version 1 (TS_LOGON_INFO).
     *
     * @param domain the whole field of 52 octets with its terminator, without the zeros at its end
     * @param userName likewise, of 512 octets
     */
    record LogonInfo(long cbDomain, String domain, long cbUserName, String userName, long sessionId, Bytes trailing)
            implements SessionInfo {
        private static final int DOMAIN = 52;
        private static final int USER_NAME = 512;

        public LogonInfo {
            if (domain.length() * 2 > DOMAIN || userName.length() * 2 > USER_NAME) {
                throw new IllegalArgumentException("at most 26 and 256 characters");
            }
        }

        public static LogonInfo of(String domain, String userName, long sessionId) {
            return new LogonInfo(
                    domain.length() * 2L + 2, domain, userName.length() * 2L + 2, userName, sessionId, Bytes.EMPTY);
        }

        static LogonInfo decode(WireReader in) {
            return new LogonInfo(
                    in.u32le("cbDomain"),
                    padded(in, DOMAIN, "domain"),
                    in.u32le("cbUserName"),
                    padded(in, USER_NAME, "userName"),
                    in.u32le("sessionId"),
                    in.rest("trailing"));
        }

        @Override
        public long infoType() {
            return INFOTYPE_LOGON;
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(cbDomain).utf16le(domain).zeros(DOMAIN - domain.length() * 2);
            out.u32le(cbUserName).utf16le(userName).zeros(USER_NAME - userName.length() * 2);
            out.u32le(sessionId).bytes(trailing);
        }

        private static String padded(WireReader in, int octets, String field) {
            String text = in.utf16le(octets, field);
            int length = text.length();
            while (length > 0 && text.charAt(length - 1) == 0) {
                length--;
            }
            return text.substring(0, length);
        }
    }

    /**
     * 2.2.10.1.1.2 Logon Info Version 2 (TS_LOGON_INFO_VERSION_2).
     *
     * @param size octets of the fixed part, or of all of it: peers differ
     * @param domain with its terminator where there is one
     * @param userName likewise
     */
    record LogonInfoVersion2(
            int version, long size, long sessionId, Bytes pad, String domain, String userName, Bytes trailing)
            implements SessionInfo {
        public static final int SAVE_SESSION_PDU_VERSION_ONE = 1;
        private static final int PAD = 558;

        public LogonInfoVersion2 {
            if (pad.size() != PAD) {
                throw new IllegalArgumentException("pad takes 558 octets, not " + pad.size());
            }
        }

        static LogonInfoVersion2 decode(WireReader in) {
            int version = in.u16le("version");
            long size = in.u32le("size");
            long session = in.u32le("sessionId");
            long domain = in.u32le("cbDomain");
            long userName = in.u32le("cbUserName");
            Bytes pad = in.bytes(PAD, "pad");
            return new LogonInfoVersion2(
                    version,
                    size,
                    session,
                    pad,
                    in.utf16le(in.count(domain, 1, "cbDomain"), "domain"),
                    in.utf16le(in.count(userName, 1, "cbUserName"), "userName"),
                    in.rest("trailing"));
        }

        @Override
        public long infoType() {
            return INFOTYPE_LOGON_LONG;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(version).u32le(size).u32le(sessionId);
            out.u32le(domain.length() * 2L).u32le(userName.length() * 2L);
            out.bytes(pad).utf16le(domain).utf16le(userName).bytes(trailing);
        }
    }

    /** 2.2.10.1.1.3 Plain Notify (TS_PLAIN_NOTIFY): the user was logged on; nothing more is said. */
    record PlainNotify(Bytes pad) implements SessionInfo {
        @Override
        public long infoType() {
            return INFOTYPE_LOGON_PLAINNOTIFY;
        }

        @Override
        public void encode(WireWriter out) {
            out.bytes(pad);
        }
    }

    /**
     * 2.2.10.1.1.4 Logon Info Extended (TS_LOGON_INFO_EXTENDED).
     *
     * @param length as it was; {@link #of} computes it
     * @param fieldsPresent the {@code LOGON_EX_*} flags
     * @param autoReconnectCookie with {@link #LOGON_EX_AUTORECONNECTCOOKIE}
     * @param logonErrors with {@link #LOGON_EX_LOGONERRORS}
     * @param rest fields of unknown flags, and the padding
     */
    record LogonInfoExtended(
            int length,
            int fieldsPresent,
            Optional<ArcScPrivatePacket> autoReconnectCookie,
            Optional<LogonErrors> logonErrors,
            Bytes rest)
            implements SessionInfo {
        public static final int LOGON_EX_AUTORECONNECTCOOKIE = 1;
        public static final int LOGON_EX_LOGONERRORS = 2;
        private static final int PAD = 570;

        public LogonInfoExtended {
            boolean cookie = (fieldsPresent & LOGON_EX_AUTORECONNECTCOOKIE) != 0;
            boolean errors = (fieldsPresent & LOGON_EX_LOGONERRORS) != 0;
            if (cookie != autoReconnectCookie.isPresent() || errors != logonErrors.isPresent()) {
                throw new IllegalArgumentException("fieldsPresent does not say what is present");
            }
        }

        /** With the lengths and flags that the fields need. */
        public static LogonInfoExtended of(Optional<ArcScPrivatePacket> cookie, Optional<LogonErrors> errors) {
            int flags = (cookie.isPresent() ? LOGON_EX_AUTORECONNECTCOOKIE : 0)
                    | (errors.isPresent() ? LOGON_EX_LOGONERRORS : 0);
            int length = 6 + (cookie.isPresent() ? 4 + ArcScPrivatePacket.SIZE : 0) + (errors.isPresent() ? 12 : 0);
            return new LogonInfoExtended(length, flags, cookie, errors, Bytes.of(new byte[PAD]));
        }

        static LogonInfoExtended decode(WireReader in) {
            int length = in.u16le("length");
            int flags = in.s32le("fieldsPresent");
            Optional<ArcScPrivatePacket> cookie = Optional.empty();
            Optional<LogonErrors> errors = Optional.empty();
            if ((flags & LOGON_EX_AUTORECONNECTCOOKIE) != 0) {
                in.expect(in.u32le("cbFieldData"), ArcScPrivatePacket.SIZE, 4, "cbFieldData");
                cookie =
                        Optional.of(in.within("autoReconnectCookie", "MS-RDPBCGR 2.2.4.2", ArcScPrivatePacket::decode));
            }
            if ((flags & LOGON_EX_LOGONERRORS) != 0) {
                in.expect(in.u32le("cbFieldData"), LogonErrors.SIZE, 4, "cbFieldData");
                errors = Optional.of(in.within("logonErrors", "MS-RDPBCGR 2.2.10.1.1.4.1.1", LogonErrors::decode));
            }
            return new LogonInfoExtended(length, flags, cookie, errors, in.rest("pad"));
        }

        @Override
        public long infoType() {
            return INFOTYPE_LOGON_EXTENDED_INFO;
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(length).u32le(fieldsPresent);
            autoReconnectCookie.ifPresent(
                    cookie -> out.u32le(ArcScPrivatePacket.SIZE).pdu(cookie));
            logonErrors.ifPresent(errors -> out.u32le(LogonErrors.SIZE).pdu(errors));
            out.bytes(rest);
        }
    }

    /**
     * 2.2.10.1.1.4.1.1 Logon Errors Info (TS_LOGON_ERRORS_INFO); {@link porthole.protocol.errorinfo.LogonNotification}
     * explains the numbers.
     */
    record LogonErrors(long errorNotificationType, long errorNotificationData) implements Pdu {
        static final int SIZE = 8;

        static LogonErrors decode(WireReader in) {
            return new LogonErrors(in.u32le("errorNotificationType"), in.u32le("errorNotificationData"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(errorNotificationType).u32le(errorNotificationData);
        }
    }

    /** A kind that this version does not know. */
    record Unknown(long infoType, Bytes data) implements SessionInfo {
        @Override
        public void encode(WireWriter out) {
            out.bytes(data);
        }
    }
}
