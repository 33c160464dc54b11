package porthole.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import porthole.cli.base.Surroundings;
import porthole.cli.base.UsageException;
import porthole.cli.rdpfile.RdpFile;
import porthole.client.GraphicsOffer;
import porthole.client.bitmapcache.BitmapCacheStore;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.gcc.ClientCoreData;
import porthole.transport.ClientSettings;
import porthole.transport.Monitor;
import porthole.transport.StandardCapabilities;

/** What the client says of its screen, keyboard and name. */
public final class DesktopOptions {
    @Option(names = "--size", paramLabel = "WxH", description = "Desktop size in pixels (default: 1024x768).")
    String size;

    @Option(
            names = "--monitors",
            paramLabel = "WxH+X+Y,...",
            description =
                    "Several monitors, the primary one first at +0+0, the others from its corner; instead of --size.")
    String monitors;

    @Option(
            names = "--scale",
            paramLabel = "PERCENT",
            description = "How large the host is to draw: 100 to 500 percent (default: 100).")
    String scale;

    @Option(
            names = "--orientation",
            paramLabel = "DEGREES",
            description = "How the monitors are turned: 0, 90, 180 or 270 (default: 0).")
    String orientation;

    @Option(
            names = "--bpp",
            paramLabel = "N",
            description = "Colour depth: 8, 15, 16, 24 or 32 bits per pixel (default: 32).")
    String bitsPerPixel;

    @Option(
            names = "--keyboard-layout",
            paramLabel = "N",
            description = "Windows input locale, for example 0x407 for German (default: 0x409).")
    String keyboardLayout;

    @Option(
            names = "--client-name",
            paramLabel = "NAME",
            description = "What the client calls itself, up to 15 characters (default: porthole).")
    String clientName;

    @Option(
            names = "--compression",
            paramLabel = "TYPE",
            description =
                    "The best bulk compression that the host may use: off, 8k, 64k, rdp6 or rdp61 (default: off).")
    String compression;

    @Option(
            names = "--gfx",
            paramLabel = "HOW",
            description = "How the host may draw: auto (the graphics pipeline, or RemoteFX, NSCodec and bitmaps where"
                    + " there is none), off (bitmaps), progressive, rfx, avc420 or avc444 (the pipeline with these"
                    + " codecs), surface-rfx or surface-nsc (surface commands) (default: auto). H.264 is part of auto"
                    + " where a fast decoder is present. Behind it, with commas: versions of the pipeline (8, 8.1, 10"
                    + " to 10.7), small-cache, thin-client, no-scaled-maps, no-acks.")
    String gfx;

    @Option(
            names = "--bitmap-cache-dir",
            paramLabel = "DIR",
            description = "Keep bitmaps there for later sessions with the same host (files with mode 0600).")
    Path bitmapCache;

    @Option(
            names = "--orders",
            paramLabel = "on|off",
            description = "Whether the host may send drawing orders, where it uses no graphics pipeline (default: on).")
    String orders;

    @Option(names = "--admin", description = "Ask for the administrative session.")
    boolean admin;

    @Option(
            names = "--shell",
            paramLabel = "CMD",
            description = "A program on the host that is started instead of the desktop, where the host allows it.")
    String shell;

    @Option(names = "--shell-directory", paramLabel = "DIR", description = "The folder on the host in which it starts.")
    String shellDirectory;

    @Option(
            names = "--correlation-id",
            paramLabel = "ID",
            description =
                    "What the host's administrators find this connection by in their logs: a GUID, random or none "
                            + "(default: random).")
    String correlation = "random";

