package porthole.host;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import porthole.host.fault.Fault;
import porthole.host.fault.Quirk;
import porthole.host.licensing.HostLicensing;
import porthole.host.licensing.LicenseServer;
import porthole.host.nla.NlaHost;
import porthole.host.rdstls.RdstlsCheck;
import porthole.host.session.AssertionCheck;
import porthole.host.session.DesktopSize;
import porthole.host.session.HostIdentity;
import porthole.host.session.HostObserver;
import porthole.host.session.HostSettings;
import porthole.host.session.StandardHost;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.gcc.ServerSecurityData;
import porthole.protocol.orders.DrawingOrder;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.x224.SecurityProtocols;

/** What a host can be told before it starts. */
public final class RdpHostBuilder {
    private final SecureRandom random = new SecureRandom();
    private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private String name = "porthole.test";
    private SecurityProtocols offered = SecurityProtocols.TLS;
    private Optional<HostIdentity> identity = Optional.empty();
    private Optional<AssertionCheck> assertions = Optional.empty();
    private Optional<NlaHost> nla = Optional.empty();
    private OptionalInt encryptionLevel = OptionalInt.empty();
    private boolean certificateChain;
    private Optional<RdstlsCheck> rdstls = Optional.empty();
    private Optional<ServerRedirectionPacket> redirection = Optional.empty();
    private DesktopSize largest = new DesktopSize(4096, 4096);
    private int mostBitsPerPixel = 32;
    private boolean skipChannelJoin;
    private boolean autoDetect;
    private int heartbeat;
    private Optional<DesktopSize> reactivateTo = Optional.empty();
    private boolean compress = true;
    private OptionalInt mostBulkCompression = OptionalInt.empty();
    private Optional<List<DrawingOrder>> orders = Optional.empty();
    private boolean displayControl;
    private boolean shutdownDenied = true;
    private HostLicensing licensing = HostLicensing.NONE;
    private Duration loginDeadline = Duration.ofMinutes(2);
    private int connectionLimit = 64;
    private List<Fault> faults = List.of();
    private HostObserver observer = HostObserver.NONE;

    RdpHostBuilder() {}

    /** Where to listen; port 0 for any. */
    public RdpHostBuilder bind(InetSocketAddress address) {
        this.address = address;
        return this;
    }

