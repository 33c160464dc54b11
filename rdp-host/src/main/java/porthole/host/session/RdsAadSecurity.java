package porthole.host.session;

import io.netty.buffer.ByteBuf;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import porthole.host.fault.Quirk;
import porthole.host.fault.ServerMessage;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.rdsaad.AuthenticationRequestPdu;
import porthole.protocol.rdsaad.AuthenticationResultPdu;
import porthole.protocol.rdsaad.ServerNoncePdu;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** RDS AAD: server nonce, assertion, result (MS-RDPBCGR 5.4.5.4.1). */
final class RdsAadSecurity extends ServerPhase {
    private static final int LARGEST_REQUEST = 128 * 1024;
    private static final int NONCE_OCTETS = 48;
    private static final String REUSED_NONCE =
            Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[48]);
    private static final int INTERNAL_ERROR = 0x80090304;

    private String nonce;
    private boolean asked;

    RdsAadSecurity(HostConnection connection) {
        super(connection, Stage.AUTHENTICATION);
    }

    @Override
    Framing framing() {
        return Framing.nulTerminatedJson(LARGEST_REQUEST);
    }

    @Override
    void enter() {
        nonce = newNonce();
        String sent = connection().settings().quirks().contains(Quirk.NONCE_REUSED) ? REUSED_NONCE : nonce;
        send(ServerMessage.SERVER_NONCE, ServerNoncePdu.of(sent));
        if (connection().settings().quirks().contains(Quirk.NONCE_STALE)) {
            nonce = newNonce();
        }
    }

    private String newNonce() {
        byte[] octets = new byte[NONCE_OCTETS];
        connection().settings().random().nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    @Override
    void onMessage(ByteBuf frame) {
        AuthenticationRequestPdu request =
                AuthenticationRequestPdu.decode(WireReader.of(frame, "AuthenticationRequest", "MS-RDPBCGR 2.2.18.2"));
        if (asked) {
            throw new SequenceException(
                    "a second Authentication Request", "nothing before the result", "MS-RDPBCGR 5.4.5.4.1");
        }
        asked = true;
        connection()
                .settings()
                .assertions()
                .orElseThrow()
                .check(request.rdpAssertion(), nonce)
                .whenComplete((verdict, failure) -> connection()
                        .channel()
                        .eventLoop()
                        .execute(() -> answer(
                                verdict != null
                                        ? verdict
                                        : new AssertionCheck.Verdict(
                                                INTERNAL_ERROR, "", Map.of("failure", String.valueOf(failure))))));
    }

    private void answer(AssertionCheck.Verdict verdict) {
        if (connection().isOver()) {
            return;
        }
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("result", String.format("0x%08X", verdict.result()));
        what.put("user", verdict.user());
        what.put("checks", verdict.checks());
        connection().event("authentication", what);
        send(ServerMessage.AUTHENTICATION_RESULT, AuthenticationResultPdu.of(verdict.result()));
        if (verdict.result() == 0) {
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
