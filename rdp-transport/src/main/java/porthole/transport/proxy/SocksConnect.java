package porthole.transport.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.WireException;
import porthole.protocol.wire.LooksLike;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;
import porthole.transport.Failures;
import porthole.transport.ProxyServer;

/** CONNECT through a SOCKS5 proxy (RFC 1928), with user and password where there are any (RFC 1929); it resolves the name. */
final class SocksConnect extends ByteToMessageDecoder {
    private static final String RFC_1928 = "RFC 1928 6";
    private static final int VERSION = 5;
    private static final int PASSWORD_VERSION = 1;
    private static final int NO_AUTHENTICATION = 0;
    private static final int USER_AND_PASSWORD = 2;
    private static final int CONNECT = 1;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;

    private enum Awaiting {
        METHOD,
        PASSWORD_STATUS,
        REPLY,
        NOTHING
    }

    private final ProxyServer proxy;
    private final Destination destination;
    private final CompletableFuture<ProxyTunnel.End> outcome;
    private Awaiting awaiting = Awaiting.METHOD;

    /** @param outcome is completed on the event loop */
    SocksConnect(ProxyServer proxy, Destination destination, CompletableFuture<ProxyTunnel.End> outcome) {
        this.proxy = proxy;
        this.destination = destination;
        this.outcome = outcome;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        boolean user = !proxy.user().isEmpty();
        send(context, out -> {
            out.u8(VERSION).u8(user ? 2 : 1).u8(NO_AUTHENTICATION);
            if (user) {
                out.u8(USER_AND_PASSWORD);
            }
        });
    }

    private void send(ChannelHandlerContext context, Consumer<WireWriter> message) {
        ByteBuf out = context.alloc().buffer();
        message.accept(new WireWriter(out));
        context.writeAndFlush(out).addListener(sent -> {
            if (!sent.isSuccess()) {
                fail(Failures.of(sent.cause()));
            }
        });
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (outcome.isDone()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            int length = length(in);
            if (length <= in.readableBytes()) {
                read(context, in.readSlice(length));
                if (awaiting == Awaiting.NOTHING) {
                    WireReader.of(in, "SocksReply", RFC_1928).end(); // the host speaks after the client alone
                    open(context);
                }
            }
        } catch (RdpFailure e) {
            in.skipBytes(in.readableBytes());
            fail(e);
        }
    }

    /** The length of the message that is awaited, or more than there is as long as it is not known. */
    private int length(ByteBuf in) {
        int at = in.readerIndex();
        int first = in.getUnsignedByte(at);
        int version = awaiting == Awaiting.PASSWORD_STATUS ? PASSWORD_VERSION : VERSION;
        if (first != version) {
            throw new WireException(
                    "SocksReply",
                    "version",
                    0,
                    LooksLike.of(in),
                    "version " + version + " of a SOCKS5 proxy",
                    "RFC 1928 3");
        }
        if (awaiting != Awaiting.REPLY) {
            return 2;
        }
        if (in.readableBytes() >= 2 && in.getByte(at + 1) != 0) {
            return 2; // some say no and nothing more
        }
        if (in.readableBytes() < 5) {
            return 5;
        }
        return switch (in.getUnsignedByte(at + 3)) {
            case IPV4 -> 4 + 4 + 2;
            case IPV6 -> 4 + 16 + 2;
            case NAME -> 4 + 1 + in.getUnsignedByte(at + 4) + 2;
            default ->
                throw new WireException(
                        "SocksReply",
                        "addressType",
                        3,
                        "type " + in.getUnsignedByte(at + 3),
                        "1 (IPv4), 3 (name) or 4 (IPv6)",
                        "RFC 1928 5");
        };
    }

    private void read(ChannelHandlerContext context, ByteBuf message) {
        int value = message.getUnsignedByte(message.readerIndex() + 1);
        switch (awaiting) {
            case METHOD -> method(context, value);
            case PASSWORD_STATUS -> {
                if (value != 0) {
                    throw refused(
                            "proxy-authentication",
                            value,
                            "user name and password",
                            "the proxy did not accept user and password",
                            "check user and password of the proxy",
                            "RFC 1929 2");
                }
                connect(context);
            }
            case REPLY -> {
                if (value != 0) {
                    throw Reply.of(value).refused(this, value);
                }
                awaiting = Awaiting.NOTHING;
            }
            default -> throw new IllegalStateException("nothing is awaited");
        }
    }

