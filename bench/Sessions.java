import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import porthole.client.RdpClient;
import porthole.client.RdpSession;
import porthole.transport.ClientSettings;
import porthole.transport.ConnectionSpec;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

/** Opens sessions to a host on the loopback address and prints what the process takes: {@code what|KiB} lines. */
public final class Sessions {
    private Sessions() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[0]);
        int many = Integer.parseInt(arguments[1]);
        ConnectionSpec spec = ConnectionSpec.of(
                        Target.of("127.0.0.1", port), List.of(new TlsSecurityLayer()), new Trust.Ignore())
                .withClient(ClientSettings.DEFAULT.but().width(1024).height(768).build());
        long before = resident();
        List<RdpSession> open = new ArrayList<>();
        try (RdpClient client = new RdpClient()) {
            open(client, spec, open);
            long one = resident();
            for (int i = 1; i < many; i++) {
                open(client, spec, open);
            }
            long all = resident();
            long used = (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1024;
            print("porthole: process before its first session", before);
            print("porthole: process with one session", one);
            print("porthole: process with " + many + " sessions", all);
            print("porthole: growth for each further session", (all - one) / (many - 1));
            print("porthole: Java heap in use for each session", used / many);
        }
    }

    private static void open(RdpClient client, ConnectionSpec spec, List<RdpSession> open) throws Exception {
        RdpSession session = client.connect(spec).get(20, TimeUnit.SECONDS);
        session.firstFrame().get(20, TimeUnit.SECONDS);
        open.add(session);
    }

    private static void print(String what, long value) {
        System.out.println(what + "|" + value);
    }

    /** VmRSS after a collection; -1 where the system does not tell. */
    private static long resident() throws IOException, InterruptedException {
        System.gc();
        Thread.sleep(500);
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return -1;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElse(-1L);
    }
}
