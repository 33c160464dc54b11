package porthole.cli.rdpfile.lint;

import static porthole.cli.rdpfile.lint.Finding.Severity.ERROR;
import static porthole.cli.rdpfile.lint.Finding.Severity.NOTE;
import static porthole.cli.rdpfile.lint.Finding.Severity.WARNING;

import java.util.List;
import java.util.Optional;
import porthole.cli.rdpfile.RdpDocument;
import porthole.cli.rdpfile.RdpKey;
import porthole.cli.rdpfile.RdpLine;
import porthole.cli.rdpfile.RdpValues;

/** What the keys say together: address, gateway, sign-in, RemoteApp, Azure Virtual Desktop, size. */
final class FileChecks {
    private final RdpDocument document;
    private final Findings findings;

    FileChecks(RdpDocument document, Findings findings) {
        this.document = document;
        this.findings = findings;
    }

    void check() {
        if (line("full address").isEmpty() && line("alternate full address").isEmpty()) {
            findings.file(ERROR, "full address", "no-address", "there is no 'full address': the file leads nowhere");
        }
        signIn();
        gateway();
        azure();
        remoteApp();
        desktop();
    }

    /** The line that counts, where its value is one that its key allows. */
    private Optional<RdpLine> line(String key) {
        return document.line(key)
                .filter(line ->
                        RdpValues.problem(RdpKey.named(key).orElseThrow(), line).isEmpty());
    }

    private boolean is(String key, int value) {
        return line(key).filter(line -> Integer.parseInt(line.value()) == value).isPresent();
    }

    private void warnWhere(String key, int value, String code, String text) {
        if (is(key, value)) {
            findings.value(WARNING, line(key).orElseThrow(), code, text);
        }
    }

    private void signIn() {
        warnWhere(
                "authentication level",
                0,
                "no-server-authentication",
                "other clients then connect without a warning to a host that cannot prove who it is; use 1 or 2");
        warnWhere(
                "negotiate security layer",
                0,
                "no-negotiation",
                "other clients then do not negotiate security with the host; leave it at 1");
        boolean entra = is("enablerdsaadauth", 1);
        if (!entra) {
            warnWhere(
                    "enablecredsspsupport",
                    0,
                    "no-network-level-authentication",
                    "without network level authentication the host sees the password before it proved that it knows the user; leave it at 1");
        }
        if (entra) {
            warnWhere(
                    "targetisaadjoined",
                    1,
                    "entra-twice",
                    "'enablerdsaadauth' replaces 'targetisaadjoined'; take the latter out");
        }
        if (is("administrative session", 1) && is("remoteapplicationmode", 1)) {
            findings.value(
                    WARNING,
                    line("administrative session").orElseThrow(),
                    "administrative-application",
                    "an administrative session shows the desktop, not one application");
        }
    }

    private void gateway() {
        Optional<RdpLine> host = line("gatewayhostname");
        Optional<RdpLine> usage = line("gatewayusagemethod");
        boolean wanted = is("gatewayusagemethod", 1) || is("gatewayusagemethod", 2);
        if (wanted && host.isEmpty()) {
            findings.value(
                    ERROR,
                    usage.orElseThrow(),
                    "gateway-without-name",
                    "a gateway is to be used, but there is no 'gatewayhostname'");
        }
        if (host.isPresent() && !wanted && !is("gatewayusagemethod", 3)) {
            findings.value(
                    WARNING,
                    host.get(),
                    "gateway-unused",
                    "'gatewayusagemethod' is "
                            + usage.map(RdpLine::value).orElse("missing, which means 0")
                            + ": this gateway is not used; 1 uses it always, 2 where a direct connection fails");
        }
        if (host.isPresent() && wanted && !is("gatewayprofileusagemethod", 1)) {
            findings.value(
                    WARNING,
                    host.get(),
                    "gateway-profile",
                    "'gatewayprofileusagemethod' is not 1: other clients then take their administrator's gateway instead");
        }
        boolean cookie = is("gatewaycredentialssource", 5);
        if (cookie && wanted && document.line("gatewayaccesstoken").isEmpty()) {
            findings.value(
                    NOTE,
                    line("gatewaycredentialssource").orElseThrow(),
                    "gateway-cookie",
                    "the gateway wants a cookie or token, which has to come from elsewhere");
        }
    }

    private void azure() {
        Optional<RdpLine> provider = line("resourceprovider");
        if (provider.isEmpty()) {
            return;
        }
        if (!provider.get().value().equalsIgnoreCase("arm")) {
            findings.value(WARNING, provider.get(), "resource-provider", "the only known resource provider is 'arm'");
            return;
        }
        for (String key : List.of("gatewayhostname", "loadbalanceinfo", "remoteapplicationprogram")) {
            if (line(key).isEmpty()) {
                findings.value(
                        ERROR,
                        provider.get(),
                        "azure-incomplete",
                        "Azure Virtual Desktop needs '" + key + "', which the file does not have");
            }
        }
    }

    private void remoteApp() {
        if (is("remoteapplicationmode", 1) && line("remoteapplicationprogram").isEmpty()) {
            findings.value(
                    ERROR,
                    line("remoteapplicationmode").orElseThrow(),
                    "application-without-program",
                    "one application is to be shown, but there is no 'remoteapplicationprogram'");
        }
        if (is("remoteapplicationmode", 0) || line("remoteapplicationmode").isEmpty()) {
            for (String key : List.of("remoteapplicationcmdline", "remoteapplicationfile")) {
                line(key)
                        .ifPresent(line -> findings.value(
                                NOTE,
                                line,
                                "application-unused",
                                "without 'remoteapplicationmode:i:1' this has no effect"));
            }
        }
    }

    private void desktop() {
        Optional<RdpLine> width = line("desktopwidth");
        Optional<RdpLine> height = line("desktopheight");
        if (width.isPresent() != height.isPresent()) {
            RdpLine alone = width.or(() -> height).orElseThrow();
            String other = width.isPresent() ? "desktopheight" : "desktopwidth";
            findings.value(WARNING, alone, "half-a-size", "there is no '" + other + "' beside it");
        }
        if (is("use multimon", 0)) {
            for (String key : List.of("selectedmonitors", "maximizetocurrentdisplays", "singlemoninwindowedmode")) {
                line(key)
                        .filter(line -> !line.value().equals("0"))
                        .ifPresent(line -> findings.value(
                                NOTE, line, "monitors-unused", "without 'use multimon:i:1' this has no effect"));
            }
        }
        line("alternate shell")
                .ifPresent(line -> findings.value(
                        NOTE, line, "starts-program", "the host starts this program instead of the desktop"));
    }
}