    private void method(ChannelHandlerContext context, int method) {
        if (method == NO_AUTHENTICATION) {
            connect(context);
        } else if (method == USER_AND_PASSWORD && !proxy.user().isEmpty()) {
            awaiting = Awaiting.PASSWORD_STATUS;
            byte[] user = proxy.user().getBytes(StandardCharsets.UTF_8);
            byte[] password = proxy.password().reveal().getBytes(StandardCharsets.UTF_8);
            send(
                    context,
                    out -> out.u8(PASSWORD_VERSION)
                            .u8(user.length)
                            .bytes(user)
                            .u8(password.length)
                            .bytes(password));
        } else {
            boolean anonymous = proxy.user().isEmpty();
            throw refused(
                    "proxy-authentication",
                    method,
                    method == 0xFF ? "NO ACCEPTABLE METHODS" : "method",
                    anonymous
                            ? "the proxy wants to know who this is"
                            : "the proxy takes neither user and password nor nobody",
                    anonymous
                            ? "give --proxy-user and --proxy-password-file, or put the user into the proxy's URL"
                            : "let the proxy take user and password (RFC 1929)",
                    "RFC 1928 3");
        }
    }

    private void connect(ChannelHandlerContext context) {
        awaiting = Awaiting.REPLY;
        send(context, out -> {
            out.u8(VERSION).u8(CONNECT).u8(0);
            byte[] address = destination.address().orElse(null);
            if (address == null) {
                byte[] name = destination.host().getBytes(StandardCharsets.US_ASCII);
                out.u8(NAME).u8(name.length).bytes(name);
            } else {
                out.u8(address.length == 4 ? IPV4 : IPV6).bytes(address);
            }
            out.u16be(destination.port());
        });
    }

    private void open(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(false);
        context.pipeline().remove(this);
        outcome.complete(ProxyTunnel.End.OPEN);
    }

    /** What the proxy says to CONNECT (RFC 1928 6). */
    private enum Reply {
        GENERAL_FAILURE("general SOCKS server failure", "the proxy could not do it", "see the proxy's log"),
        NOT_ALLOWED(
                "connection not allowed by ruleset",
                "the proxy does not allow this connection",
                "let whoever runs the proxy allow host and port"),
        NETWORK_UNREACHABLE(
                "Network unreachable",
                "the proxy has no way to the host's network",
                "see whether this is the right proxy for that host"),
        HOST_UNREACHABLE(
                "Host unreachable",
                "the proxy cannot reach the host, or cannot resolve its name",
                "see whether the proxy can resolve the name and has a way to the host"),
        REFUSED(
                "Connection refused",
                "the host refused the proxy's connection",
                "check that the host runs, that remote desktop is enabled and that the port is right"),
        EXPIRED("TTL expired", "the proxy's packets do not reach the host", "see the routes of the proxy's network"),
        NO_COMMAND("Command not supported", "the proxy does not do CONNECT", "use another proxy"),
        NO_ADDRESS_TYPE(
                "Address type not supported",
                "the proxy does not know this kind of address",
                "give the target as a name, or as an address of the other family"),
        UNKNOWN("unassigned", "the proxy refused", "see the proxy's log");

        private final String name;
        private final String meaning;
        private final String remedy;

        Reply(String name, String meaning, String remedy) {
            this.name = name;
            this.meaning = meaning;
            this.remedy = remedy;
        }

        static Reply of(int value) {
            return value < values().length ? values()[value - 1] : UNKNOWN;
        }

        Refused refused(SocksConnect asked, int value) {
            return asked.refused("proxy-refused", value, name, meaning + ": " + asked.destination, remedy, RFC_1928);
        }
    }

    private Refused refused(String cause, int code, String name, String meaning, String remedy, String section) {
        return new Refused(cause, "proxy " + proxy, code, name, meaning, remedy, section);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        fail(ProxyTunnel.closed(proxy, "an answer of a SOCKS5 proxy", context.channel()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(Failures.of(cause));
    }

    private void fail(RdpFailure failure) {
        outcome.completeExceptionally(failure);
    }
}
