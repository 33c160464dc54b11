package porthole.transport.sequence;

import io.netty.buffer.ByteBuf;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;
import porthole.protocol.failure.WireException;
import porthole.protocol.licensing.LicenseBinaryBlob;
import porthole.protocol.licensing.LicenseErrorCode;
import porthole.protocol.licensing.LicenseErrorMessage;
import porthole.protocol.licensing.LicenseRequest;
import porthole.protocol.licensing.LicenseStateTransition;
import porthole.protocol.licensing.LicensingPdu;
import porthole.protocol.licensing.NewLicense;
import porthole.protocol.licensing.NewLicenseInformation;
import porthole.protocol.licensing.PlatformChallenge;
import porthole.protocol.licensing.PlatformChallengeResponse;
import porthole.protocol.licensing.UpgradeLicense;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.security.RsaPublicKey;
import porthole.protocol.security.ServerCertificate;
import porthole.protocol.share.ShareControlHeader;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;
import porthole.transport.Connection;
import porthole.transport.licensing.LicenseIssuer;
import porthole.transport.licensing.LicenseStore;
import porthole.transport.licensing.LicenseStore.License;
import porthole.transport.licensing.LicenseStore.Product;

/**
 * Licensing (MS-RDPBCGR 1.3.1.1, MS-RDPELE 3.2): usually the host says at once that the client is a valid one; a host that
 * asks for a licence is shown the stored one or asked for a new one, its challenges are answered, and what it issues is kept.
 */
final class Licensing extends McsPhase {
    /** Honest hosts start once, challenge once, and hardly ever want anything again. */
    private static final int MOST_TURNS = 8;

    private static final int TYPE_MASK = 0xF;

    private enum State {
        REQUEST("a licence request, or the word that none is needed"),
        /** The store is at work, and no message is taken. */
        STORE("no message before the licence store has answered"),
        ANSWER("a platform challenge, a licence, or the word that none is needed"),
        /** The host gave an error without any consequence: it may go on as if nothing had happened. */
        EXCUSED("licensing, or a Demand Active PDU");

        private final String awaiting;

        State(String awaiting) {
            this.awaiting = awaiting;
        }
    }

    private final boolean keysAreOurs;
    /** What the answer to a request depends on. */
    private record Request(Bytes serverRandom, RsaPublicKey key) {}

    private State state = State.REQUEST;
    private Optional<Request> request = Optional.empty();
    private Optional<LicenseAnswer> answer = Optional.empty();
    private Optional<LicensingPdu> lastSent = Optional.empty();
    private boolean mayShowStored = true;
    private boolean challenged;
    private int turns;

    Licensing(Connection connection) {
        this(connection, true);
    }

    private Licensing(Connection connection, boolean keysAreOurs) {
        super(connection, Stage.LICENSING);
        this.keysAreOurs = keysAreOurs;
    }

    /** For a replay: what was encrypted for another client is taken unread. */
    static Licensing recorded(Connection connection) {
        return new Licensing(connection, false);
    }

    @Override
    protected String awaiting() {
        return state.awaiting;
    }

    @Override
    public Framing framing() {
        return state == State.STORE ? null : super.framing();
    }

    @Override
    protected void onIo(ByteBuf frame, WireReader in) {
        int size = in.remaining();
        BasicSecurityHeader header =
                in.within("securityHeader", "MS-RDPBCGR 2.2.8.1.1.2.1", BasicSecurityHeader::decode);
        if (state == State.EXCUSED && isDemandActive(header, size)) {
            evidence("outcome", "the host goes on without a licence");
            doneWith(frame);
            return;
        }
        if ((header.flags() & BasicSecurityHeader.SEC_LICENSE_PKT) == 0) {
            throw misplaced(String.format("a message with security flags 0x%04X", header.flags()));
        }
        LicensingPdu pdu;
        try {
            pdu = LicensingPdu.decode(in.sub(in.remaining(), "licensing", "MS-RDPBCGR 2.2.1.12"));
        } catch (WireException e) {
            alert(LicenseErrorCode.ERR_INVALID_MESSAGE_LEN);
            throw e;
        }
        connection().clock().message(true, pdu.getClass().getSimpleName(), frame.readableBytes());
        if (++turns > MOST_TURNS) {
            throw new LocalFailure(
                    "licence-loop",
                    "the host does not bring licensing to an end",
                    turns + " licensing messages",
                    "at most " + MOST_TURNS,
                    "see the licence server's event log; without --license-store the client begins anew");
        }
        if (pdu instanceof LicenseErrorMessage message) {
            onError(message);
        } else if (pdu instanceof LicenseRequest received) {
            onRequest(received);
        } else if (pdu instanceof PlatformChallenge challenge) {
            onChallenge(challenge);
        } else if (pdu instanceof NewLicense license) {
            onLicense("licence issued", license.encryptedLicenseInfo(), license.macData());
        } else if (pdu instanceof UpgradeLicense license) {
            onLicense("licence upgraded", license.encryptedLicenseInfo(), license.macData());
        } else {
            throw misplaced(pdu.getClass().getSimpleName() + " with type " + pdu.msgType());
        }
    }

