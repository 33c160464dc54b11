package porthole.host.session;

import io.netty.handler.ssl.SslContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import porthole.host.fault.Quirk;
import porthole.host.fault.Rule;
import porthole.host.licensing.LicenseServer;
import porthole.host.nla.NlaHost;
import porthole.host.rdstls.RdstlsCheck;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.x224.SecurityProtocols;

/**
 * Everything that the connections of one host have in common.
 *
 * @param name the host's name as the card and the audience check have it
 * @param offered TLS, RDSAAD, RDSTLS, PROTOCOL_HYBRID with or without PROTOCOL_HYBRID_EX
 * @param tls server side, with key and certificate
 * @param assertions needed where RDSAAD is offered
 * @param nla needed where PROTOCOL_HYBRID is offered
 * @param standard needed where standard RDP security is offered, which has no bit among the protocols
 * @param rdstls needed where RDSTLS is offered
 * @param redirection where clients are sent to once they are logged on; empty keeps them
 * @param largest desktop; a larger one that a client asks for is cut
 * @param mostBitsPerPixel 8, 15, 16, 24 or 32
 * @param skipChannelJoin whether the client may leave the channel joins out
 * @param autoDetect whether round-trip time is measured while connecting
 * @param heartbeat seconds between heartbeats; zero for none
 * @param reactivateTo a size to change to as soon as the first picture is out
 * @param compress whether bitmaps are compressed for clients that can
 * @param mostBulkCompression the highest bulk compression type for fast-path updates; empty for none
 * @param orders what is drawn by drawing orders instead of the card; absent where the card is shown
 * @param displayControl whether clients may change their monitors
 * @param shutdownDenied whether a shutdown request is denied first, as a desktop with a user does
 * @param licensing where clients get licences; empty where they need none
 * @param loginDeadline from the connection to the active session
 */
public record HostSettings(
        String name,
        SecurityProtocols offered,
        SslContext tls,
        Optional<AssertionCheck> assertions,
        Optional<NlaHost> nla,
        Optional<StandardHost> standard,
        Optional<RdstlsCheck> rdstls,
        Optional<ServerRedirectionPacket> redirection,
        DesktopSize largest,
        int mostBitsPerPixel,
        boolean skipChannelJoin,
        boolean autoDetect,
        int heartbeat,
        Optional<DesktopSize> reactivateTo,
        boolean compress,
        OptionalInt mostBulkCompression,
        Optional<List<DrawingOrder>> orders,
        boolean displayControl,
        boolean shutdownDenied,
        Optional<LicenseServer> licensing,
        Duration loginDeadline,
        SecureRandom random,
        List<Rule> rules,
        Set<Quirk> quirks,
        HostObserver observer) {}
