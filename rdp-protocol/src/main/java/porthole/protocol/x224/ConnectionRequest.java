package porthole.protocol.x224;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.FieldListener;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * Client X.224 Connection Request PDU, as a whole frame (MS-RDPBCGR 2.2.1.1).
 *
 * @param dstRef destination reference, 0
 * @param srcRef source reference
 * @param classOption class and options, 0
 * @param cookie the octets between {@code Cookie: mstshash=} and CR LF, mostly the user name in UTF-8
 * @param routingToken any other text in that place, without its CR LF: {@code Cookie: msts=...}, load balance info
 * @param trailing octets behind the last known structure
 */
public record ConnectionRequest(
        int dstRef,
        int srcRef,
        int classOption,
        Optional<Bytes> cookie,
        Optional<Bytes> routingToken,
        Optional<NegotiationRequest> negotiationRequest,
        Optional<CorrelationInfo> correlationInfo,
        Bytes trailing)
        implements Pdu {
    static final String SECTION = "MS-RDPBCGR 2.2.1.1";
    private static final Bytes COOKIE = Bytes.ascii("Cookie: mstshash=");
    private static final Bytes CR_LF = Bytes.ascii("\r\n");

    public ConnectionRequest {
        if (cookie.isPresent() && routingToken.isPresent()) {
            throw new IllegalArgumentException("a connection request has a cookie or a routing token, not both");
        }
        boolean announced = negotiationRequest
                .map(request -> (request.flags() & NegotiationRequest.CORRELATION_INFO_PRESENT) != 0)
                .orElse(false);
        if (correlationInfo.isPresent() != announced) {
            throw new IllegalArgumentException("CORRELATION_INFO_PRESENT does not agree with the correlation info");
        }
    }

    /** A request without cookie and routing token. */
    public static ConnectionRequest of(NegotiationRequest negotiationRequest) {
        return request(Optional.empty(), Optional.empty(), Optional.of(negotiationRequest));
    }

    /** A request with {@code Cookie: mstshash=} and the user name, from which line ends are cut off. */
    public static ConnectionRequest withCookie(String user, NegotiationRequest negotiationRequest) {
        String line = user.split("[\r\n]", 2)[0];
        Bytes octets = Bytes.of(line.getBytes(StandardCharsets.UTF_8));
        return request(Optional.of(octets), Optional.empty(), Optional.of(negotiationRequest));
    }

    /** A request with a routing token or load balance info; a CR LF at its end is not doubled. */
    public static ConnectionRequest withRoutingToken(Bytes routingToken, NegotiationRequest negotiationRequest) {
        int size = routingToken.size();
        boolean ended = size >= 2 && routingToken.slice(size - 2, 2).equals(CR_LF);
        Bytes line = ended ? routingToken.slice(0, size - 2) : routingToken;
        return request(Optional.empty(), Optional.of(line), Optional.of(negotiationRequest));
    }

    private static ConnectionRequest request(
            Optional<Bytes> cookie, Optional<Bytes> token, Optional<NegotiationRequest> negotiation) {
        return new ConnectionRequest(0, 0, 0, cookie, token, negotiation, Optional.empty(), Bytes.EMPTY);
    }

    /** The same with correlation info and the flag that announces it; needs a negotiation request. */
    public ConnectionRequest withCorrelationInfo(CorrelationInfo info) {
        NegotiationRequest plain = negotiationRequest.orElseThrow(
                () -> new IllegalArgumentException("correlation info goes behind a negotiation request"));
        NegotiationRequest announcing = new NegotiationRequest(
                plain.flags() | NegotiationRequest.CORRELATION_INFO_PRESENT, plain.requestedProtocols());
        return new ConnectionRequest(
                dstRef,
                srcRef,
                classOption,
                cookie,
                routingToken,
                Optional.of(announcing),
                Optional.of(info),
                trailing);
    }

    /** The same without a negotiation request: what a client sends that knows only standard RDP security. */
    public ConnectionRequest withoutNegotiation() {
        return new ConnectionRequest(
                dstRef, srcRef, classOption, cookie, routingToken, Optional.empty(), Optional.empty(), trailing);
    }

    /** The user name of the cookie. */
    public Optional<String> cookieText() {
        return cookie.map(octets -> new String(octets.toArray(), StandardCharsets.UTF_8));
    }

    /** What the client asks for: standard RDP security where there is no negotiation request. */
    public SecurityProtocols requestedProtocols() {
        return negotiationRequest.map(NegotiationRequest::requestedProtocols).orElse(SecurityProtocols.RDP);
    }

    /** Decodes one whole frame, which is borrowed; the listener may be null. */
    public static ConnectionRequest decode(ByteBuf frame, FieldListener listener) {
        return decode(TpduHeader.open("ConnectionRequest", frame, SECTION, listener));
    }

    /** Decodes the frame that {@code in} holds. */
    public static ConnectionRequest decode(WireReader in) {
        TpduHeader header =
                TpduHeader.read(in, TpduCode.CONNECTION_REQUEST, "classOption", "a connection request TPDU (CR)");
        Optional<Bytes> cookie = Optional.empty();
        Optional<Bytes> token = Optional.empty();
        if (in.hasRemaining() && in.peekU8("negotiationRequest.type") != NegotiationRequest.TYPE) {
            int line = in.octetsBefore(CR_LF);
            if (line >= COOKIE.size() && in.octetsBefore(COOKIE) == 0) {
                in.skip(COOKIE.size(), "cookie.prefix");
                cookie = Optional.of(in.bytes(line - COOKIE.size(), "cookie"));
                in.skip(CR_LF.size(), "cookie.end");
            } else if (line >= 0) {
                token = Optional.of(in.bytes(line, "routingToken"));
                in.skip(CR_LF.size(), "routingToken.end");
            }
        }
        Optional<NegotiationRequest> negotiation = Optional.empty();
        Optional<CorrelationInfo> correlation = Optional.empty();
        if (in.hasRemaining() && in.peekU8("negotiationRequest.type") == NegotiationRequest.TYPE) {
            NegotiationRequest request =
                    in.within("negotiationRequest", NegotiationRequest.SECTION, NegotiationRequest::decode);
            negotiation = Optional.of(request);
            if ((request.flags() & NegotiationRequest.CORRELATION_INFO_PRESENT) != 0) {
                correlation =
                        Optional.of(in.within("correlationInfo", CorrelationInfo.SECTION, CorrelationInfo::decode));
            }
        }
        return new ConnectionRequest(
                header.dstRef(),
                header.srcRef(),
                header.last(),
                cookie,
                token,
                negotiation,
                correlation,
                in.rest("trailing"));
    }

    /** Appends the whole frame. */
    @Override
    public void encode(WireWriter out) {
        TpduHeader header = new TpduHeader(dstRef, srcRef, classOption);
        header.encode(out, TpduCode.CONNECTION_REQUEST, body -> {
            cookie.ifPresent(line -> body.bytes(COOKIE).bytes(line).bytes(CR_LF));
            routingToken.ifPresent(line -> body.bytes(line).bytes(CR_LF));
            negotiationRequest.ifPresent(body::pdu);
            correlationInfo.ifPresent(body::pdu);
            body.bytes(trailing);
        });
    }
}
