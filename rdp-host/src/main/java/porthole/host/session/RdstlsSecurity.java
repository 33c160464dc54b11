package porthole.host.session;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import porthole.host.fault.ServerMessage;
import porthole.host.rdstls.RdstlsCheck;
import porthole.protocol.failure.Stage;
import porthole.protocol.rdstls.RdstlsAuthenticationRequest;
import porthole.protocol.rdstls.RdstlsAuthenticationResponse;
import porthole.protocol.rdstls.RdstlsCapabilitiesPdu;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** RDSTLS as the server does it (MS-RDPBCGR 5.4.5.3.1): our versions, the client's request, our verdict. */
final class RdstlsSecurity extends ServerPhase {
    RdstlsSecurity(HostConnection connection) {
        super(connection, Stage.AUTHENTICATION);
    }

    @Override
    Framing framing() {
        return Framing::rdstls;
    }

    @Override
    void enter() {
        send(ServerMessage.RDSTLS_CAPABILITIES, RdstlsCapabilitiesPdu.of(RdstlsCapabilitiesPdu.VERSION_1));
    }

    @Override
    void onMessage(ByteBuf frame) {
        RdstlsAuthenticationRequest request = RdstlsAuthenticationRequest.decode(
                WireReader.of(frame, "RdstlsAuthenticationRequest", "MS-RDPBCGR 2.2.17.2"));
        RdstlsCheck.Verdict verdict =
                connection().settings().rdstls().orElseThrow().check(request);
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("result", verdict.result().name());
        what.put("form", request.getClass().getSimpleName());
        what.put("user", verdict.user());
        connection().event("authentication", what);
        send(ServerMessage.RDSTLS_RESULT, RdstlsAuthenticationResponse.of(verdict.result()));
        if (verdict.result().isSuccess()) {
            connection().facts().user = verdict.user();
            connection().advance(this);
        } else {
            connection().end("authentication refused");
        }
    }

    private void send(ServerMessage message, Pdu pdu) {
        ByteBuf frame = connection().channel().alloc().buffer();
        pdu.encode(new WireWriter(frame));
        connection().send(message, frame);
    }
}
