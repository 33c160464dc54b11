package porthole.protocol.info;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPBCGR 2.2.1.11.1.1.1 Extended Info Packet (TS_EXTENDED_INFO_PACKET); each field from the time zone on may be
 * absent, but then all that follow it are, too.
 *
 * @param clientAddressFamily {@link #AF_INET} or {@link #AF_INET6}
 * @param clientAddress as on the wire, that is with its terminator where there was one; see {@link #terminated}
 * @param clientDir likewise
 * @param autoReconnectCookie empty octets for a client without a cookie; otherwise {@link ArcCsPrivatePacket}
 * @param dynamicDstTimeZoneKeyName without a terminator
 * @param dynamicDaylightTimeDisabled 1 for a client that does not switch to daylight saving time
 */
public record ExtendedInfoPacket(
        int clientAddressFamily,
        String clientAddress,
        String clientDir,
        Optional<TimeZoneInformation> clientTimeZone,
        OptionalLong clientSessionId,
        OptionalInt performanceFlags,
        Optional<Bytes> autoReconnectCookie,
        OptionalInt reserved1,
        OptionalInt reserved2,
        Optional<String> dynamicDstTimeZoneKeyName,
        OptionalInt dynamicDaylightTimeDisabled,
        Bytes trailing)
        implements Pdu {
    public static final int AF_INET = 0x0002;
    public static final int AF_INET6 = 0x0017;

    public static final int PERF_DISABLE_WALLPAPER = 0x00000001;
    public static final int PERF_DISABLE_FULLWINDOWDRAG = 0x00000002;
    public static final int PERF_DISABLE_MENUANIMATIONS = 0x00000004;
    public static final int PERF_DISABLE_THEMING = 0x00000008;
    public static final int PERF_RESERVED1 = 0x00000010;
    public static final int PERF_DISABLE_CURSOR_SHADOW = 0x00000020;
    public static final int PERF_DISABLE_CURSORSETTINGS = 0x00000040;
    public static final int PERF_ENABLE_FONT_SMOOTHING = 0x00000080;
    public static final int PERF_ENABLE_DESKTOP_COMPOSITION = 0x00000100;
    public static final int PERF_RESERVED2 = 0x80000000;

    public ExtendedInfoPacket {
        boolean[] present = {
            clientTimeZone.isPresent(),
            clientSessionId.isPresent(),
            performanceFlags.isPresent(),
            autoReconnectCookie.isPresent(),
            reserved1.isPresent(),
            reserved2.isPresent(),
            dynamicDstTimeZoneKeyName.isPresent(),
            dynamicDaylightTimeDisabled.isPresent(),
            !trailing.isEmpty()
        };
        for (int i = 1; i < present.length; i++) {
            if (present[i] && !present[i - 1]) {
                throw new IllegalArgumentException("an optional field cannot follow a missing one");
            }
        }
    }

    public static ExtendedInfoPacket decode(WireReader in) {
        int family = in.u16le("clientAddressFamily");
        String address = in.utf16le(in.u16le("cbClientAddress"), "clientAddress");
        String directory = in.utf16le(in.u16le("cbClientDir"), "clientDir");
        Optional<TimeZoneInformation> zone = in.hasRemaining()
                ? Optional.of(in.within("clientTimeZone", "MS-RDPBCGR 2.2.1.11.1.1.1.1", TimeZoneInformation::decode))
                : Optional.empty();
        OptionalLong session = in.hasRemaining() ? OptionalLong.of(in.u32le("clientSessionId")) : OptionalLong.empty();
        OptionalInt performance = optionalS32(in, "performanceFlags");
        Optional<Bytes> cookie = in.hasRemaining()
                ? Optional.of(in.bytes(in.u16le("cbAutoReconnectCookie"), "autoReconnectCookie"))
                : Optional.empty();
        OptionalInt reserved1 = optionalU16(in, "reserved1");
        OptionalInt reserved2 = optionalU16(in, "reserved2");
        Optional<String> keyName = in.hasRemaining()
                ? Optional.of(in.utf16le(in.u16le("cbDynamicDSTTimeZoneKeyName"), "dynamicDSTTimeZoneKeyName"))
                : Optional.empty();
        OptionalInt disabled = optionalU16(in, "dynamicDaylightTimeDisabled");
        return new ExtendedInfoPacket(
                family,
                address,
                directory,
                zone,
                session,
                performance,
                cookie,
                reserved1,
                reserved2,
                keyName,
                disabled,
                in.rest("trailing"));
    }

    /** {@code text} with the terminator that {@code clientAddress} and {@code clientDir} carry. */
    public static String terminated(String text) {
        return text + '\0';
    }

    @Override
    public void encode(WireWriter out) {
        out.u16le(clientAddressFamily);
        out.u16le(clientAddress.length() * 2).utf16le(clientAddress);
        out.u16le(clientDir.length() * 2).utf16le(clientDir);
        clientTimeZone.ifPresent(out::pdu);
        clientSessionId.ifPresent(out::u32le);
        performanceFlags.ifPresent(out::u32le);
        autoReconnectCookie.ifPresent(cookie -> out.u16le(cookie.size()).bytes(cookie));
        reserved1.ifPresent(out::u16le);
        reserved2.ifPresent(out::u16le);
        dynamicDstTimeZoneKeyName.ifPresent(name -> out.u16le(name.length() * 2).utf16le(name));
        dynamicDaylightTimeDisabled.ifPresent(out::u16le);
        out.bytes(trailing);
    }

    private static OptionalInt optionalU16(WireReader in, String field) {
        return in.hasRemaining() ? OptionalInt.of(in.u16le(field)) : OptionalInt.empty();
    }

    private static OptionalInt optionalS32(WireReader in, String field) {
        return in.hasRemaining() ? OptionalInt.of(in.s32le(field)) : OptionalInt.empty();
    }

    /** Without the auto-reconnect cookie. */
    @Override
    public String toString() {
        return "ExtendedInfoPacket[clientAddressFamily=" + clientAddressFamily + ", clientAddress=" + clientAddress
                + ", clientDir=" + clientDir + ", clientTimeZone=" + clientTimeZone + ", clientSessionId="
                + clientSessionId + ", performanceFlags=" + performanceFlags + ", autoReconnectCookie="
                + autoReconnectCookie.map(cookie -> cookie.isEmpty() ? "none" : "(redacted)")
                + ", dynamicDstTimeZoneKeyName=" + dynamicDstTimeZoneKeyName + ", dynamicDaylightTimeDisabled="
                + dynamicDaylightTimeDisabled + ", trailing=" + trailing + "]";
    }
}
