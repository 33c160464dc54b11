package porthole.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import porthole.cli.base.UsageException;
import porthole.protocol.failure.Stage;

/** Help about a command, the exit codes or the environment. */
@Command(
        name = "help",
        description = "Show help about a command, or about: exit-codes, environment, control.",
        footerHeading = "%nExamples:%n",
        footer = {"  porthole help connect", "  porthole help exit-codes"})
final class HelpCommand extends PortholeCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "TOPIC",
            description = "A command, or one of: exit-codes, environment, control.")
    private String topic;

    @Spec
    private CommandSpec spec;

    @Override
    ExitCode run() {
        CommandLine root = spec.root().commandLine();
        if (topic == null) {
            output().text(root.getUsageMessage().stripTrailing());
        } else if (topic.equals("exit-codes")) {
            exitCodes();
        } else if (topic.equals("environment")) {
            output().text(ENVIRONMENT);
        } else if (topic.equals("control")) {
            output().text(CONTROL);
        } else if (root.getSubcommands().containsKey(topic)) {
            output().text(root.getSubcommands().get(topic).getUsageMessage().stripTrailing());
        } else {
            throw new UsageException("there is no help about '" + topic + "'");
        }
        return ExitCode.OK;
    }

    private void exitCodes() {
        for (ExitCode code : ExitCode.values()) {
            String stage = "";
            for (Stage candidate : Stage.values()) {
                if (ExitCode.of(candidate) == code) {
                    stage = candidate.label();
                }
            }
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("code", code.number());
            object.put("stage", stage.isEmpty() ? null : stage);
            object.put("meaning", code.meaning());
            output().data(String.format("%3d  %-28s %s", code.number(), stage, code.meaning()), object);
        }
    }

    private static final String ENVIRONMENT = """
            An option that is not given takes its value from the environment, and after that from the .rdp file:

              PORTHOLE_SECURITY      --security
              PORTHOLE_SECURITY_FLOOR  --security-floor
              PORTHOLE_USER          --user
              PORTHOLE_DOMAIN        --domain
              PORTHOLE_PASSWORD      the password itself, as the last resort
              PORTHOLE_CERTIFICATE   --certificate
              PORTHOLE_CA_FILE       --ca-file
              PORTHOLE_KNOWN_HOSTS   --known-hosts
              PORTHOLE_LICENSE_STORE --license-store
              PORTHOLE_TLS_PROVIDER  --tls-provider
              PORTHOLE_TIMEOUT       --timeout
              PORTHOLE_PROXY         --proxy
              PORTHOLE_PROXY_USER    --proxy-user
              PORTHOLE_PROXY_PASSWORD  the proxy's password itself
              PORTHOLE_GATEWAY       --gateway
              PORTHOLE_GATEWAY_USER  --gateway-user
              PORTHOLE_GATEWAY_PASSWORD  the gateway's password itself
              PORTHOLE_GATEWAY_TOKEN_COMMAND  --gateway-token-command
              PORTHOLE_RECONNECT     --reconnect
              PORTHOLE_SIZE          --size
              PORTHOLE_BPP           --bpp
              PORTHOLE_COMPRESSION   --compression
              PORTHOLE_GFX           --gfx
              PORTHOLE_ORDERS        --orders
              PORTHOLE_DECODE_THREADS --decode-threads
              PORTHOLE_TOKEN_COMMAND --token-command
              PORTHOLE_AUTHORITY     --authority
              PORTHOLE_TENANT        --tenant
              PORTHOLE_TOKEN_CACHE   --token-cache
              PORTHOLE_TOKEN_CACHE_KEY --token-cache-key

            https_proxy or else all_proxy names the proxy where --proxy does not, except for the hosts of no_proxy and for
            this machine itself.

            SSLKEYLOGFILE names a file to which TLS secrets are appended, for Wireshark.""";

    private static final String CONTROL = """
            With --control - each line of standard input is one JSON command, each line of standard output one event.
            Every command may carry an "id", which its answer repeats.

              {"command":"screenshot","file":"a.png"}              "pointer":true draws the pointer
              {"command":"type","text":"hello"}
              {"command":"key","name":"enter"}                     or "scancode":28; "action":"down"|"up"|"tap"
              {"command":"pointer","x":10,"y":20}                  "button":"left"|"right"|"middle"|"x1"|"x2",
                                                                   "action":"move"|"down"|"up"|"click"
              {"command":"wheel","delta":-120}                     "horizontal":true, "x", "y"
              {"command":"sync","locks":["num","caps"]}            scroll, num, caps, kana; the others go off
              {"command":"suppress-output","suppress":true}
              {"command":"refresh"}                                or with x, y, width, height
              {"command":"resize","width":1280,"height":800}
              {"command":"wait","for":"frame"|"quiet"|"change"}    "timeout":"10s", "quiet":"500ms"
              {"command":"reconnect"}
              {"command":"logoff"}                                 asks the host to end the session; "agreed" says whether
              {"command":"disconnect"}                             so does the end of the input

            An answer is {"event":"done","command":..,"id":..} or {"event":"error","command":..,"id":..,"cause":..,
            "message":..}. Events without a command: negotiation, stage, connected, resized, reconnecting,
            reconnected, ended, failure.""";
}
