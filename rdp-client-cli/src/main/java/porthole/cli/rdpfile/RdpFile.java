package porthole.cli.rdpfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import porthole.cli.base.UsageException;
import porthole.protocol.info.ExtendedInfoPacket;
import porthole.transport.Secret;

/**
 * The settings of a connection file that this client acts upon, checked.
 *
 * <p>The file is data: whatever a value looks like, it is only ever the value of its key, and no key of a file can
 * loosen the certificate check or name a command or a file to read.
 */
public final class RdpFile {
    private static final int[][] SIZES = {{640, 480}, {800, 600}, {1024, 768}, {1280, 1024}, {1600, 1200}};

    private static final String PROGRAM = "remoteapplicationprogram";

    private final RdpDocument document;

    /** @throws UsageException where a setting that counts is no such value, with its line and column */
    public RdpFile(RdpDocument document) {
        this.document = document;
        for (RdpLine line : document.lines()) {
            RdpKey.named(line.key())
                    .filter(key ->
                            key.effect() == RdpKey.Effect.USED && !line.value().isEmpty())
                    .flatMap(key -> RdpValues.problem(key, line))
                    .ifPresent(problem -> {
                        throw new UsageException(document.at(line, problem.column()) + ": " + problem.text());
                    });
        }
    }

    /** A file without a line: what a plain target amounts to. */
    public static RdpFile empty() {
        return new RdpFile(new RdpDocument("", RdpEncoding.UTF_8, List.of()));
    }

    /** Whether a target argument names a connection file rather than a host. */
    public static boolean isNamedBy(String target) {
        return RdpDocument.isNamedBy(target);
    }

    /** Reads a file; one that is too large, no text, or wrong where it counts is a {@link UsageException}. */
    public static RdpFile read(Path file) {
        return new RdpFile(RdpDocument.read(file));
    }

    /** Reads what was fetched. */
    public static RdpFile parse(String name, byte[] octets) {
        return new RdpFile(RdpDocument.parse(name, octets));
    }

    public RdpDocument document() {
        return document;
    }

    private Optional<String> text(String key) {
        return document.line(key).map(RdpLine::value);
    }

    private OptionalInt number(String key) {
        return document.line(key)
                .map(line -> OptionalInt.of(Integer.parseInt(line.value())))
                .orElse(OptionalInt.empty());
    }

    private Optional<Boolean> flag(String key) {
        OptionalInt number = number(key);
        return number.isPresent() ? Optional.of(number.getAsInt() == 1) : Optional.empty();
    }

    /** Host and perhaps port: the alternate full address where there is one, else the full address. */
    public Optional<String> address() {
        return text("alternate full address").or(() -> text("full address"));
    }

    /** {@code server port}, which counts where the address names none. */
    public OptionalInt port() {
        return number("server port");
    }

    public Optional<String> user() {
        return text("username");
    }

    public Optional<String> domain() {
        return text("domain");
    }

    /** Pixels. */
    public OptionalInt width() {
        return side("desktopwidth", 0);
    }

    /** Pixels. */
    public OptionalInt height() {
        return side("desktopheight", 1);
    }

    private OptionalInt side(String key, int index) {
        OptionalInt pixels = number(key);
        OptionalInt named = number("desktop size id");
        boolean takesNamed = pixels.isEmpty() && named.isPresent();
        return takesNamed ? OptionalInt.of(SIZES[named.getAsInt()][index]) : pixels;
    }

    public OptionalInt bitsPerPixel() {
        return number("session bpp");
    }

    /** Percent, 100 to 500. */
    public OptionalInt desktopScale() {
        return number("desktopscalefactor");
    }

    /** Whether the file asks for bulk compression, or against it. */
    public Optional<Boolean> compression() {
        return flag("compression");
    }

    /** CONNECTION_TYPE (MS-RDPBCGR 2.2.1.3.2). */
    public OptionalInt connectionType() {
        return number("connection type");
    }

    /** Whether network auto-detection may be offered; false where the file forbids a part of it. */
    public boolean allowsAutoDetection() {
        return flag("networkautodetect").orElse(true)
                && flag("bandwidthautodetect").orElse(true);
    }

