package porthole.aad.entra;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import porthole.aad.PrivateFiles;
import porthole.protocol.failure.FailureReport;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.wire.Bytes;
import porthole.transport.ConnectionObserver;
import porthole.transport.Deadlines;
import porthole.transport.ProxySettings;
import porthole.transport.RouteSettings;
import porthole.transport.StageClock;
import porthole.transport.route.TcpConnector;

/**
 * The few HTTPS requests that sign-in and Azure Virtual Desktop need, each on a connection of its own, which opens as one to
 * an RDP host does and goes through the same proxies. Certificate and host name are checked, answers are bounded, each request
 * has one deadline for everything, redirects are not followed. Thread-safe; nothing blocks the caller.
 */
public final class EntraHttp implements AutoCloseable {
    private static final int MAX_ANSWER = 256 * 1024;

    private static final int THREADS = 4;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final SSLContext tls;
    private final Duration deadline;
    private final boolean plainHttpAllowed;
    private final RouteSettings route;
    private Threads threads; // begun by the first request

    /** What runs requests: one event loop, and what may wait for a name server or compute. */
    private record Threads(EventLoopGroup loop, ThreadPoolExecutor blocking) {
        static Threads start() {
            EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
                    1, new DefaultThreadFactory("porthole-https", true), NioIoHandler.newFactory());
            ThreadPoolExecutor blocking = new ThreadPoolExecutor(
                    THREADS,
                    THREADS,
                    10,
                    TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(),
                    new DefaultThreadFactory("porthole-https-work", true));
            blocking.allowCoreThreadTimeOut(true);
            return new Threads(loop, blocking);
        }

