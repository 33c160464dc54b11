package porthole.aad.rdsaad;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import porthole.aad.AuthenticationResult;
import porthole.aad.explain.AssertionContext;
import porthole.aad.explain.AssertionExplainer;
import porthole.aad.explain.BrokenExchange;
import porthole.aad.explain.Explanation;
import porthole.aad.explain.RefusedAssertion;
import porthole.aad.explain.ResultExplainer;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.rdsaad.AuthenticationRequestPdu;
import porthole.protocol.rdsaad.AuthenticationResultPdu;
import porthole.protocol.rdsaad.ServerNoncePdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;
import porthole.transport.Connection;
import porthole.transport.PhaseHandler;

/** Server nonce, signed assertion, result (MS-RDPBCGR 2.2.18, 5.4.5.4.1): JSON texts that end in a zero octet. */
public final class RdsAadAuthentication extends PhaseHandler {
    private static final String SECTION = "MS-RDPBCGR 5.4.5.4.1";
    /** The note that says why a host may have refused an assertion; its one fact is the {@link Explanation}. */
    public static final String EXPLANATION = "explanation";

    private static final int MAXIMUM_PDU = 64 << 10;
    private static final Framing FRAMING = Framing.nulTerminatedJson(MAXIMUM_PDU);

    private enum State {
        AWAIT_NONCE,
        SIGNING,
        AWAIT_RESULT
    }

    private final AssertionSigner signer;
    private final AssertionContext known;
    private Optional<AssertionContext> exchanged = Optional.empty();
    private Duration nonceAt = Duration.ZERO;
    private String assertion = "";
    private State state = State.AWAIT_NONCE;

    public RdsAadAuthentication(Connection connection, AssertionSigner signer) {
        this(connection, signer, AssertionContext.NONE);
    }

    /** @param known what a refused assertion is explained with, besides what is exchanged here */
    public RdsAadAuthentication(Connection connection, AssertionSigner signer, AssertionContext known) {
        super(connection, Stage.AUTHENTICATION);
        this.signer = signer;
        this.known = known;
    }

    @Override
    public Framing framing() {
        return FRAMING;
    }

    @Override
    protected String awaiting() {
        return switch (state) {
            case AWAIT_NONCE -> BrokenExchange.AWAITING_NONCE;
            case SIGNING -> BrokenExchange.SIGNING;
            case AWAIT_RESULT -> BrokenExchange.AWAITING_RESULT;
        };
    }

    @Override
    protected String about(Bytes unfinished) {
        return BrokenExchange.about(unfinished);
    }

    @Override
    protected void onMessage(ByteBuf frame) {
        if (frame.readableBytes() == 1) {
            return; // a zero octet alone ends nothing: some hosts send one too many
        }
        switch (state) {
            case AWAIT_NONCE -> onNonce(frame);
            case SIGNING -> throw new SequenceException("a second message of the host", awaiting(), SECTION);
            case AWAIT_RESULT -> onResult(frame);
        }
    }

    private void onNonce(ByteBuf frame) {
        ServerNoncePdu nonce = ServerNoncePdu.decode(WireReader.of(frame, "ServerNoncePdu", "MS-RDPBCGR 2.2.18.1"));
        connection().clock().message(true, "ServerNoncePdu", frame.readableBytes());
        nonceAt = connection().clock().elapsed();
        exchanged = Optional.of(known.withServerNonce(nonce.tsNonce()));
        evidence("nonceLength", nonce.tsNonce().length());
        state = State.SIGNING;
        EventLoop loop = connection().channel().eventLoop();
        // never at once, however fast the signer is: what came together with the nonce is looked at before
        signer.sign(nonce.tsNonce()).whenComplete((made, failed) -> loop.execute(() -> signed(made, failed)));
    }

    private void signed(String made, Throwable failed) {
        if (connection().isOver()) {
            return;
        }
        if (failed != null) {
            connection().fail(failed);
            return;
        }
        state = State.AWAIT_RESULT;
        ByteBuf request = context().alloc().buffer();
        new WireWriter(request).pdu(AuthenticationRequestPdu.of(made));
        assertion = made;
        exchanged = exchanged.map(
                context -> context.withSent(Bytes.copyOf(request, request.readerIndex(), request.readableBytes()))
                        .withServerNonceAge(connection().clock().elapsed().minus(nonceAt)));
        connection().send("AuthenticationRequestPdu", request);
    }

    private void onResult(ByteBuf frame) {
        AuthenticationResultPdu pdu =
                AuthenticationResultPdu.decode(WireReader.of(frame, "AuthenticationResultPdu", "MS-RDPBCGR 2.2.18.3"));
        connection().clock().message(true, "AuthenticationResultPdu", frame.readableBytes());
        AuthenticationResult result = AuthenticationResult.of(pdu.result());
        evidence("result", result.name());
        if (!result.isSuccess()) {
            exchanged.ifPresent(context -> explain(result, context));
            throw result.refused();
        }
        done();
    }

    /** After SEC_E_INVALID_TOKEN every cause counts, after another answer only what is wrong with the assertion. */
    private void explain(AuthenticationResult result, AssertionContext context) {
        Explanation looked = AssertionExplainer.explain(assertion, context);
        if (result.equals(AuthenticationResult.SEC_E_INVALID_TOKEN) || looked.isFaulty()) {
            connection()
                    .clock()
                    .note(
                            EXPLANATION,
                            Map.of(EXPLANATION, RefusedAssertion.of(looked, ResultExplainer.explain(result))));
        }
    }
}