    /** A share control header has its length and its type where licensing has the security header. */
    private static boolean isDemandActive(BasicSecurityHeader header, int size) {
        return header.flags() == size && (header.flagsHi() & TYPE_MASK) == ShareControlHeader.PDUTYPE_DEMANDACTIVEPDU;
    }

    private void onRequest(LicenseRequest received) {
        if (answer.isPresent()) {
            throw misplaced("a second licence request");
        }
        String company = text(received.productInfo().companyName().toUtf16le());
        String product = text(received.productInfo().productId().toUtf16le());
        evidence("requested", "a licence");
        evidence("company", company);
        evidence("product", product);
        RsaPublicKey key = key(received);
        if (!LicenseIssuer.isUsable(key)) {
            alert(LicenseErrorCode.ERR_INVALID_SERVER_CERTIFICATE);
            throw new LocalFailure(
                    "licence-certificate",
                    "the licensing certificate's key is of no use",
                    key.modulus().bitLength() + " bits, exponent of "
                            + key.exponent().bitLength() + " bits",
                    "an RSA key of more than 384 bits with an exponent of at most 32 bits",
                    LicenseErrorCode.ERR_INVALID_SERVER_CERTIFICATE.remedy());
        }
        request = Optional.of(new Request(received.serverRandom(), key));
        List<Product> products = received.scopeList().stream()
                .map(scope -> new Product(text(scope.data().toAscii()), company, product))
                .toList();
        state = State.STORE;
        if (mayShowStored) {
            lookUp(products.iterator());
        } else {
            answer(Optional.empty());
        }
    }

    /** Of the request's certificate, or of the one that standard security was begun with. */
    private RsaPublicKey key(LicenseRequest received) {
        Optional<ServerCertificate> certificate;
        try {
            certificate = received.certificate();
        } catch (WireException e) {
            alert(LicenseErrorCode.ERR_INVALID_SERVER_CERTIFICATE);
            throw e;
        }
        certificate.ifPresent(one -> LicenseIssuer.facts(one).forEach(this::evidence));
        return certificate
                .map(ServerCertificate::publicKey)
                .or(connection().protection()::hostKey)
                .orElseThrow(() -> misplaced("a licence request without the host's certificate"));
    }

    private void lookUp(Iterator<Product> products) {
        if (!products.hasNext()) {
            answer(Optional.empty());
            return;
        }
        store(store -> store.find(products.next()), Optional.empty(), found -> {
            if (found.isPresent()) {
                answer(found);
            } else {
                lookUp(products);
            }
        });
    }

    private void answer(Optional<License> stored) {
        Request to = request.orElseThrow();
        LicenseAnswer ours = stored.map(
                        license -> LicenseAnswer.withStored(connection(), to.key(), to.serverRandom(), license))
                .orElseGet(() -> LicenseAnswer.forNew(connection(), to.key(), to.serverRandom()));
        evidence("answered", stored.isPresent() ? "with the stored licence" : "with a request for a new one");
        answer = Optional.of(ours);
        state = State.ANSWER;
        send(ours.message());
        goOn();
    }

    private void onChallenge(PlatformChallenge challenge) {
        Bytes plain = opened(challenge.encryptedPlatformChallenge(), challenge.macData(), "a platform challenge");
        if (challenged) {
            throw misplaced("a second platform challenge");
        }
        challenged = true;
        LicenseAnswer ours = answer.orElseThrow();
        evidence("challenged", true);
        send(PlatformChallengeResponse.of(LicenseAnswer.FLAGS, ours.keys(), plain, ours.hardwareId()));
    }

