package porthole.transport.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.Provider;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import porthole.fixtures.HostCertificate;
import porthole.transport.Trust;

/** Two TLS engines of Bouncy Castle, one against the other in memory, each with a key log of its own. */
final class TlsPair {
    /** What one side sent at a time. */
    record Flight(boolean client, byte[] octets) {}

    /** Bouncy Castle's server signs with nothing less. */
    private static final HostCertificate CERTIFICATE = HostCertificate.options()
            .keyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment)
            .create();

    private final List<Flight> flights = new ArrayList<>();
    private final EmbeddedChannel pipeline;

    private TlsPair(EmbeddedChannel pipeline) {
        this.pipeline = pipeline;
    }

    /** Shakes hands, lets the client send {@code text} and gives back everything that was on the wire. */
    static List<Flight> talk(String protocol, TlsKeyLog.Session client, TlsKeyLog.Session server, String text)
            throws Exception {
        SSLEngine near = TlsEngines.BC
                .context(new HostTrustManager(new Trust.Ignore(), "host.example", ""), Optional.of(client))
                .createSSLEngine("host.example", 443);
        near.setUseClientMode(true);
        SSLEngine far = serverContext(server).createSSLEngine();
        far.setUseClientMode(false);
        for (SSLEngine engine : List.of(near, far)) {
            engine.setEnabledProtocols(new String[] {protocol});
        }
        TlsPair pair = new TlsPair(new EmbeddedChannel(new ClientRandomReader(client)));
        pair.exchange(near, far, text);
        return pair.flights;
    }

    private static SSLContext serverContext(TlsKeyLog.Session log) throws Exception {
        HostCertificate certificate = CERTIFICATE;
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("host", certificate.privateKey(), new char[0], new Certificate[] {certificate.certificate()});
        Provider provider = new BouncyCastleJsseProvider(false, new LenientTlsCrypto.Provider(Optional.of(log)));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS", provider);
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private void exchange(SSLEngine near, SSLEngine far, String text) throws Exception {
        near.beginHandshake();
        far.beginHandshake();
        ByteBuffer message = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        byte[] toNear = {};
        byte[] toFar = {};
        for (int round = 0; round < 20; round++) {
            boolean ready = near.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;
            toFar = receive(far, joined(toFar, send(true, near, ready ? message : ByteBuffer.allocate(0))));
            toNear = receive(near, joined(toNear, send(false, far, ByteBuffer.allocate(0))));
        }
        if (message.hasRemaining() || toNear.length + toFar.length > 0) {
            throw new AssertionError("the handshake did not end");
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private byte[] send(boolean client, SSLEngine engine, ByteBuffer message) throws Exception {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        while (true) {
            run(engine);
            boolean wants =
                    engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP || message.hasRemaining();
            if (!wants) {
                break;
            }
            engine.wrap(message, out);
            if (out.position() == 0) {
                break;
            }
            sent.write(out.array(), 0, out.position());
            out.clear();
        }
        if (sent.size() > 0) {
            flights.add(new Flight(client, sent.toByteArray()));
        }
        if (client && sent.size() > 0) {
            pipeline.writeOutbound(Unpooled.wrappedBuffer(sent.toByteArray()));
            ByteBuf passed = pipeline.readOutbound();
            passed.release();
        }
        return sent.toByteArray();
    }

    /** Gives back what the engine does not take before it has sent something. */
    private static byte[] receive(SSLEngine engine, byte[] octets) throws Exception {
        ByteBuffer in = ByteBuffer.wrap(octets);
        ByteBuffer text = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        int before = -1;
        while (in.hasRemaining() && in.remaining() != before) {
            before = in.remaining();
            engine.unwrap(in, text);
            run(engine);
        }
        return Arrays.copyOfRange(octets, in.position(), octets.length);
    }

    private static void run(SSLEngine engine) {
        Runnable task = engine.getDelegatedTask();
        while (task != null) {
            task.run();
            task = engine.getDelegatedTask();
        }
    }
}
