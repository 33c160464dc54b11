package porthole.host.session;

import io.netty.buffer.ByteBuf;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import porthole.host.fault.Quirk;
import porthole.host.fault.ServerMessage;
import porthole.host.nla.Acceptor;
import porthole.host.nla.HostUser;
import porthole.host.nla.NlaHost;
import porthole.protocol.credssp.EarlyUserAuthorizationResult;
import porthole.protocol.credssp.NtStatus;
import porthole.protocol.credssp.PublicKeyBinding;
import porthole.protocol.credssp.TsCredentials;
import porthole.protocol.credssp.TsPasswordCreds;
import porthole.protocol.credssp.TsRequest;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.failure.Stage;
import porthole.protocol.failure.WireException;
import porthole.protocol.ntlm.Ntlm;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.nla.ChannelBindings;

/** CredSSP as the server does it (MS-CSSP 3.1.5): the mechanism's tokens, the proof of the key, the user's credentials. */
final class NlaSecurity extends ServerPhase {
    private static final int LARGEST = 64 << 10;
    private static final int OLDEST = 2;
    private static final int CHALLENGE = 8;
    private static final long MESSAGE_ALTERED = 0x8009030FL;
    private static final long LOGON_FAILURE = 0xC000006DL;
    private static final long NOT_SUPPORTED = 0xC00000BBL;
    private static final long INVALID_TOKEN = 0x80090308L;

    private enum State {
        TOKENS,
        KEY,
        CREDENTIALS
    }

    private final NlaHost host;
    private State state = State.TOKENS;
    private Acceptor acceptor;
    private long clientVersion;
    private boolean busy;

    NlaSecurity(HostConnection connection) {
        super(connection, Stage.AUTHENTICATION);
        host = connection.settings().nla().orElseThrow();
    }

    @Override
    Framing framing() {
        return Framing.der(LARGEST);
    }

    @Override
    void onMessage(ByteBuf frame) {
        TsRequest request = TsRequest.decode(WireReader.of(frame, "TsRequest", "MS-CSSP 2.2.1"));
        if (busy) {
            throw new SequenceException("another TSRequest", "nothing before the answer", "MS-CSSP 3.1.5");
        }
        clientVersion = request.version();
        if (clientVersion < OLDEST) {
            refuse(NOT_SUPPORTED, "version " + clientVersion + " of CredSSP");
        } else if (state == State.CREDENTIALS) {
            onCredentials(request);
        } else if (request.negoTokens().isEmpty()) {
            onKey(request, Optional.empty());
        } else {
            onToken(request, request.negoTokens().get(0));
        }
    }

    private long version() {
        return Math.min(clientVersion, host.version());
    }

    private void onToken(TsRequest request, Bytes token) {
        if (acceptor == null) {
            byte[] challenge = new byte[CHALLENGE];
            connection().settings().random().nextBytes(challenge);
            Instant now = Instant.now();
            acceptor = host.acceptor(
                    token,
                    connection().settings().name(),
                    Bytes.of(challenge),
                    ChannelBindings.of(certificate()),
                    Ntlm.fileTime(now.getEpochSecond(), now.getNano()));
        }
        busy = true;
        CompletableFuture.supplyAsync(() -> acceptor.accept(token), host.work())
                .whenComplete((step, failure) ->
                        connection().channel().eventLoop().execute(() -> afterToken(request, step, failure)));
    }

    private void afterToken(TsRequest request, Acceptor.Step step, Throwable failure) {
        busy = false;
        if (connection().isOver()) {
            return;
        }
        try {
            if (failure != null) {
                refuseMalformed(failure);
            } else if (step.status() != 0 && step.answer().isPresent()) {
                tell(step.reason());
                send(
                        ServerMessage.NLA_CHALLENGE,
                        TsRequest.of(host.version()).withNegoToken(step.answer().get()));
                connection().end("authentication refused");
            } else if (step.status() != 0) {
                refuse(step.status(), step.reason());
            } else if (acceptor.isComplete() && request.pubKeyAuth().isPresent()) {
                onKey(request, step.answer());
            } else {
                state = acceptor.isComplete() ? State.KEY : State.TOKENS;
                TsRequest next = TsRequest.of(host.version());
                send(
                        ServerMessage.NLA_CHALLENGE,
                        step.answer().map(next::withNegoToken).orElse(next));
            }
        } catch (RuntimeException e) {
            connection().fail(e);
        }
    }

    private void refuseMalformed(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (!(cause instanceof WireException)) {
            connection().fail(cause);
            return;
        }
        refuse(INVALID_TOKEN, cause.getMessage());
    }

    private void onKey(TsRequest request, Optional<Bytes> answer) {
        if (acceptor == null || !acceptor.isComplete() || request.pubKeyAuth().isEmpty()) {
            refuse(INVALID_TOKEN, "a TSRequest with neither a token nor pubKeyAuth");
            return;
        }
        Bytes nonce = request.clientNonce().orElse(Bytes.EMPTY);
        if (version() >= PublicKeyBinding.FIRST_HASHED && nonce.size() != PublicKeyBinding.NONCE) {
            refuse(INVALID_TOKEN, "a nonce of " + nonce.size() + " octets");
            return;
        }
        PublicKeyBinding binding = new PublicKeyBinding(version(), nonce, publicKey());
        if (!opened(request.pubKeyAuth().get(), "pubKeyAuth").equals(Optional.of(binding.fromClient()))) {
            refuse(MESSAGE_ALTERED, "the client sees another public key");
            return;
        }
        state = State.CREDENTIALS;
        TsRequest reply = TsRequest.of(host.version()).withPubKeyAuth(acceptor.wrap(proof(binding)));
        send(ServerMessage.NLA_KEY, answer.map(reply::withNegoToken).orElse(reply));
    }

