package porthole.aad.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import porthole.fixtures.peer.SessionBus;

/** The same over Debian's dbus-daemon. */
@Tag("interop")
class DesktopBrokerInteropTest {
    @Test
    void tokensComeOverTheSessionBus() throws Exception {
        try (SessionBus bus = SessionBus.start()) {
            DesktopBrokerTest.says(bus.address(), "");
            DesktopBrokerTest.Fake fake =
                    new DesktopBrokerTest.Fake(DesktopBrokerTest.ACCOUNTS, DesktopBrokerTest.TOKEN);
            try (DBusConnection broker = DesktopBrokerTest.export(bus.address(), fake)) {
                assertThat(broker.isConnected()).isTrue();
                assertThat(DesktopBrokerTest.client(bus.address(), Optional.empty())
                                .bearer("s/.default")
                                .toCompletableFuture()
                                .get(50, TimeUnit.SECONDS)
                                .value())
                        .isEqualTo("head.SECRET.signature");
            }
        }
    }
}
