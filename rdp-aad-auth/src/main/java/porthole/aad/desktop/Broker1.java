package porthole.aad.desktop;

import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.interfaces.DBusInterface;

/** The broker's D-Bus interface, as far as it is used: JSON texts go in and come out. */
@DBusInterfaceName("com.microsoft.identity.Broker1")
public interface Broker1 extends DBusInterface {
    /** The name on the session bus. */
    String NAME = "com.microsoft.identity.broker1";

    /** The object's path. */
    String PATH = "/com/microsoft/identity/broker1";

    /** Who is signed in. */
    String getAccounts(String protocolVersion, String correlationId, String request);

    /** A token without asking anybody. */
    String acquireTokenSilently(String protocolVersion, String correlationId, String request);
}