    private Bytes proof(PublicKeyBinding binding) {
        var quirks = connection().settings().quirks();
        if (quirks.contains(Quirk.KEY_PROOF_ECHOED)) {
            return binding.fromClient();
        } else if (quirks.contains(Quirk.KEY_PROOF_OF_OTHER_KEY)) {
            return new PublicKeyBinding(binding.version(), binding.clientNonce(), Bytes.hex("00")).fromServer();
        } else if (quirks.contains(Quirk.KEY_PROOF_OF_OTHER_NONCE)) {
            Bytes zeros = Bytes.of(new byte[PublicKeyBinding.NONCE]);
            return new PublicKeyBinding(binding.version(), zeros, binding.subjectPublicKey()).fromServer();
        }
        return binding.fromServer();
    }

    private void onCredentials(TsRequest request) {
        Optional<Bytes> plain = request.authInfo().flatMap(octets -> opened(octets, "authInfo"));
        if (plain.isEmpty()) {
            refuse(INVALID_TOKEN, "a TSRequest without credentials that this host can open");
            return;
        }
        TsCredentials credentials =
                TsCredentials.decode(WireReader.of(plain.get(), "TsCredentials", "MS-CSSP 2.2.1.2"));
        if (credentials.credType() != TsCredentials.PASSWORD) {
            refuse(NOT_SUPPORTED, "credentials of type " + credentials.credType());
            return;
        }
        TsPasswordCreds password = TsPasswordCreds.decode(
                WireReader.of(credentials.credentials(), "TsPasswordCreds", "MS-CSSP 2.2.1.2.1"));
        if (welcome(password)) {
            welcomed(password);
        } else {
            refuse(LOGON_FAILURE, "the delegated credentials are not those of " + acceptor.user());
        }
    }

    /** With restricted admin nothing is delegated, and a realm's word is enough where there is no account. */
    private boolean welcome(TsPasswordCreds password) {
        Optional<HostUser> account = acceptor.account();
        return connection().facts().restrictedAdmin
                || account.isEmpty()
                || account.get().ntHash().equals(Ntlm.ntHash(password.password()));
    }

    private void welcomed(TsPasswordCreds password) {
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("result", "welcome");
        what.put("mechanism", acceptor.name());
        what.put("user", acceptor.user());
        what.put("credSspVersion", version());
        what.put("restrictedAdmin", connection().facts().restrictedAdmin);
        what.put("delegatedUser", password.userName());
        what.put("delegatedDomain", password.domainName());
        what.put("delegatedPassword", password.password().isEmpty() ? "none" : "given");
        connection().event("authentication", what);
        connection().facts().user = acceptor.user();
        if (isEarlyAuthorization()) {
            send(
                    ServerMessage.AUTHORIZATION_RESULT,
                    new EarlyUserAuthorizationResult(EarlyUserAuthorizationResult.AUTHZ_SUCCESS));
            connection().advance(this);
        } else {
            connection()
                    .writer()
                    .at(ServerMessage.NLA_RESULT, () -> connection().advance(this));
        }
    }

    private boolean isEarlyAuthorization() {
        return connection().facts().selected.has(SecurityProtocols.HYBRID_EX);
    }

    /** The message inside, where the client sealed it. */
    private Optional<Bytes> opened(Bytes octets, String field) {
        try {
            return Optional.of(acceptor.unwrap(WireReader.of(octets, "TsRequest." + field, "MS-CSSP 3.1.5")));
        } catch (WireException notSealedByTheClient) {
            return Optional.empty();
        }
    }

    private void tell(String reason) {
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("result", "refused");
        what.put("mechanism", acceptor == null ? "none" : acceptor.name());
        what.put("reason", reason);
        connection().event("authentication", what);
    }

    /** Clients of versions 2 and 5 get no reason (MS-CSSP 2.2.1). */
    private void refuse(long status, String reason) {
        tell(NtStatus.of(status).name() + ": " + reason);
        if (version() != 2 && version() != 5) {
            send(ServerMessage.NLA_KEY, TsRequest.of(host.version()).withErrorCode(status));
        }
        connection().end("authentication refused");
    }

    private X509Certificate certificate() {
        Certificate[] own = connection()
                .channel()
                .pipeline()
                .get(SslHandler.class)
                .engine()
                .getSession()
                .getLocalCertificates();
        return (X509Certificate) own[0];
    }

    private Bytes publicKey() {
        return Bytes.of(
                SubjectPublicKeyInfo.getInstance(certificate().getPublicKey().getEncoded())
                        .getPublicKeyData()
                        .getBytes());
    }

    private void send(ServerMessage message, Pdu pdu) {
        ByteBuf frame = connection().channel().alloc().buffer();
        pdu.encode(new WireWriter(frame));
        connection().send(message, frame);
    }
}
