package porthole.transport;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import porthole.protocol.x224.SecurityProtocols;

/** TLS alone (PROTOCOL_SSL, MS-RDPBCGR 5.4.5.1): whoever signs in does so in the session, or by the Client Info PDU. */
public final class TlsSecurityLayer implements SecurityLayer {
    @Override
    public String name() {
        return "tls";
    }

    @Override
    public SecurityProtocols protocol() {
        return SecurityProtocols.TLS;
    }

    @Override
    public boolean canUse(ConnectionSpec spec) {
        return true;
    }

    @Override
    public CompletionStage<Attempt> prepare(ConnectionSpec spec, StageClock clock, Executor blocking) {
        return CompletableFuture.completedFuture(connection -> Optional.empty());
    }
}
