package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import porthole.aad.rdsaad.RdsAadAuthentication;
import porthole.fixtures.ServerMessages;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.ConnectionSpec;
import porthole.transport.SecurityLayer;
import porthole.transport.StageClock;
import porthole.transport.Target;
import porthole.transport.TlsSecurityLayer;
import porthole.transport.Trust;

/**
 * The whole connection sequence against a host that sends anything: it goes on, or ends with a failure that explains
 * itself; it takes bounded memory and leaves none behind.
 *
 * <p>The first octet says how far the host behaves, the second how the rest is wrapped and cut.
 */
class ConnectionFuzzTest {
    private static final FuzzedHost.Moment[] MOMENTS = FuzzedHost.Moment.values();

    @FuzzTest(maxDuration = "60s")
    void tls(byte[] input) {
        run(input, new TlsSecurityLayer(), connection -> Optional.empty());
    }

    @FuzzTest(maxDuration = "60s")
    void aad(byte[] input) {
        run(
                input,
                new AadLayer(),
                connection -> Optional.of(new RdsAadAuthentication(
                        connection, nonce -> CompletableFuture.completedFuture("e30.e30.AAAA"))));
    }

    private static void run(byte[] input, SecurityLayer layer, SecurityLayer.Attempt attempt) {
        ConnectionSpec spec = ConnectionSpec.of(Target.of("host.example", 3389), List.of(layer), new Trust.Ignore());
        Oracle.bounded(input.length, () -> {
            Cursor cursor = new Cursor(input);
            FuzzedHost.Moment moment = MOMENTS[cursor.u8() % MOMENTS.length];
            int how = cursor.u8();
            int cut = how >> 4 == 0 ? Integer.MAX_VALUE / 2 : how >> 4;
            try (FuzzedHost host = new FuzzedHost(spec, layer, attempt)) {
                host.behaveUntil(moment);
                switch (how & 3) {
                    case 0 -> host.feed(cursor.rest(), cut);
                    case 1 -> wrapped(host, cursor, cut, b -> ServerMessages.sendData(ServerMessages.IO_CHANNEL, b));
                    case 2 -> wrapped(host, cursor, cut, ConnectionFuzzTest::shareData);
                    default -> wrapped(host, cursor, cut, ConnectionFuzzTest::fastPath);
                }
            }
        });
    }

    /** Messages behind a length of two octets. */
    private static void wrapped(FuzzedHost host, Cursor cursor, int cut, UnaryOperator<byte[]> wrapper) {
        while (cursor.hasMore()) {
            byte[] body = cursor.part(Math.min(cursor.u16(), 0x3F00));
            host.feed(wrapper.apply(body), cut);
        }
    }

    /** The first octet is the type. */
    private static byte[] shareData(byte[] body) {
        Cursor cursor = new Cursor(body);
        int pduType2 = cursor.u8();
        return ServerMessages.shareData(pduType2, cursor.rest());
    }

    /** The first octet is the update code. */
    private static byte[] fastPath(byte[] body) {
        Cursor cursor = new Cursor(body);
        int updateCode = cursor.u8();
        return ServerMessages.fastPath(updateCode, cursor.rest());
    }

    /** RDSAAD with an assertion that needs no authority. */
    private static final class AadLayer implements SecurityLayer {
        @Override
        public String name() {
            return "aad";
        }

        @Override
        public SecurityProtocols protocol() {
            return SecurityProtocols.RDSAAD;
        }

        @Override
        public boolean canUse(ConnectionSpec spec) {
            return true;
        }

        @Override
        public CompletableFuture<Attempt> prepare(ConnectionSpec spec, StageClock clock, Executor blocking) {
            return CompletableFuture.completedFuture(connection -> Optional.empty());
        }
    }
}
