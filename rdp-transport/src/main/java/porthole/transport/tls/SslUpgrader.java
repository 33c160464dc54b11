package porthole.transport.tls;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.nio.channels.ClosedChannelException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.wire.Bytes;
import porthole.transport.CertificateHashes;
import porthole.transport.Connection;
import porthole.transport.ConnectionSpec;
import porthole.transport.Failures;
import porthole.transport.TlsEvidence;
import porthole.transport.TlsUpgrader;
import porthole.transport.Trust;

/** Inserts an {@link SslHandler} in front of the frames; handshake arithmetic and trust run on {@code work}. */
public final class SslUpgrader implements TlsUpgrader {
    /** The handler name of TLS. */
    public static final String TLS = "tls";

    private final TlsEngines engines;
    private final Executor work;
    private final Optional<TlsKeyLog> keyLog;

    public SslUpgrader(TlsEngines engines, Executor work) {
        this(engines, work, Optional.empty());
    }

    /** @param keyLog where the secrets of every connection go; only with {@link TlsEngines#BC} */
    public SslUpgrader(TlsEngines engines, Executor work, Optional<TlsKeyLog> keyLog) {
        if (keyLog.isPresent() && engines != TlsEngines.BC) {
            throw new IllegalArgumentException("a key log needs " + TlsEngines.BC);
        }
        this.engines = engines;
        this.work = work;
        this.keyLog = keyLog;
    }

    @Override
    public CompletionStage<TlsEvidence> upgrade(ChannelHandlerContext context, ConnectionSpec spec) {
        ChannelPipeline pipeline = context.pipeline();
        String before = pipeline.get(Connection.TAP) == null ? Connection.FRAMES : Connection.TAP;
        return handshake(
                pipeline,
                spec.trust(),
                spec.target().tlsName(),
                spec.target().port(),
                spec.target().toString(),
                handler -> pipeline.addBefore(before, TLS, handler),
                reader -> pipeline.addBefore(before, null, reader));
    }

    /**
     * TLS with what lies before the host, a proxy or a gateway, at the end of the pipeline; for the event loop.
     *
     * @param name of the handler
     * @param host what the certificate has to name
     */
    public CompletionStage<TlsEvidence> secure(
            ChannelPipeline pipeline, String name, Trust trust, String host, int port) {
        return handshake(
                pipeline,
                trust,
                host,
                port,
                host + ":" + port,
                handler -> pipeline.addLast(name, handler),
                pipeline::addLast);
    }

    private CompletionStage<TlsEvidence> handshake(
            ChannelPipeline pipeline,
            Trust rule,
            String name,
            int port,
            String endpoint,
            Consumer<SslHandler> adder,
            Consumer<ChannelHandler> readerAdder) {
        CompletableFuture<TlsEvidence> outcome = new CompletableFuture<>();
        HostTrustManager trust = new HostTrustManager(rule, name, endpoint);
        Optional<TlsKeyLog.Session> log = keyLog.map(TlsKeyLog::session);
        SslHandler handler;
        try {
            handler = new SslHandler(engine(trust, log, name, port), false, work);
        } catch (GeneralSecurityException e) {
            outcome.completeExceptionally(Failures.of(e));
            return outcome;
        }
        handler.setHandshakeTimeoutMillis(0); // whoever asked has a deadline
        handler.handshakeFuture().addListener(done -> {
            if (trust.chain().length > 0) {
                pipeline.fireUserEventTriggered(new ShownCertificates(List.of(trust.chain()), done.isSuccess()));
            }
            if (!done.isSuccess()) {
                outcome.completeExceptionally(trust.refusal()
                        .<Throwable>map(refusal -> refusal)
                        .orElseGet(() -> handshakeFailed(done.cause())));
                return;
            }
            try {
                outcome.complete(evidence(handler.engine().getSession(), trust));
            } catch (GeneralSecurityException e) {
                outcome.completeExceptionally(Failures.of(e));
            }
        });
        log.ifPresent(session -> readerAdder.accept(new ClientRandomReader(session)));
        adder.accept(handler);
        return outcome;
    }

    private SSLEngine engine(HostTrustManager trust, Optional<TlsKeyLog.Session> log, String name, int port)
            throws GeneralSecurityException {
        SSLEngine engine = engines.context(trust, log).createSSLEngine(name, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setCipherSuites(hardwareFirst(parameters.getCipherSuites()));
        if (!NetUtil.isValidIpV4Address(name) && !NetUtil.isValidIpV6Address(name)) {
            try {
                parameters.setServerNames(List.of(new SNIHostName(name)));
            } catch (IllegalArgumentException notForSni) {
                parameters.setServerNames(List.of()); // a name that SNI cannot say, with an underscore for example
            }
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** AES-GCM before the rest, whose order stays: processors do it in hardware, and hosts take the client's order. */
    private static String[] hardwareFirst(String[] suites) {
        return Stream.concat(
                        Stream.of(suites).filter(SslUpgrader::isAesGcm),
                        Stream.of(suites).filter(suite -> !isAesGcm(suite)))
                .toArray(String[]::new);
    }

    private static boolean isAesGcm(String suite) {
        return suite.contains("AES") && suite.contains("GCM");
    }

    private static LocalFailure handshakeFailed(Throwable cause) {
        return new LocalFailure(
                "tls-handshake",
                "the TLS handshake failed",
                cause instanceof ClosedChannelException
                        ? "the other side closed the connection in the middle of it"
                        : String.valueOf(cause.getMessage()),
                "a handshake of TLS 1.2 or 1.3",
                "an alert comes from the host: see its event log; otherwise try the other TLS engine with --tls-provider",
                cause);
    }

    private static TlsEvidence evidence(SSLSession session, HostTrustManager trust) throws GeneralSecurityException {
        X509Certificate[] chain = trust.chain();
        byte[] key = SubjectPublicKeyInfo.getInstance(chain[0].getPublicKey().getEncoded())
                .getPublicKeyData()
                .getBytes();
        return new TlsEvidence(
                session.getProtocol(),
                session.getCipherSuite(),
                List.of(chain),
                CertificateHashes.of(chain[0]).certificate(),
                Bytes.of(key),
                trust.because());
    }
}
