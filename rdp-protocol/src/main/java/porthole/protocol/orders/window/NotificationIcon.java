package porthole.protocol.orders.window;

import java.util.Optional;
import java.util.OptionalLong;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * A new notification icon, or what changed about one; fields are present as the flags say. MS-RDPERP 2.2.1.3.2.2.1.
 *
 * @param trailing octets that the order's size covers and nothing accounts for
 */
public record NotificationIcon(
        long fieldsPresentFlags,
        long windowId,
        long notifyIconId,
        OptionalLong version,
        Optional<String> toolTip,
        Optional<InfoTip> infoTip,
        OptionalLong state,
        Optional<IconInfo> icon,
        Optional<CachedIconInfo> cachedIcon,
        Bytes trailing)
        implements WindowOrder {
    public static final long WINDOW_ORDER_FIELD_NOTIFY_TIP = 0x01;
    public static final long WINDOW_ORDER_FIELD_NOTIFY_INFO_TIP = 0x02;
    public static final long WINDOW_ORDER_FIELD_NOTIFY_STATE = 0x04;
    public static final long WINDOW_ORDER_FIELD_NOTIFY_VERSION = 0x08;

    /**
     * TS_NOTIFY_ICON_INFOTIP: the balloon of an icon. MS-RDPERP 2.2.1.3.2.2.3.
     *
     * @param timeout in milliseconds
     */
    public record InfoTip(long timeout, long infoFlags, String infoTipText, String title) implements Pdu {
        static InfoTip decode(WireReader in) {
            return new InfoTip(
                    in.u32le("Timeout"),
                    in.u32le("InfoFlags"),
                    WindowText.decode(in, "InfoTipText"),
                    WindowText.decode(in, "Title"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(timeout).u32le(infoFlags);
            WindowText.encode(out, infoTipText);
            WindowText.encode(out, title);
        }
    }

    static NotificationIcon decode(WireReader in, long flags) {
        return new NotificationIcon(
                flags,
                in.u32le("WindowId"),
                in.u32le("NotifyIconId"),
                (flags & WINDOW_ORDER_FIELD_NOTIFY_VERSION) != 0
                        ? OptionalLong.of(in.u32le("Version"))
                        : OptionalLong.empty(),
                (flags & WINDOW_ORDER_FIELD_NOTIFY_TIP) != 0
                        ? Optional.of(WindowText.decode(in, "ToolTip"))
                        : Optional.empty(),
                (flags & WINDOW_ORDER_FIELD_NOTIFY_INFO_TIP) != 0
                        ? Optional.of(in.within("InfoTip", "MS-RDPERP 2.2.1.3.2.2.3", InfoTip::decode))
                        : Optional.empty(),
                (flags & WINDOW_ORDER_FIELD_NOTIFY_STATE) != 0
                        ? OptionalLong.of(in.u32le("State"))
                        : OptionalLong.empty(),
                (flags & WINDOW_ORDER_ICON) != 0
                        ? Optional.of(in.within("Icon", IconInfo.SECTION, IconInfo::decode))
                        : Optional.empty(),
                (flags & WINDOW_ORDER_CACHEDICON) != 0
                        ? Optional.of(in.within("CachedIcon", CachedIconInfo.SECTION, CachedIconInfo::decode))
                        : Optional.empty(),
                in.rest("trailing"));
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(fieldsPresentFlags).u32le(windowId).u32le(notifyIconId);
        version.ifPresent(out::u32le);
        toolTip.ifPresent(text -> WindowText.encode(out, text));
        infoTip.ifPresent(out::pdu);
        state.ifPresent(out::u32le);
        icon.ifPresent(out::pdu);
        cachedIcon.ifPresent(out::pdu);
        out.bytes(trailing);
    }
}
