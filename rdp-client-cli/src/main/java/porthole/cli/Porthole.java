package porthole.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import porthole.cli.base.Surroundings;
import porthole.cli.output.Output;
import porthole.client.H264Choice;

/** The {@code porthole} command. */
@Command(
        name = "porthole",
        mixinStandardHelpOptions = true,
        versionProvider = Porthole.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "A headless RDP client: connects, signs in with Entra ID, takes pictures, types, probes, records, "
                        + "replays and explains.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  porthole demo",
            "  porthole connect host.example --user anna --screenshot desktop.png",
            "  porthole probe host.example --until tls",
            "  porthole help exit-codes"
        })
public final class Porthole {
    /** Whether Netty's buffers tell the JVM's flight recorder of themselves, whose start would be a sixth of a short command. */
    private static final String NETTY_EVENTS = "io.netty.jfr.enabled";

    private final Surroundings surroundings;

    private Porthole(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    public static void main(String[] arguments) {
        if (System.getProperty(NETTY_EVENTS) == null) {
            System.setProperty(NETTY_EVENTS, "false");
        }
        int status = run(Surroundings.ofProcess(), arguments);
        // threads of Netty that still wind down must not hold the result back
        System.exit(status);
    }

    /** Runs one command line and gives its exit status. */
    public static int run(Surroundings surroundings, String... arguments) {
        CommandLine command = commandLine(surroundings, arguments);
        command.setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8));
        command.setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8));
        // no value may grow into anything else: no @files, no quotes to strip
        command.setExpandAtFiles(false);
        command.setTrimQuotes(false);
        command.setUsageHelpAutoWidth(true);
        command.setParameterExceptionHandler(Porthole::misunderstood);
        return command.execute(arguments);
    }

    /** The names of all commands. */
    static Set<String> names() {
        return commands().keySet();
    }

    /** Commands by name, in the order of the help. */
    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", DemoCommand::new);
        commands.put("connect", ConnectCommand::new);
        commands.put("avd", AvdCommand::new);
        commands.put("probe", ProbeCommand::new);
        commands.put("trust", TrustCommand::new);
        commands.put("rdp-file", RdpFileCommand::new);
        commands.put("replay", ReplayCommand::new);
        commands.put("decode", DecodeCommand::new);
        commands.put("login", LoginCommand::new);
        commands.put("logout", LogoutCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("token", TokenCommand::new);
        commands.put("host", HostCommand::new);
        commands.put("gateway", GatewayCommand::new);
        commands.put("completion", AutoComplete.GenerateCompletion::new);
        commands.put("help", HelpCommand::new);
        return commands;
    }

    /** Builds only the model of the command that is asked for, as start-up time is counted. */
    private static CommandLine commandLine(Surroundings surroundings, String... arguments) {
        CommandLine root = new CommandLine(new Porthole(surroundings));
        Map<String, Supplier<Object>> commands = commands();
        String first = arguments.length == 0 ? "" : arguments[0];
        boolean one =
                commands.containsKey(first) && !List.of("help", "completion").contains(first);
        for (Map.Entry<String, Supplier<Object>> command : commands.entrySet()) {
            if (!one || command.getKey().equals(first)) {
                root.addSubcommand(
                        command.getKey(),
                        named(command.getKey(), command.getValue().get()));
            }
        }
        return root;
    }

    private static CommandLine named(String name, Object command) {
        CommandLine line = new CommandLine(command);
        line.setCommandName(name);
        if (name.equals("explain")) {
            line.setUnmatchedOptionsArePositionalParams(true); // -2146893048 is no option
        }
        if (name.equals("completion")) {
            line.getCommandSpec()
                    .usageMessage()
                    .description("Print a completion script for bash and zsh.")
                    .footerHeading("%nExample:%n")
                    .footer("  source <(porthole completion)");
        }
        return line;
    }

    /** Says what is wrong with the command line without repeating what may be a secret. */
    private static int misunderstood(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        Surroundings surroundings = ((Porthole) command.getCommandSpec().root().userObject()).surroundings();
        String text = wrong instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : wrong.getMessage();
        Output output = new Output(surroundings, List.of(arguments).contains("--json"));
        PortholeCommand.complain(output, "usage", text);
        output.say("see: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }

    private static String unmatched(UnmatchedArgumentException wrong) {
        StringBuilder text = new StringBuilder();
        for (String argument : wrong.getUnmatched()) {
            if (argument.startsWith("-")) {
                String option = argument.split("[=:]", 2)[0];
                if (option.startsWith("--password") || option.startsWith("--access-token") || option.equals("-p")) {
                    return "there is no option " + option
                            + ": secrets do not belong on a command line, which others can"
                            + " read; use --password-file, --password-env or --token-command";
                }
                text.append(text.length() == 0 ? "unknown option " : ", ").append(option);
            }
        }
        return text.length() == 0 ? "more arguments than this command takes" : text.toString();
    }

    /** The version of the build and of the Java runtime, and which H.264 decoder there is. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Porthole.class.getPackage().getImplementationVersion();
            return new String[] {
                "porthole " + (version == null ? "(development)" : version),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                        + System.getProperty("os.arch"),
                "H.264: " + H264Choice.description()
            };
        }
    }
}