    private void onLicense(String outcome, LicenseBinaryBlob encrypted, Bytes mac) {
        Bytes plain = opened(encrypted, mac, "a licence");
        if (!keysAreOurs) {
            evidence("outcome", outcome);
            done();
            return;
        }
        NewLicenseInformation information =
                NewLicenseInformation.decode(WireReader.of(plain, "NewLicenseInformation", "MS-RDPELE 2.2.2.6.1"));
        Product product = new Product(
                text(information.scope().toAscii()),
                text(information.companyName().toUtf16le()),
                text(information.productId().toUtf16le()));
        evidence("outcome", outcome);
        evidence("scope", product.scope());
        state = State.STORE;
        License license = new License(answer.orElseThrow().hardwareId(), information.licenseInfo());
        store(store -> store.keep(product, license), false, kept -> {
            evidence("stored", kept);
            done();
        });
    }

    /** Decrypts, and believes nothing without a right MAC. */
    private Bytes opened(LicenseBinaryBlob encrypted, Bytes mac, String what) {
        LicenseAnswer ours = answer.orElseThrow(() -> misplaced(what + " before a licence request"));
        Bytes plain = ours.keys().crypt(encrypted.data());
        if (keysAreOurs && !ours.keys().verifies(mac, plain)) {
            alert(LicenseErrorCode.ERR_INVALID_MAC);
            throw new LocalFailure(
                    "licence-mac",
                    "a licensing message was changed or encrypted with another key",
                    "MACData " + mac.toHex(),
                    "the MAC of the decrypted " + plain.size() + " octets",
                    LicenseErrorCode.ERR_INVALID_MAC.remedy());
        }
        return plain;
    }

    private void onError(LicenseErrorMessage message) {
        if (message.isValidClient()) {
            evidence("outcome", "valid client");
            done();
            return;
        }
        Optional<LicenseErrorCode> code = LicenseErrorCode.of(message.errorCode());
        Optional<LicenseStateTransition> transition = LicenseStateTransition.of(message.stateTransition());
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("code", code.map(Enum::name).orElse(String.format("0x%08X", message.errorCode())));
        facts.put("transition", transition.map(Enum::name).orElse(String.format("0x%08X", message.stateTransition())));
        connection().clock().note("licensing-error", facts);
        switch (transition.orElse(LicenseStateTransition.ST_TOTAL_ABORT)) {
            case ST_NO_TRANSITION -> state = State.EXCUSED;
            case ST_RESET_PHASE_TO_START -> {
                state = State.REQUEST;
                answer = Optional.empty();
                challenged = false;
                mayShowStored = false; // it begins anew because what it was shown did not do
            }
            case ST_RESEND_LAST_MESSAGE ->
                send(lastSent.orElseThrow(() -> misplaced("a wish for the last message again before there was one")));
            case ST_TOTAL_ABORT -> throw refused(message, code);
        }
    }

    private static Refused refused(LicenseErrorMessage message, Optional<LicenseErrorCode> code) {
        return new Refused(
                "licence-refused",
                "licensing error",
                message.errorCode(),
                code.map(Enum::name).orElse("unknown"),
                code.map(LicenseErrorCode::meaning).orElse("the host refused the licence exchange"),
                code.map(LicenseErrorCode::remedy).orElse("see the licence server's event log"),
                "MS-RDPBCGR 2.2.1.12.1.3");
    }

    /** Lets the store work, and goes on with its answer on the event loop; a store that fails is one that has nothing. */
    private <T> void store(Function<LicenseStore, CompletionStage<T>> work, T otherwise, Consumer<T> then) {
        work.apply(connection().spec().client().licenses()).whenComplete((result, failed) -> {
            T value = failed == null ? result : otherwise;
            if (connection().channel().eventLoop().inEventLoop()) {
                proceed(then, value);
            } else {
                connection().channel().eventLoop().execute(() -> proceed(then, value));
            }
        });
    }

    private <T> void proceed(Consumer<T> then, T value) {
        if (connection().isOver()) {
            return;
        }
        try {
            then.accept(value);
        } catch (RuntimeException e) {
            connection().fail(e);
        }
    }

    private void alert(LicenseErrorCode code) {
        send(LicenseErrorMessage.of(LicenseAnswer.FLAGS, code, LicenseStateTransition.ST_TOTAL_ABORT));
    }

    private void send(LicensingPdu pdu) {
        lastSent = Optional.of(pdu);
        connection()
                .sendOn(
                        connection().facts().ioChannelId(),
                        pdu.getClass().getSimpleName(),
                        BasicSecurityHeader.SEC_LICENSE_PKT,
                        pdu);
    }

    /** Without the terminator and what is behind it. */
    private static String text(String terminated) {
        int end = terminated.indexOf('\0');
        return end < 0 ? terminated : terminated.substring(0, end);
    }
}
