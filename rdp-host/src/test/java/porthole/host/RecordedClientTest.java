package porthole.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import porthole.fixtures.Direction;
import porthole.fixtures.Fixtures;
import porthole.fixtures.Recording;
import porthole.graphics.screen.Framebuffer;
import porthole.graphics.screen.ScreenPainter;
import porthole.host.card.TestCard;
import porthole.host.card.TileEncoder;
import porthole.protocol.bulk.BulkDecompressor;
import porthole.protocol.fastpath.FastPathInput;
import porthole.protocol.fastpath.FastPathUpdate;
import porthole.protocol.fastpath.FastPathUpdates;
import porthole.protocol.graphics.PaletteUpdate;
import porthole.protocol.input.InputEvent;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.ConnectionConfirm;

/** A client on a plain socket that sends what FreeRDP was recorded to send, and looks at what comes back. */
class RecordedClientTest {
    /** The client's side, message by message. */
    private static final class Script implements AutoCloseable {
        private final Recording recording;
        private final Socket plain;
        private final SSLSocket tls;
        private final ByteBuf received = Unpooled.buffer();
        private final ConnectionConfirm confirm;

        Script(RdpHost host, String name) throws Exception {
            recording = Fixtures.recording(name);
            plain = new Socket(host.address().getAddress(), host.port());
            plain.getOutputStream().write(recording.firstPdu(Direction.C2S, "x224-cr"));
            confirm = ConnectionConfirm.decode(
                    Unpooled.wrappedBuffer(plain.getInputStream().readNBytes(19)), null);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
            tls = (SSLSocket) context.getSocketFactory().createSocket(plain, "porthole.test", host.port(), true);
            tls.startHandshake();
        }

        void send(String kind) throws IOException {
            for (byte[] pdu : recording.pdus(Direction.C2S, kind)) {
                send(pdu);
            }
        }

        void send(byte[] octets) throws IOException {
            tls.getOutputStream().write(octets);
            tls.getOutputStream().flush();
        }

        /** The next frame that the host sends. */
        byte[] frame() throws IOException {
            InputStream in = tls.getInputStream();
            for (; ; ) {
                int length = Framing.tpktOrFastPath(received);
                if (length != Framing.MORE && length <= received.readableBytes()) {
                    byte[] frame = new byte[length];
                    received.readBytes(frame);
                    return frame;
                }
                byte[] more = new byte[16384];
                int read = in.read(more);
                if (read < 0) {
                    throw new IOException("the host closed");
                }
                received.writeBytes(more, 0, read);
            }
        }

        @Override
        public void close() throws IOException {
            plain.close();
        }
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Brings a recorded client to its active session. */
    private static void activate(Script script) throws IOException {
        script.send("mcs-connect-initial");
        assertThat(script.frame()).startsWith(3, 0).contains(0x7F, 0x66);
        script.send("mcs-erect-domain");
        script.send("mcs-attach-user-request");
        assertThat(script.frame()).hasSize(11);
        for (int channel = 1003; channel <= 1008; channel++) {
            script.send("mcs-join-request-" + channel);
            assertThat(script.frame()).hasSize(15);
        }
        script.send("client-info");
        assertThat(script.frame()).endsWith(7, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0); // licence: valid client
        byte[] demand = script.frame();
        byte[] confirm = script.recording.firstPdu(Direction.C2S, "confirm-active");
        System.arraycopy(demand, 21, confirm, 21, 4); // the share that this host names
        script.send(confirm);
        script.send("synchronize");
        script.send("control-cooperate");
        script.send("control-request");
        script.send("font-list");
        for (int i = 0; i < 4; i++) {
            assertThat(script.frame()[0]).isEqualTo((byte) 3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bpp8, 8, true",
        "bpp15-plain, 15, true",
        "bpp16-plain, 16, false",
        "bpp16-plain, 16, true",
        "bpp24-plain, 24, true",
        "bpp32-plain, 32, false",
        "bpp32-plain, 32, true"
    })
    void theCardArrivesPixelByPixelAndFollowsInput(String name, int bitsPerPixel, boolean compress) throws Exception {
        try (RdpHost host = RdpHost.builder().compress(compress).start();
                Script script = new Script(host, "freerdp-tls-xrdp/" + name)) {
            assertThat(script.confirm.negotiation()).isPresent();
            activate(script);
            TestCard expected = new TestCard(
                    800,
                    600,
                    List.of(
                            "PORTHOLE TEST CARD",
                            "host porthole.test  user alice",
                            "800x600  " + bitsPerPixel + " bits per pixel  TLS"));
            Framebuffer screen = new Framebuffer(800, 600);
            ScreenPainter painter = new ScreenPainter(screen);
            FastPathUpdates updates = new FastPathUpdates(new BulkDecompressor(), 1 << 20);
            paint(script, updates, painter, 10 * 13);
            assertShows(screen, expected, bitsPerPixel);
            script.send(FastPathInput.of(InputEvent.Scancode.key(0x1E, false, true), InputEvent.Mouse.move(321, 77))
                    .toByteArray());
            while (!expected.dirty().isClean()) {
                expected.dirty().take();
            }
            expected.type('a');
            expected.movePointer(321, 77);
            int changed = 0;
            for (; !expected.dirty().isClean(); changed++) {
                expected.dirty().take();
            }
            paint(script, updates, painter, changed);
            assertShows(screen, expected, bitsPerPixel);
        }
    }

    private static void paint(Script script, FastPathUpdates updates, ScreenPainter painter, int bitmaps)
            throws IOException {
        int[] seen = {0};
        while (seen[0] < bitmaps) {
            byte[] frame = script.frame();
            if (frame[0] == 3) {
                continue; // slow path: save session info
            }
            updates.read(WireReader.of(frame, "FastPathOutput", "MS-RDPBCGR 2.2.9.1.2"), (code, data) -> {
                if (code == FastPathUpdate.BITMAP) {
                    painter.bitmapUpdate(data);
                    seen[0]++;
                } else if (code == FastPathUpdate.PALETTE) {
                    painter.palette(PaletteUpdate.decode(data));
                }
            });
        }
    }

    private static void assertShows(Framebuffer screen, TestCard card, int bitsPerPixel) {
        var picture = screen.snapshot();
        int wrong = 0;
        for (int y = 0; y < card.height(); y++) {
            for (int x = 0; x < card.width(); x++) {
                wrong += picture.argb(x, y) == TileEncoder.shown(card.argb(x, y), bitsPerPixel) ? 0 : 1;
            }
        }
        assertThat(wrong).as("pixels that differ").isZero();
    }
}
