package porthole.transport.nla;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import java.util.function.Supplier;
import porthole.protocol.credssp.EarlyUserAuthorizationResult;
import porthole.protocol.credssp.NtStatus;
import porthole.protocol.credssp.PublicKeyBinding;
import porthole.protocol.credssp.TsCredentials;
import porthole.protocol.credssp.TsRequest;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.Connection;
import porthole.transport.PhaseHandler;
import porthole.transport.TlsEvidence;

/**
 * CredSSP (MS-CSSP 3.1.5): tokens of the mechanism, proof that both ends see the same public key, then the credentials;
 * after PROTOCOL_HYBRID_EX the Early User Authorization Result PDU (MS-RDPBCGR 2.2.10.2).
 */
public final class NlaAuthentication extends PhaseHandler {
    private static final String SECTION = "MS-CSSP 3.1.5";
    private static final long VERSION = 6;
    private static final long OLDEST = 2;
    private static final int MAXIMUM_PDU = 64 << 10;
    private static final int MOST_ROUNDS = 10;
    private static final Framing REQUESTS = Framing.der(MAXIMUM_PDU);

    /** A result, or a last TSRequest with an error in its place. */
    private static final Framing RESULT =
            in -> LateRefusal.startsTsRequest(in) ? REQUESTS.frameLength(in) : EarlyUserAuthorizationResult.SIZE;

    private enum State {
        AWAIT_TOKEN,
        AWAIT_KEY,
        AWAIT_RESULT
    }

    private final Supplier<AuthenticationMechanism> mechanisms;
    private final TsCredentials credentials;
    private State state = State.AWAIT_TOKEN;
    private AuthenticationMechanism mechanism;
    private Bytes clientNonce;
    private long hostVersion;
    private PublicKeyBinding binding;
    private int rounds;

    NlaAuthentication(Connection connection, Supplier<AuthenticationMechanism> mechanisms, TsCredentials credentials) {
        super(connection, Stage.AUTHENTICATION);
        this.mechanisms = mechanisms;
        this.credentials = credentials;
    }

    @Override
    public Framing framing() {
        return state == State.AWAIT_RESULT ? RESULT : REQUESTS;
    }

    @Override
    protected String awaiting() {
        return switch (state) {
            case AWAIT_TOKEN -> "a TSRequest with a token of " + (mechanism == null ? "CredSSP" : mechanism.name());
            case AWAIT_KEY ->
                "a TSRequest with the host's pubKeyAuth; a host that closes instead mostly did not accept user, domain"
                        + " or password";
            case AWAIT_RESULT -> "an Early User Authorization Result PDU";
        };
    }

    @Override
    protected void enter() {
        mechanism = mechanisms.get();
        clientNonce = Bytes.of(connection().random().octets(PublicKeyBinding.NONCE));
        send(TsRequest.of(VERSION).withNegoToken(mechanism.begin()));
    }

    private void send(TsRequest request) {
        ByteBuf frame = context().alloc().buffer();
        new WireWriter(frame).pdu(request.withClientNonce(clientNonce));
        connection().send("TsRequest", frame);
    }

    @Override
    protected void onMessage(ByteBuf frame) {
        if (state == State.AWAIT_RESULT && !LateRefusal.startsTsRequest(frame)) {
            onResult(frame);
            return;
        }
        TsRequest request = TsRequest.decode(WireReader.of(frame, "TsRequest", "MS-CSSP 2.2.1"));
        connection().clock().message(true, "TsRequest", frame.readableBytes());
        if (request.errorCode().orElse(0) != 0) {
            throw LateRefusal.of(NtStatus.of(request.errorCode().getAsLong()));
        }
        checkVersion(request.version());
        switch (state) {
            case AWAIT_TOKEN -> onToken(request);
            case AWAIT_KEY -> onKey(request);
            case AWAIT_RESULT -> throw new SequenceException("one more TSRequest", awaiting(), SECTION);
        }
    }

    private void checkVersion(long version) {
        if (version < OLDEST) {
            throw new Refused(
                    "credssp-version",
                    "TSRequest.version",
                    version,
                    "version " + version,
                    "the host speaks a version of CredSSP that nobody should",
                    "update the host",
                    "MS-CSSP 2.2.1");
        }
        if (hostVersion != 0 && hostVersion != version) {
            throw new SequenceException(
                    "version " + version + " of CredSSP", "version " + hostVersion + ", as before", SECTION);
        }
        hostVersion = version;
    }

    private void onToken(TsRequest request) {
        if (request.negoTokens().isEmpty()) {
            throw new SequenceException("a TSRequest without a token", awaiting(), SECTION);
        }
        if (++rounds > MOST_ROUNDS) {
            throw new SequenceException(rounds + " tokens without an end", "at most " + MOST_ROUNDS, SECTION);
        }
        Optional<Bytes> answer = mechanism.next(request.negoTokens().get(0));
        mechanism.facts().forEach(this::evidence);
        TsRequest next = TsRequest.of(VERSION);
        next = answer.map(next::withNegoToken).orElse(next);
        if (mechanism.isComplete()) {
            long version = Math.min(VERSION, hostVersion);
            evidence("mechanism", mechanism.name());
            evidence("credSspVersion", version);
            Bytes key = connection().facts().tls().map(TlsEvidence::publicKey).orElse(Bytes.EMPTY);
            binding = new PublicKeyBinding(version, clientNonce, key);
            next = next.withPubKeyAuth(mechanism.wrap(binding.fromClient()));
            state = State.AWAIT_KEY;
        }
        send(next);
    }

    private void onKey(TsRequest request) {
        if (request.pubKeyAuth().isEmpty()) {
            throw new SequenceException("a TSRequest without pubKeyAuth", awaiting(), SECTION);
        }
        request.negoTokens().stream().findFirst().ifPresent(mechanism::finish);
        if (!provesTheKey(request.pubKeyAuth().get())) {
            throw new LocalFailure(
                    "public-key-mismatch",
                    "the host did not prove that the TLS key is its own: someone may be in the middle",
                    "another pubKeyAuth",
                    "one that is made with the session key and the public key of the TLS certificate",
                    "do not send a password this way; find out what lies between here and the host, a TLS proxy for"
                            + " example");
        }
        send(TsRequest.of(VERSION).withAuthInfo(mechanism.wrap(Bytes.of(credentials.toByteArray()))));
        if (connection().facts().selectedProtocol().equals(SecurityProtocols.HYBRID_EX)) {
            state = State.AWAIT_RESULT;
        } else {
            done();
        }
    }

    private boolean provesTheKey(Bytes pubKeyAuth) {
        try {
            return mechanism
                    .unwrap(WireReader.of(pubKeyAuth, "TsRequest.pubKeyAuth", SECTION))
                    .equals(binding.fromServer());
        } catch (WireException notSealedByTheHost) {
            return false;
        }
    }

    private void onResult(ByteBuf frame) {
        EarlyUserAuthorizationResult result = EarlyUserAuthorizationResult.decode(
                WireReader.of(frame, "EarlyUserAuthorizationResult", "MS-RDPBCGR 2.2.10.2"));
        connection().clock().message(true, "EarlyUserAuthorizationResult", frame.readableBytes());
        evidence("authorizationResult", result.name());
        if (result.authorizationResult() != EarlyUserAuthorizationResult.AUTHZ_SUCCESS) {
            throw new Refused(
                    "not-authorized",
                    "authorizationResult",
                    result.authorizationResult(),
                    result.name(),
                    "the user may not log on to this host",
                    "have the user put into the host's Remote Desktop Users group",
                    "MS-RDPBCGR 2.2.10.2");
        }
        done();
    }
}
