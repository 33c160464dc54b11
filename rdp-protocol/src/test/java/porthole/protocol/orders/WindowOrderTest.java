package porthole.protocol.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porthole.protocol.failure.WireException;
import porthole.protocol.orders.window.CachedIconInfo;
import porthole.protocol.orders.window.CachedWindowIcon;
import porthole.protocol.orders.window.DeletedNotificationIcon;
import porthole.protocol.orders.window.DeletedWindow;
import porthole.protocol.orders.window.IconInfo;
import porthole.protocol.orders.window.MonitoredDesktop;
import porthole.protocol.orders.window.NotificationIcon;
import porthole.protocol.orders.window.WindowIcon;
import porthole.protocol.orders.window.WindowInformation;
import porthole.protocol.orders.window.WindowInformation.Pair;
import porthole.protocol.orders.window.WindowOrder;
import porthole.protocol.orders.window.WindowRectangle;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** Windowing orders with all fields there are, written, read, cut and mutated. */
class WindowOrderTest {
    private static final IconInfo ICON = new IconInfo(
            7, 1, 8, 2, 2, Bytes.hex("00000000"), Optional.of(Bytes.hex("01020300")), Bytes.hex("00010001"));

    private static WindowInformation window() {
        return new WindowInformation(
                0x19DFDFDFL | 0xE0_0000L,
                0x10203,
                OptionalLong.of(4),
                Optional.of(new WindowInformation.Style(0x14CF0000L, 0x100)),
                OptionalInt.of(5),
                Optional.of("title"),
                Optional.of(new Pair(-8, 31)),
                Optional.of(new Pair(640, 480)),
                Optional.of(new Pair(4, 4)),
                Optional.of(new Pair(3, 5)),
                OptionalInt.of(1),
                OptionalLong.of(0x9999),
                Optional.of(new Pair(-100, 20)),
                Optional.of(new Pair(8, 31)),
                Optional.of(new Pair(656, 520)),
                Optional.of(List.of(new WindowRectangle(0, 0, 656, 520))),
                Optional.of(new Pair(0, 20)),
                Optional.of(List.of(new WindowRectangle(0, 0, 10, 20), new WindowRectangle(1, 2, 3, 4))),
                Optional.of("overlay"),
                OptionalInt.of(0),
                OptionalInt.of(1),
                OptionalInt.of(1),
                OptionalInt.of(3),
                Bytes.EMPTY);
    }

    static Stream<WindowOrder> orders() {
        return Stream.of(
                window(),
                new WindowIcon(0x4100_2000L, 5, ICON, Bytes.EMPTY),
                new CachedWindowIcon(0x8110_0000L, 5, new CachedIconInfo(3, 2), Bytes.EMPTY),
                new DeletedWindow(0x2100_0000L, 5, Bytes.EMPTY),
                new NotificationIcon(
                        0xD200_000FL,
                        6,
                        7,
                        OptionalLong.of(3),
                        Optional.of("tip"),
                        Optional.of(new NotificationIcon.InfoTip(10_000, 2, "text", "title")),
                        OptionalLong.of(1),
                        Optional.of(ICON),
                        Optional.of(new CachedIconInfo(1, 1)),
                        Bytes.EMPTY),
                new DeletedNotificationIcon(0x2200_0000L, 6, 7, Bytes.EMPTY),
                new MonitoredDesktop(0x0400_003EL, OptionalLong.of(5), Optional.of(List.of(5L, 6L)), Bytes.EMPTY),
                new MonitoredDesktop(0x0400_0001L, OptionalLong.empty(), Optional.empty(), Bytes.hex("01")),
                new WindowOrder.Unknown(0x0800_0000L, Bytes.hex("010203")));
    }

    private static WindowOrder decode(Bytes octets) {
        WireReader in = WireReader.of(octets, "order", "");
        WindowOrder order = WindowOrder.decode(in);
        in.end();
        return order;
    }

    @ParameterizedTest
    @MethodSource("orders")
    void isReadAsItWasWritten(WindowOrder order) {
        assertThat(decode(Bytes.of(order.toByteArray()))).isEqualTo(order);
        Windowing whole = new Windowing(order);
        WireReader in = WireReader.of(whole.toByteArray(), "order", "");
        assertThat(DrawingOrder.decode(in, new PrimaryOrderHistory())).isEqualTo(whole);
        in.end();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void cutOnesAndMutatedOnesAreRefusedOrWrittenAsTheyWere(WindowOrder order) {
        Bytes octets = Bytes.of(order.toByteArray());
        for (int length = 0; length < octets.size(); length++) {
            again(octets.slice(0, length));
        }
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 2000; i++) {
            byte[] changed = octets.toArray();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            again(Bytes.of(changed));
        }
    }

    private static void again(Bytes octets) {
        try {
            assertThat(Bytes.of(decode(octets).toByteArray())).isEqualTo(octets);
        } catch (WireException refused) {
            assertThat(refused.field()).isNotEmpty();
        }
    }

    /** Size, depth and lengths of an icon belong together in no way that a reader could rely on. */
    @Test
    void cve202011042And202626271And202655648Icons() {
        String icon = "00000041 05000000 0700 01";
        for (String hex : List.of(
                icon + "08 ffff ffff ffff 0000 0000",
                icon + "08 0200 0200 0000 ffff 0000",
                icon + "08 0200 0200 0000 0000 ffff",
                icon + "18 0200 0200 0400 0400 00000000")) {
            assertThatThrownBy(() -> decode(Bytes.hex(hex))).as(hex).isInstanceOf(WireException.class);
        }
        WindowIcon large = (WindowIcon) decode(Bytes.hex(icon + "20 ffff ffff 0000 0000"));
        assertThat(large.iconInfo().width()).isEqualTo(0xFFFF);
        assertThat(large.iconInfo().bitsColor()).isEqualTo(Bytes.EMPTY);
        WindowIcon table = (WindowIcon) decode(Bytes.hex(icon + "08 0100 0100 0100 0000 0000 07"));
        assertThat(table.iconInfo().colorTable()).hasValue(Bytes.hex("07"));
    }

    @Test
    void countsAreChecked() {
        for (String hex : List.of(
                "00010001 00000000 ffff",
                "00020001 00000000 ffff 0000",
                "04000001 00000000 0300 000000",
                "04000001 00000000 ffff",
                "10000004 ff",
                "00000041 00000000 0000 00 08 0100 0100 ffff ffff ffff",
                "01000002 00000000 00000000 0400 41")) {
            assertThatThrownBy(() -> decode(Bytes.hex(hex))).as(hex).isInstanceOf(WireException.class);
        }
    }
}