        void end() {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            blocking.shutdown();
        }
    }

    /**
     * What came back.
     *
     * @param status of HTTP
     * @param body as UTF-8
     * @param date of the authority's clock, where it sent one
     * @param location of a redirect, where there was one
     * @param retryAfter how long to wait before asking again, where it said so in seconds
     */
    public record Answer(
            int status, String body, Optional<Instant> date, Optional<String> location, Optional<Duration> retryAfter) {
        /** The status and the body's length: a body holds tokens and nonces, a location holds codes. */
        @Override
        public String toString() {
            return "Answer[status=" + status + ", body=" + body.length() + " characters]";
        }
    }

    /** How long one request may take. */
    Duration deadline() {
        return deadline;
    }

    private EntraHttp(SSLContext tls, Duration deadline, boolean plainHttpAllowed, RouteSettings route) {
        this.tls = tls;
        this.deadline = deadline;
        this.plainHttpAllowed = plainHttpAllowed;
        this.route = route;
    }

    /** Trusts what the platform trusts; {@code deadline} is for one request with its whole answer. */
    public static EntraHttp strict(Duration deadline) {
        return new EntraHttp(platform(), deadline, false, RouteSettings.DIRECT);
    }

    /** Trusts what {@code tls} trusts; host names are still checked. */
    public static EntraHttp trusting(SSLContext tls, Duration deadline) {
        return new EntraHttp(tls, deadline, false, RouteSettings.DIRECT);
    }

    /** Trusts the certificates of a PEM file and nothing else; reads the file on the calling thread. */
    public static EntraHttp trusting(Path caFile, Duration deadline) {
        return new EntraHttp(trust(caFile), deadline, false, RouteSettings.DIRECT);
    }

    /** Also sends tokens and codes over plain HTTP where a URL says so: for a closed test network, by explicit wish only. */
    public static EntraHttp unsafePlain(Duration deadline) {
        return new EntraHttp(platform(), deadline, true, RouteSettings.DIRECT);
    }

    /** The same through proxies; this one need not be closed if it was not used. */
    public EntraHttp through(ProxySettings proxies) {
        return new EntraHttp(tls, deadline, plainHttpAllowed, RouteSettings.DIRECT.withProxy(proxies));
    }

    /** GET. */
    public CompletableFuture<Answer> get(URI uri) {
        return send(uri, Map.of("Accept", "application/json"), Optional.empty());
    }

    /** POST of a form, whose members go out in the map's order. */
    public CompletableFuture<Answer> post(URI uri, Map<String, String> form) {
        return send(
                uri,
                Map.of("Accept", "application/json", "Content-Type", "application/x-www-form-urlencoded"),
                Optional.of(encode(form)));
    }

    /** Form or query text; a space becomes {@code %20}, which is right in both. */
    public static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private CompletableFuture<Answer> send(URI uri, Map<String, String> headers, Optional<String> body) {
        return call(uri, new Call("the authority", headers, body, MAX_ANSWER))
                .thenApply(raw -> new Answer(
                        raw.status(),
                        raw.text(),
                        raw.header("Date").flatMap(EntraHttp::date),
                        raw.header("Location"),
                        raw.header("Retry-After")
                                .filter(text -> text.matches("\\d{1,6}"))
                                .map(text -> Duration.ofSeconds(Long.parseLong(text)))));
    }

    /**
     * A request to a service that the authority's tokens are for.
     *
     * @param who answers, as failures name it: {@code the broker}
     * @param body goes out with POST; without one it is a GET
     * @param largest the most octets that an answer may have
     */
    public record Call(String who, Map<String, String> headers, Optional<String> body, int largest) {
        /** Without headers, which hold tokens. */
        @Override
        public String toString() {
            return "Call[who=" + who + ", " + (body.isPresent() ? "POST" : "GET") + "]";
        }
    }

    /** What came back, as octets. */
    public record Raw(int status, HttpHeaders headers, Bytes octets) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        /** The octets as UTF-8. */
        public String text() {
            return new String(octets.toArray(), StandardCharsets.UTF_8);
        }

        /** The status and the body's length: the rest may hold secrets. */
        @Override
        public String toString() {
            return "Raw[status=" + status + ", " + octets.size() + " octets]";
        }
    }

    /** Sends a request with its own headers. */
    public CompletableFuture<Raw> call(URI uri, Call call) {
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        if (!https && !(plainHttpAllowed && "http".equalsIgnoreCase(uri.getScheme()))) {
            return CompletableFuture.failedFuture(new LocalFailure(
                    "insecure-url",
                    "secrets are not sent to this URL",
                    host(uri),
                    "an https URL",
                    "give " + call.who() + " as https://HOST[:PORT]"));
        }
        if (uri.getHost() == null) {
            return CompletableFuture.failedFuture(new LocalFailure(
                    "insecure-url", "this is not a usable URL", host(uri), "https://HOST[:PORT]/PATH", "correct it"));
        }
        String host = uri.getHost().replaceAll("[\\[\\]]", "");
        int port = uri.getPort() >= 0 ? uri.getPort() : https ? HTTPS_PORT : HTTP_PORT;
        Threads with = threads();
        CompletableFuture<Raw> exchange = new CompletableFuture<>();
        CompletableFuture<TcpConnector.Opened> line = new TcpConnector(with.loop(), with.blocking())
                .connect(
                        host,
                        port,
                        route,
                        Deadlines.within(deadline),
                        new StageClock(ConnectionObserver.NONE, System::nanoTime));
        line.whenComplete((opened, failed) -> {
            if (failed != null) {
                exchange.completeExceptionally(failed);
                return;
            }
            Channel channel = opened.channel();
            exchange.whenComplete((answer, error) -> channel.close());
            channel.eventLoop().execute(() -> {
                if (https) {
                    channel.pipeline().addLast(HttpsExchange.tls(tls, host, port, with.blocking()));
                }
                HttpsExchange.begin(channel, request(uri, call), call.largest(), call.who(), exchange);
            });
        });
        CompletableFuture<Raw> outcome = new CompletableFuture<>();
        exchange.orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS).whenComplete((answer, error) -> {
            line.cancel(false);
            if (error == null) {
                outcome.complete(answer);
            } else {
                outcome.completeExceptionally(failure(uri, error, call.who()));
            }
        });
        outcome.whenComplete((answer, error) -> {
            if (outcome.isCancelled()) {
                exchange.cancel(false);
            }
        });
        return outcome;
    }

    private synchronized Threads threads() {
        if (threads == null) {
            threads = Threads.start();
        }
        return threads;
    }

    private static FullHttpRequest request(URI uri, Call call) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        ByteBuf body = Unpooled.copiedBuffer(call.body().orElse(""), StandardCharsets.UTF_8);
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                call.body().isPresent() ? HttpMethod.POST : HttpMethod.GET,
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery(),
                body);
        request.headers().set(HttpHeaderNames.HOST, uri.getRawAuthority());
        request.headers().set(HttpHeaderNames.USER_AGENT, "porthole");
        call.headers().forEach(request.headers()::set);
        request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (call.body().isPresent()) {
            request.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        return request;
    }

    private RdpFailure failure(URI uri, Throwable error, String who) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof RdpFailure known) {
                return of(uri, known, who);
            }
            if (at instanceof TimeoutException) {
                return late(who, host(uri) + " silent for " + deadline.toMillis() + " ms");
            }
            if (at instanceof SSLException) {
                return new LocalFailure(
                        "tls",
                        "no trusted TLS connection to " + who,
                        host(uri) + ": " + Sanitized.line(String.valueOf(at.getMessage())),
                        "a certificate for this name from a trusted issuer",
                        "give the issuer's certificate as CA file, or correct " + who + "'s name",
                        at);
            }
        }
        return new LocalFailure(
                "early-close",
                who + " broke off the exchange",
                host(uri),
                "an HTTP answer",
                "check " + who + "'s address, the network and any proxy",
                error);
    }

    /** What the transport says of a host, said of the authority or service behind it; what proxies say stays as it is. */
    private static RdpFailure of(URI uri, RdpFailure known, String who) {
        FailureReport report = known.report();
        String seen = host(uri) + ": " + report.seen();
        return switch (report.cause()) {
            case "name-unknown" ->
                new LocalFailure(
                        "resolve",
                        who + "'s name does not resolve",
                        seen,
                        "an address",
                        "check the name, and whether a proxy is needed to reach it");
            case "connection-refused", "connection-reset", "unreachable" ->
                new LocalFailure(
                        "connect",
                        "no connection to " + who,
                        seen,
                        report.expected(),
                        "check " + who + "'s address, the network and any proxy");
            case "deadline" -> late(who, seen);
            default -> known.withoutStage();
        };
    }

    private static LocalFailure late(String who, String seen) {
        return new LocalFailure(
                "deadline",
                who + " did not answer in time",
                seen,
                "an answer",
                "check the network and any proxy, or allow more time");
    }

    /** Scheme, host and port: a path or query may hold secrets. */
    static String host(URI uri) {
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static Optional<Instant> date(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static SSLContext platform() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new LocalFailure(
                    "ca-file",
                    "the platform's own authorities cannot be read",
                    Sanitized.line(String.valueOf(e.getMessage())),
                    "a readable trust store of the Java platform",
                    "give the authorities as a CA file",
                    e);
        }
    }

    private static SSLContext trust(Path caFile) {
        try {
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            int count = 0;
            for (Certificate ca : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(caFile)))) {
                roots.setCertificateEntry("ca" + count++, ca);
            }
            if (count == 0) {
                throw new GeneralSecurityException("no certificate");
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(roots);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return tls;
        } catch (IOException e) {
            throw PrivateFiles.unreadable("ca-file", "CA file", caFile, e);
        } catch (GeneralSecurityException e) {
            throw new LocalFailure(
                    "ca-file",
                    "the CA file cannot be used",
                    caFile + ": " + Sanitized.line(String.valueOf(e.getMessage())),
                    "one or more X.509 certificates as PEM",
                    "convert it to PEM",
                    e);
        }
    }

    /** Ends the threads; requests in flight fail. */
    @Override
    public synchronized void close() {
        if (threads != null) {
            threads.end();
            threads = null;
        }
    }
}
