package porthole.transport.rdstls;

import io.netty.buffer.ByteBuf;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Stage;
import porthole.protocol.rdstls.RdstlsAuthenticationRequest;
import porthole.protocol.rdstls.RdstlsAuthenticationResponse;
import porthole.protocol.rdstls.RdstlsCapabilitiesPdu;
import porthole.protocol.rdstls.RdstlsResult;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;
import porthole.transport.Connection;
import porthole.transport.PhaseHandler;

/** The host's versions, our request, the host's verdict (MS-RDPBCGR 5.4.5.3.1). */
final class RdstlsAuthentication extends PhaseHandler {
    private final RdstlsAuthenticationRequest request;
    private boolean sent;

    RdstlsAuthentication(Connection connection, RdstlsAuthenticationRequest request) {
        super(connection, Stage.AUTHENTICATION);
        this.request = request;
    }

    @Override
    public Framing framing() {
        return Framing::rdstls;
    }

    @Override
    protected String awaiting() {
        return sent ? "an RDSTLS Authentication Response PDU" : "an RDSTLS Capabilities PDU";
    }

    @Override
    protected void onMessage(ByteBuf frame) {
        if (sent) {
            onResponse(frame);
        } else {
            onCapabilities(frame);
        }
    }

    private void onCapabilities(ByteBuf frame) {
        RdstlsCapabilitiesPdu capabilities =
                RdstlsCapabilitiesPdu.decode(WireReader.of(frame, "RdstlsCapabilities", "MS-RDPBCGR 2.2.17.1"));
        connection().clock().message(true, "RdstlsCapabilities", frame.readableBytes());
        evidence("supportedVersions", capabilities.supportedVersions());
        if (!capabilities.supports(request.version())) {
            throw new LocalFailure(
                    "rdstls-version",
                    "the host does not take this kind of RDSTLS request",
                    "supportedVersions " + capabilities.supportedVersions(),
                    "version " + request.version(),
                    "federated tokens are for hosts in the cloud; other hosts take a redirection's password or a cookie");
        }
        sent = true;
        ByteBuf octets = context().alloc().buffer();
        new WireWriter(octets).pdu(request);
        connection().send("RdstlsAuthenticationRequest", octets);
    }

    private void onResponse(ByteBuf frame) {
        RdstlsResult result = RdstlsAuthenticationResponse.decode(
                        WireReader.of(frame, "RdstlsAuthenticationResponse", "MS-RDPBCGR 2.2.17.4"))
                .result();
        connection().clock().message(true, "RdstlsAuthenticationResponse", frame.readableBytes());
        evidence("result", result.name());
        if (!result.isSuccess()) {
            throw result.refused();
        }
        done();
    }
}