    /** The performance flags of TS_EXTENDED_INFO_PACKET: those of {@code flags} with what the file says changed. */
    public long performanceFlags(long flags) {
        long all = flags;
        all = performance(all, "disable wallpaper", ExtendedInfoPacket.PERF_DISABLE_WALLPAPER);
        all = performance(all, "disable full window drag", ExtendedInfoPacket.PERF_DISABLE_FULLWINDOWDRAG);
        all = performance(all, "disable menu anims", ExtendedInfoPacket.PERF_DISABLE_MENUANIMATIONS);
        all = performance(all, "disable themes", ExtendedInfoPacket.PERF_DISABLE_THEMING);
        all = performance(all, "disable cursor shadow", ExtendedInfoPacket.PERF_DISABLE_CURSOR_SHADOW);
        all = performance(all, "disable cursor setting", ExtendedInfoPacket.PERF_DISABLE_CURSORSETTINGS);
        all = performance(all, "allow font smoothing", ExtendedInfoPacket.PERF_ENABLE_FONT_SMOOTHING);
        return performance(all, "allow desktop composition", ExtendedInfoPacket.PERF_ENABLE_DESKTOP_COMPOSITION);
    }

    private long performance(long flags, String key, int bit) {
        return flag(key).map(on -> on ? flags | bit : flags & ~bit).orElse(flags);
    }

    /** Whether the file asks for Entra ID sign-in to the host (RDSAAD). */
    public boolean wantsEntra() {
        return flag("enablerdsaadauth").orElse(false);
    }

    /** Whether network level authentication (CredSSP) may be offered. */
    public boolean allowsNla() {
        return flag("enablecredsspsupport").orElse(true);
    }

    /** Whether the administrative session is asked for. */
    public boolean wantsAdministrativeSession() {
        return flag("administrative session").orElse(false)
                || flag("connect to console").orElse(false);
    }

    public Optional<String> alternateShell() {
        return text("alternate shell");
    }

    public Optional<String> shellWorkingDirectory() {
        return text("shell working directory");
    }

    /** The routing token of the connection request (MS-RDPBCGR 2.2.1.1). */
    public Optional<String> loadBalanceInfo() {
        return text("loadbalanceinfo");
    }

    /** The pre-connection blob (MS-RDPEPS 2.2.1.2). */
    public Optional<String> preConnectionBlob() {
        return text("pcb");
    }

    /** Whether a lost connection is to be restored, where the file says so. */
    public Optional<Boolean> autoReconnection() {
        return flag("autoreconnection enabled");
    }

    /** How often that may be tried. */
    public OptionalInt reconnectionAttempts() {
        return number("autoreconnect max retries");
    }

    /** The gateway, where the file names one. */
    public Optional<GatewayKeys> gateway() {
        return text("gatewayhostname")
                .map(host -> new GatewayKeys(
                        host,
                        number("gatewayusagemethod").orElse(0),
                        number("gatewaycredentialssource").orElse(0),
                        text("gatewayaccesstoken").map(Secret::of),
                        flag("promptcredentialonce").orElse(true)));
    }

    public AzureKeys azure() {
        return new AzureKeys(
                text("resourceprovider"),
                text("wvd endpoint pool"),
                text("geo"),
                text("armpath"),
                text("workspace id"),
                text("aadtenantid"),
                text("diagnosticserviceurl"),
                text("hubdiscoverygeourl"),
                text("activityhint"),
                text(PROGRAM));
    }

    /** The keys, and the lines without key, that have no effect here, each once, in the order of the file. */
    public List<String> ignored() {
        Set<String> ignored = new LinkedHashSet<>();
        boolean arm = azure().isArm();
        for (RdpLine line : document.lines()) {
            boolean used = RdpKey.named(line.key())
                    .filter(key -> key.effect() == RdpKey.Effect.USED
                            && (arm || !key.name().equals(PROGRAM)))
                    .isPresent();
            if (!used && !line.text().isBlank()) {
                ignored.add(line.shown());
            }
        }
        return new ArrayList<>(ignored);
    }
}
