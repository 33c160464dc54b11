package porthole.protocol.info;

import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.1.11.1.1.1.1 Time Zone Information (TS_TIME_ZONE_INFORMATION), 172 octets.
 *
 * @param bias minutes that UTC is ahead of local time
 * @param standardName at most 32 UTF-16 units, the zeros at the end of the field left away
 * @param standardBias minutes added to {@code bias} in standard time
 * @param daylightBias minutes added to {@code bias} in daylight saving time
 */
public record TimeZoneInformation(
        int bias,
        String standardName,
        SystemTime standardDate,
        int standardBias,
        String daylightName,
        SystemTime daylightDate,
        int daylightBias)
        implements Pdu {
    private static final int NAME_OCTETS = 64;

    /** MS-RDPBCGR 2.2.1.11.1.1.1.1.1 System Time (TS_SYSTEMTIME); the month is zero where the date is not used. */
    public record SystemTime(
            int year, int month, int dayOfWeek, int day, int hour, int minute, int second, int milliseconds)
            implements Pdu {
        /** No change of time. */
        public static final SystemTime NONE = new SystemTime(0, 0, 0, 0, 0, 0, 0, 0);

        static SystemTime decode(WireReader in) {
            return new SystemTime(
                    in.u16le("wYear"),
                    in.u16le("wMonth"),
                    in.u16le("wDayOfWeek"),
                    in.u16le("wDay"),
                    in.u16le("wHour"),
                    in.u16le("wMinute"),
                    in.u16le("wSecond"),
                    in.u16le("wMilliseconds"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u16le(year).u16le(month).u16le(dayOfWeek).u16le(day);
            out.u16le(hour).u16le(minute).u16le(second).u16le(milliseconds);
        }
    }

    public TimeZoneInformation {
        if (standardName.length() * 2 > NAME_OCTETS || daylightName.length() * 2 > NAME_OCTETS) {
            throw new IllegalArgumentException("a time zone name has at most 32 characters");
        }
    }

    static TimeZoneInformation decode(WireReader in) {
        return new TimeZoneInformation(
                in.s32le("bias"),
                name(in, "standardName"),
                in.within("standardDate", "MS-RDPBCGR 2.2.1.11.1.1.1.1.1", SystemTime::decode),
                in.s32le("standardBias"),
                name(in, "daylightName"),
                in.within("daylightDate", "MS-RDPBCGR 2.2.1.11.1.1.1.1.1", SystemTime::decode),
                in.s32le("daylightBias"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(bias);
        name(out, standardName);
        out.pdu(standardDate).u32le(standardBias);
        name(out, daylightName);
        out.pdu(daylightDate).u32le(daylightBias);
    }

    private static String name(WireReader in, String field) {
        String text = in.utf16le(NAME_OCTETS, field);
        int length = text.length();
        while (length > 0 && text.charAt(length - 1) == 0) {
            length--;
        }
        return text.substring(0, length);
    }

    private static void name(WireWriter out, String text) {
        out.utf16le(text).zeros(NAME_OCTETS - text.length() * 2);
    }
}
