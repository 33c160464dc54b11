package porthole.transport.sequence;

import io.netty.buffer.ByteBuf;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.wire.Framing;
import porthole.transport.Connection;
import porthole.transport.PhaseHandler;
import porthole.transport.TlsEvidence;

/** Puts TLS in place on the open connection and hands the host's public key on (MS-RDPBCGR 5.4.5.1). */
final class TlsUpgrade extends PhaseHandler {
    TlsUpgrade(Connection connection) {
        super(connection, Stage.TLS);
    }

    @Override
    public Framing framing() {
        return null;
    }

    @Override
    protected String awaiting() {
        return "the end of the TLS handshake";
    }

    @Override
    protected void enter() {
        if (connection().octetsWaiting() > 0) {
            // whoever is in the path could have put them there: they must not be taken for the host's
            throw new SequenceException(
                    connection().octetsWaiting() + " octets in clear text behind the Connection Confirm",
                    "a TLS handshake",
                    "MS-RDPBCGR 5.4.5.1");
        }
        connection().tls().upgrade(context(), connection().spec()).whenComplete((evidence, failed) -> {
            if (failed != null) {
                connection().fail(failed);
            } else {
                established(evidence);
            }
        });
    }

    private void established(TlsEvidence tls) {
        connection().facts().tls(tls);
        tls.facts().forEach(this::evidence);
        done();
    }

    @Override
    protected void onMessage(ByteBuf frame) {
        throw new SequenceException("a message before TLS was in place", awaiting(), "MS-RDPBCGR 5.4.5.1");
    }
}
