package porthole.aad.entra;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import porthole.aad.PrivateFiles;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.wire.Bytes;

/**
 * The few HTTPS requests that sign-in needs: certificate and host name are checked, answers are bounded, each request has
 * one deadline for everything, redirects are not followed. Thread-safe; nothing blocks the caller.
 */
public final class EntraHttp implements AutoCloseable {
    private static final int MAX_ANSWER = 256 * 1024;

    private final HttpClient client;
    private final Duration deadline;
    private final boolean plainHttpAllowed;

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

    private EntraHttp(SSLContext tls, Duration deadline, boolean plainHttpAllowed) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(deadline);
        if (tls != null) {
            builder.sslContext(tls);
        }
        this.client = builder.build();
        this.deadline = deadline;
        this.plainHttpAllowed = plainHttpAllowed;
    }

    /** Trusts what the platform trusts; {@code deadline} is for one request with its whole answer. */
    public static EntraHttp strict(Duration deadline) {
        return new EntraHttp(null, deadline, false);
    }

    /** Trusts what {@code tls} trusts; host names are still checked. */
    public static EntraHttp trusting(SSLContext tls, Duration deadline) {
        return new EntraHttp(tls, deadline, false);
    }

    /** Trusts the certificates of a PEM file and nothing else; reads the file on the calling thread. */
    public static EntraHttp trusting(Path caFile, Duration deadline) {
        return new EntraHttp(trust(caFile), deadline, false);
    }

    /** Also sends tokens and codes over plain HTTP where a URL says so: for a closed test network, by explicit wish only. */
    public static EntraHttp unsafePlain(Duration deadline) {
        return new EntraHttp(null, deadline, true);
    }

    /** GET. */
    public CompletableFuture<Answer> get(URI uri) {
        return send(uri, HttpRequest.newBuilder().GET());
    }

    /** POST of a form, whose members go out in the map's order. */
    public CompletableFuture<Answer> post(URI uri, Map<String, String> form) {
        return send(
                uri,
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(encode(form))));
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

    private CompletableFuture<Answer> send(URI uri, HttpRequest.Builder request) {
        return exchange(uri, request.header("Accept", "application/json"), "the authority", MAX_ANSWER)
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
            return headers.firstValue(name);
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
        HttpRequest.Builder request = HttpRequest.newBuilder();
        call.headers().forEach(request::header);
        call.body()
                .map(text -> request.POST(HttpRequest.BodyPublishers.ofString(text)))
                .orElseGet(request::GET);
        return exchange(uri, request, call.who(), call.largest());
    }

    private CompletableFuture<Raw> exchange(URI uri, HttpRequest.Builder request, String who, int largest) {
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        if (!https && !(plainHttpAllowed && "http".equalsIgnoreCase(uri.getScheme()))) {
            return CompletableFuture.failedFuture(new LocalFailure(
                    "insecure-url",
                    "secrets are not sent to this URL",
                    host(uri),
                    "an https URL",
                    "give " + who + " as https://HOST[:PORT]"));
        }
        CompletableFuture<HttpResponse<byte[]>> exchange;
        try {
            exchange = client.sendAsync(request.uri(uri).build(), info -> new Bounded(largest, who));
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new LocalFailure(
                    "insecure-url", "this is not a usable URL", host(uri), "https://HOST[:PORT]/PATH", "correct it"));
        }
        CompletableFuture<Raw> answer = new CompletableFuture<>();
        exchange.orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS).whenComplete((response, error) -> {
            if (error == null) {
                answer.complete(new Raw(response.statusCode(), response.headers(), Bytes.of(response.body())));
            } else {
                exchange.cancel(true);
                answer.completeExceptionally(failure(uri, error, who));
            }
        });
        answer.whenComplete((ignored, error) -> {
            if (answer.isCancelled()) {
                exchange.cancel(true);
            }
        });
        return answer;
    }

    private RdpFailure failure(URI uri, Throwable error, String who) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof RdpFailure known) {
                return known;
            }
            if (at instanceof TimeoutException || at instanceof java.net.http.HttpTimeoutException) {
                return new LocalFailure(
                        "deadline",
                        who + " did not answer in time",
                        host(uri) + " silent for " + deadline.toMillis() + " ms",
                        "an answer",
                        "check the network and any proxy, or allow more time");
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
            if (at instanceof UnresolvedAddressException || at instanceof java.net.UnknownHostException) {
                return new LocalFailure(
                        "resolve", who + "'s name does not resolve", host(uri), "an address", "check the name", at);
            }
        }
        boolean refused = error instanceof ConnectException || error.getCause() instanceof ConnectException;
        return new LocalFailure(
                refused ? "connect" : "early-close",
                refused ? "no connection to " + who : who + " broke off the exchange",
                host(uri),
                "an HTTP answer",
                "check " + who + "'s address, the network and any proxy",
                error instanceof CompletionException ? error.getCause() : error);
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

    /**
     * Lets the client's threads end where the platform offers that (Java 21 on), and then waits for requests in flight,
     * which their deadline bounds; before Java 21 the threads end when this object is collected.
     */
    @Override
    public void close() {
        if ((Object) client instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("the HTTP client does not close", e);
            }
        }
    }

    /** Collects a body and breaks off as soon as it is larger than allowed. */
    private static final class Bounded implements HttpResponse.BodySubscriber<byte[]> {
        private final int limit;
        private final String who;
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private Flow.Subscription subscription;

        Bounded(int limit, String who) {
            this.limit = limit;
            this.who = who;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription s) {
            subscription = s;
            s.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (body.isDone() || octets.size() + buffer.remaining() > limit) {
                    subscription.cancel();
                    body.completeExceptionally(new LocalFailure(
                            "entra-answer",
                            who + "'s answer is too large",
                            "more than " + limit + " octets",
                            "a short answer",
                            "check that this is " + who));
                    return;
                }
                byte[] part = new byte[buffer.remaining()];
                buffer.get(part);
                octets.write(part, 0, part.length);
            }
        }

        @Override
        public void onError(Throwable error) {
            body.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            body.complete(octets.toByteArray());
        }
    }
}