    /** The default settings with the options, the environment and the file applied. */
    public ClientSettings settings(Surroundings surroundings, RdpFile file) {
        ClientSettings.Builder settings = ClientSettings.DEFAULT.but();
        Values.Size fromFile =
                new Values.Size(file.width().orElse(1024), file.height().orElse(768));
        Values.Size asked = HostOptions.value(size, surroundings, "PORTHOLE_SIZE")
                .map(Values::size)
                .orElse(fromFile);
        settings.width(asked.width()).height(asked.height());
        bits(surroundings, file).ifPresent(settings::bitsPerPixel);
        if (keyboardLayout != null) {
            settings.keyboardLayout(Values.number("--keyboard-layout", keyboardLayout, 0, 0xFFFFFFFFL));
        }
        if (clientName != null) {
            if (clientName.isEmpty() || clientName.length() > 15) {
                throw new UsageException("--client-name: a name has 1 to 15 characters");
            }
            settings.clientName(clientName);
        }
        settings.bulkCompression(bulkCompression(surroundings, file));
        if (!ordersWanted(surroundings)) {
            settings.capabilities(StandardCapabilities.WITHOUT_ORDERS);
        }
        if (admin || file.wantsAdministrativeSession()) {
            settings.redirectedSessionId(OptionalLong.of(0));
        }
        Optional.ofNullable(shell).or(file::alternateShell).ifPresent(settings::alternateShell);
        Optional.ofNullable(shellDirectory).or(file::shellWorkingDirectory).ifPresent(settings::workingDirectory);
        settings.performanceFlags(file.performanceFlags(ClientSettings.DEFAULT.performanceFlags()));
        file.desktopScale().ifPresent(settings::desktopScale);
        monitors(settings, surroundings);
        network(settings, file);
        settings.correlation(Values.correlation(correlation));
        file.loadBalanceInfo().ifPresent(settings::cookie);
        try {
            return settings.build();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private void monitors(ClientSettings.Builder settings, Surroundings surroundings) {
        long percent = HostOptions.value(scale, surroundings, "PORTHOLE_SCALE")
                .map(text -> Values.number("--scale", text, 100, 500))
                .orElse(-1L);
        if (percent > 0) {
            settings.desktopScale(percent).deviceScale(Monitor.deviceScale(percent));
        }
        int turned = orientation == null ? 0 : (int) Values.number("--orientation", orientation, 0, 270);
        if (turned % 90 != 0) {
            throw new UsageException("--orientation: 0, 90, 180 or 270, not " + turned);
        }
        settings.orientation(turned);
        Optional<String> places = HostOptions.value(monitors, surroundings, "PORTHOLE_MONITORS");
        if (places.isPresent() && size != null) {
            throw new UsageException("--monitors and --size both say how large the desktop is");
        }
        places.ifPresent(text -> settings.monitors(Values.monitors(text, turned, (int) Math.max(100, percent))));
    }

    /** How the host may draw. */
    public GraphicsOffer graphics(Surroundings surroundings) {
        String[] words = HostOptions.value(gfx, surroundings, "PORTHOLE_GFX")
                .orElse("auto")
                .split(",", -1);
        return GfxWords.apply(kind(words[0]), List.of(words).subList(1, words.length));
    }

    /** Where bitmaps are kept for later sessions, if at all. */
    public Optional<BitmapCacheStore> bitmapCache(Consumer<String> notes) {
        return Optional.ofNullable(bitmapCache).map(folder -> new BitmapCacheStore(folder, notes));
    }

    private static GraphicsOffer kind(String how) {
        return switch (how) {
            case "auto" -> GraphicsOffer.AUTO;
            case "off" -> GraphicsOffer.OFF;
            case "progressive" -> GraphicsOffer.PROGRESSIVE;
            case "rfx" -> GraphicsOffer.RFX;
            case "avc420" -> GraphicsOffer.AVC420;
            case "avc444" -> GraphicsOffer.AVC444;
            case "surface-rfx" -> GraphicsOffer.SURFACE_RFX;
            case "surface-nsc" -> GraphicsOffer.SURFACE_NSC;
            default ->
                throw new UsageException("--gfx: '" + how
                        + "' is none of auto, off, progressive, rfx, avc420, avc444, surface-rfx, surface-nsc");
        };
    }

    private boolean ordersWanted(Surroundings surroundings) {
        String word = HostOptions.value(orders, surroundings, "PORTHOLE_ORDERS").orElse("on");
        return switch (word) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new UsageException("--orders: '" + word + "' is neither on nor off");
        };
    }

    private static void network(ClientSettings.Builder settings, RdpFile file) {
        if (!file.allowsAutoDetection()) {
            settings.earlyCapabilityFlags(
                    ClientSettings.DEFAULT.earlyCapabilityFlags() & ~ClientCoreData.SUPPORT_NETCHAR_AUTODETECT);
            settings.connectionType(ClientCoreData.CONNECTION_TYPE_LAN);
        }
        file.connectionType().ifPresent(settings::connectionType);
    }

    private OptionalInt bulkCompression(Surroundings surroundings, RdpFile file) {
        String type = HostOptions.value(compression, surroundings, "PORTHOLE_COMPRESSION")
                .orElse(file.compression().orElse(false) ? "rdp61" : "off");
        return switch (type) {
            case "off" -> OptionalInt.empty();
            case "8k" -> OptionalInt.of(BulkDecompressor.TYPE_8K);
            case "64k" -> OptionalInt.of(BulkDecompressor.TYPE_64K);
            case "rdp6" -> OptionalInt.of(BulkDecompressor.TYPE_RDP6);
            case "rdp61" -> OptionalInt.of(BulkDecompressor.TYPE_RDP61);
            default -> throw new UsageException("--compression: '" + type + "' is none of off, 8k, 64k, rdp6, rdp61");
        };
    }

    private OptionalInt bits(Surroundings surroundings, RdpFile file) {
        Optional<String> asked = HostOptions.value(bitsPerPixel, surroundings, "PORTHOLE_BPP");
        return asked.isPresent()
                ? OptionalInt.of((int) Values.number("--bpp", asked.get(), 8, 32))
                : file.bitsPerPixel();
    }
}