    /** A port of the loopback address; 0 for any. */
    public RdpHostBuilder port(int port) {
        return bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** The host's name: in its certificate, on its card, and in the audience of tokens for it. */
    public RdpHostBuilder name(String name) {
        this.name = name;
        return this;
    }

    /** TLS is offered: any user and password are welcome. */
    public RdpHostBuilder tls() {
        offered = SecurityProtocols.TLS;
        return this;
    }

    /** RDSAAD is offered, and nothing else. */
    public RdpHostBuilder aad(AssertionCheck check) {
        offered = SecurityProtocols.RDSAAD;
        assertions = Optional.of(check);
        return this;
    }

    /** RDSAAD is offered, and TLS for clients without it. */
    public RdpHostBuilder aadOrTls(AssertionCheck check) {
        offered = SecurityProtocols.RDSAAD.with(SecurityProtocols.TLS);
        assertions = Optional.of(check);
        return this;
    }

    /** Network level authentication is offered, and nothing else. */
    public RdpHostBuilder nla(NlaHost users) {
        offered = users.earlyAuthorization()
                ? SecurityProtocols.HYBRID.with(SecurityProtocols.HYBRID_EX)
                : SecurityProtocols.HYBRID;
        nla = Optional.of(users);
        return this;
    }

    /**
     * Standard RDP security is offered, and nothing else.
     *
     * @param encryptionLevel {@link ServerSecurityData#LEVEL_NONE} to {@link ServerSecurityData#LEVEL_FIPS}
     */
    public RdpHostBuilder rdp(int encryptionLevel) {
        if (encryptionLevel < ServerSecurityData.LEVEL_NONE || encryptionLevel > ServerSecurityData.LEVEL_FIPS) {
            throw new IllegalArgumentException("no encryption level " + encryptionLevel);
        }
        offered = SecurityProtocols.RDP;
        this.encryptionLevel = OptionalInt.of(encryptionLevel);
        return this;
    }

    /** Standard security shows the X.509 certificate instead of a proprietary one for the same key. */
    public RdpHostBuilder certificateChain(boolean chain) {
        certificateChain = chain;
        return this;
    }

    /** RDSTLS is offered, and nothing else: for clients that another host sent here. */
    public RdpHostBuilder rdstls(RdstlsCheck check) {
        offered = SecurityProtocols.RDSTLS;
        rdstls = Optional.of(check);
        return this;
    }

    /** RDSAAD is offered, and RDSTLS for clients that a broker gave the key for their password. */
    public RdpHostBuilder aadOrRdstls(AssertionCheck assertion, RdstlsCheck password) {
        aad(assertion).rdstls(password);
        offered = SecurityProtocols.RDSAAD.with(SecurityProtocols.RDSTLS);
        return this;
    }

    /** Sends every client elsewhere as soon as it is logged on; see {@link porthole.host.redirection.RedirectionBuilder}. */
    public RdpHostBuilder redirect(ServerRedirectionPacket packet) {
        redirection = Optional.of(packet);
        return this;
    }

    /** The certificate to present; without this one is made for the name. */
    public RdpHostBuilder certificate(PrivateKey key, X509Certificate certificate) {
        identity = Optional.of(new HostIdentity(key, certificate));
        return this;
    }

    /** The largest desktop; a larger one that a client asks for is cut. */
    public RdpHostBuilder largestDesktop(int width, int height) {
        largest = new DesktopSize(width, height);
        return this;
    }

    /** The highest colour depth: 8, 15, 16, 24 or 32. */
    public RdpHostBuilder mostBitsPerPixel(int bits) {
        if (!Set.of(8, 15, 16, 24, 32).contains(bits)) {
            throw new IllegalArgumentException("no colour depth of " + bits + " bits");
        }
        mostBitsPerPixel = bits;
        return this;
    }

    /** Lets clients that can leave the channel joins out (MS-RDPBCGR 2.2.1.4.2, SKIP_CHANNELJOIN_SUPPORTED). */
    public RdpHostBuilder skipChannelJoin(boolean skip) {
        skipChannelJoin = skip;
        return this;
    }

    /** Measures the round-trip time while connecting, for clients that can. */
    public RdpHostBuilder autoDetect(boolean measure) {
        autoDetect = measure;
        return this;
    }

    /** Seconds between heartbeats, up to 255; 0 for none. */
    public RdpHostBuilder heartbeat(int seconds) {
        if (seconds < 0 || seconds > 255) {
            throw new IllegalArgumentException("a heartbeat has a period of 0 to 255 seconds");
        }
        heartbeat = seconds;
        return this;
    }

    /** Changes to this size as soon as the session is active. */
    public RdpHostBuilder reactivateTo(int width, int height) {
        reactivateTo = Optional.of(new DesktopSize(width, height));
        return this;
    }

    /** Whether bitmaps are compressed for clients that can; true unless told otherwise. */
    public RdpHostBuilder compress(boolean yes) {
        compress = yes;
        return this;
    }

    /**
     * Compresses fast-path updates for clients that ask for it, with the type that they ask for or this one, whichever is
     * lower: 0 to 3 as in {@link porthole.protocol.bulk.BulkDecompressor}; and lets them compress what they send on
     * static channels. Without this, updates and channels stay plain.
     */
    public RdpHostBuilder bulkCompression(int most) {
        if (most < BulkDecompressor.TYPE_8K || most > BulkDecompressor.BEST_TYPE) {
            throw new IllegalArgumentException("no bulk compression type " + most);
        }
        mostBulkCompression = OptionalInt.of(most);
        return this;
    }

    /**
     * Draws these orders as soon as a session is active, and no card. The host offers all orders then, and sends these
     * whether the client takes them or not.
     */
    public RdpHostBuilder orders(List<DrawingOrder> drawn) {
        orders = Optional.of(List.copyOf(drawn));
        return this;
    }

    /** Lets clients change their monitors during the session (MS-RDPEDISP); not unless told so. */
    public RdpHostBuilder displayControl(boolean open) {
        displayControl = open;
        return this;
    }

    /** Whether a shutdown request is denied, as by a desktop with a user; otherwise it ends the session. */
    public RdpHostBuilder shutdownDenied(boolean denied) {
        shutdownDenied = denied;
        return this;
    }

    /** What a client goes through for a licence; nothing unless told otherwise. */
    public RdpHostBuilder licensing(HostLicensing how) {
        licensing = how;
        return this;
    }

    /** From the connection to the active session. */
    public RdpHostBuilder loginDeadline(Duration deadline) {
        loginDeadline = deadline;
        return this;
    }

    /** Connections at the same time; further ones are closed at once. */
    public RdpHostBuilder connectionLimit(int most) {
        connectionLimit = most;
        return this;
    }

    /** What the host does wrong, on every connection. */
    public RdpHostBuilder faults(Fault... faults) {
        this.faults = List.of(faults);
        return this;
    }

    /** Is told what happens; more than one may be given. */
    public RdpHostBuilder observer(HostObserver another) {
        observer = observer.and(another);
        return this;
    }

    /** Makes the certificate where none was given, and listens. */
    public RdpHost start() {
        HostIdentity announced = identity.orElseGet(() -> HostIdentity.selfSigned(name, random));
        Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
        faults.forEach(fault -> quirks.addAll(fault.quirks()));
        HostLicensing licensed = licensing.equals(HostLicensing.NONE) && quirks.contains(Quirk.LICENSES)
                ? HostLicensing.of(HostLicensing.Mode.ISSUE)
                : licensing;
        Optional<LicenseServer> server = licensed.equals(HostLicensing.NONE)
                ? Optional.empty()
                : Optional.of(new LicenseServer(licensed, random));
        HostSettings settings = new HostSettings(
                name,
                offered,
                presented(announced, quirks).tls(),
                assertions,
                nla,
                standard(announced),
                rdstls,
                redirection,
                largest,
                mostBitsPerPixel,
                skipChannelJoin,
                autoDetect,
                heartbeat == 0 && quirks.contains(Quirk.HEARTBEATS) ? 1 : heartbeat,
                reactivateTo,
                compress,
                mostBulkCompression,
                orders,
                displayControl,
                shutdownDenied,
                server,
                loginDeadline,
                random,
                faults.stream().flatMap(fault -> fault.rules().stream()).toList(),
                quirks,
                observer);
        return new RdpHost(address, settings, announced, connectionLimit);
    }

    private Optional<StandardHost> standard(HostIdentity announced) {
        return encryptionLevel.isPresent() && offered.equals(SecurityProtocols.RDP)
                ? Optional.of(StandardHost.of(announced, encryptionLevel.getAsInt(), certificateChain))
                : Optional.empty();
    }

    private HostIdentity presented(HostIdentity announced, Set<Quirk> quirks) {
        if (quirks.contains(Quirk.CERTIFICATE_OF_OTHER_NAME)) {
            return HostIdentity.selfSigned("other." + name, random);
        } else if (quirks.contains(Quirk.CERTIFICATE_OF_OTHER_KEY)) {
            return HostIdentity.selfSigned(name, random);
        } else if (quirks.contains(Quirk.CERTIFICATE_EXPIRED)) {
            return HostIdentity.expired(name, random);
        }
        return announced;
    }
}
