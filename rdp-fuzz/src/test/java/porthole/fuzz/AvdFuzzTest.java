package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import porthole.aad.avd.BrokerAnswer;
import porthole.aad.avd.DoublyEncoded;
import porthole.aad.avd.FeedXml;
import porthole.aad.avd.LaunchUri;
import porthole.aad.json.StrictJson;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.wire.Bytes;
import porthole.transport.websocket.HeldUntilRead;
import porthole.transport.websocket.WebSocketPipe;

/** What feed, broker and gateway of Azure Virtual Desktop may say, and what links of strangers may. */
class AvdFuzzTest {
    private static final URI BASE = URI.create("https://rdweb.example.test/api/arm/feeddiscovery");

    private static void refuses(byte[] input, Runnable reading) {
        Oracle.bounded(input.length, () -> {
            try {
                reading.run();
            } catch (RdpFailure refused) {
                Oracle.require(!refused.report().cause().isEmpty(), refused::getMessage);
                Oracle.require(!refused.report().remedy().isEmpty(), refused::getMessage);
            }
        });
    }

    /** Documents: no entity is expanded, nothing outside is read, and a few octets do not become many resources. */
    @FuzzTest(maxDuration = "20s")
    void feed(byte[] input) {
        Bytes document = Bytes.of(input);
        refuses(input, () -> {
            var feeds = FeedXml.discovery(document, BASE);
            Oracle.require(feeds.size() <= input.length, () -> feeds.size() + " feeds");
        });
        refuses(input, () -> {
            var resources = FeedXml.resources(document, BASE);
            Oracle.require(resources.size() <= input.length, () -> resources.size() + " resources");
        });
    }

    /** The broker's JSON. */
    @FuzzTest(maxDuration = "20s")
    void answer(byte[] input) {
        refuses(input, () -> {
            BrokerAnswer answer = BrokerAnswer.parse(new String(input, StandardCharsets.UTF_8));
            Oracle.require("https".equalsIgnoreCase(answer.gateway().getScheme()), answer::toString);
            Oracle.require(!answer.entraName().isEmpty() && !answer.serverName().isEmpty(), answer::toString);
        });
    }

    /** The octets are the certificate container, and as text what is doubly encoded. */
    @FuzzTest(maxDuration = "20s")
    void certificate(byte[] input) {
        DoublyEncoded.decode(new String(input, StandardCharsets.ISO_8859_1));
        String blob = DoublyEncoded.encode(Bytes.of(input));
        Oracle.require(DoublyEncoded.decode(blob).equals(Optional.of(Bytes.of(input))), () -> blob);
        String body = StrictJson.newObject()
                .put("gatewayLocation", "wss://gateway.example.test/x")
                .put("redirectedServerName", "host")
                .put("redirectedServerCert", blob)
                .toString();
        refuses(input, () -> BrokerAnswer.parse(body));
    }

    /** Frames of the gateway, cut in two anywhere: what is read is octets, what is refused is said, nothing leaks. */
    @FuzzTest(maxDuration = "20s")
    void frames(byte[] input) {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline().addLast("first", new ChannelInboundHandlerAdapter());
        WebSocketPipe.install(channel.pipeline(), "first", "pipe", true);
        channel.pipeline().addLast(new HeldUntilRead(), new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                Oracle.require(cause instanceof RdpFailure, cause::toString);
            }

            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                Oracle.require(message instanceof ByteBuf octets && octets.isReadable(), message::toString);
                ReferenceCountUtil.release(message);
            }
        });
        int cut = input.length == 0 ? 0 : (input[0] & 0xFF) % input.length;
        channel.writeInbound(Unpooled.copiedBuffer(input, 0, cut));
        if (channel.isOpen()) {
            channel.read();
            channel.writeInbound(Unpooled.copiedBuffer(input, cut, input.length - cut));
        }
        channel.finishAndReleaseAll();
    }

    /** Links that begin sessions. */
    @FuzzTest(maxDuration = "10s")
    void launchUri(byte[] input) {
        try {
            LaunchUri uri = LaunchUri.parse(new String(input, StandardCharsets.UTF_8));
            Oracle.require(uri.workspaceId().matches("[\\p{Alnum}-]+"), uri::toString);
            Oracle.require(uri.resourceId().matches("[\\p{Alnum}-]+"), uri::toString);
        } catch (IllegalArgumentException refused) {
            Oracle.require(!refused.getMessage().isEmpty(), () -> "no reason");
        }
    }
}
