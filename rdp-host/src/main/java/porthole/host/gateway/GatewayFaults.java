package porthole.host.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import porthole.host.gateway.GatewayFault.Point;
import porthole.host.gateway.GatewayFault.Wire;
import porthole.protocol.failure.Stage;
import porthole.protocol.gateway.GatewayCode;
import porthole.protocol.wire.Bytes;

/** Every fault of a gateway, by name: each error code at each point, and octets that break the rules of each layer. */
public final class GatewayFaults {
    private static final long HRESULT = 0x80070000L;
    private static final List<GatewayFault> ALL = all();

    private GatewayFaults() {}

    /** All of them, in the order of the protocol. */
    public static List<GatewayFault> list() {
        return ALL;
    }

    public static Optional<GatewayFault> named(String name) {
        return ALL.stream().filter(fault -> fault.name().equals(name)).findFirst();
    }

    private static List<GatewayFault> all() {
        List<GatewayFault> all = new ArrayList<>();
        http(all);
        for (Point point : List.of(Point.HANDSHAKE, Point.TUNNEL, Point.AUTHORIZATION, Point.CHANNEL, Point.DATA)) {
            codes(all, point);
            packets(all, point);
        }
        webSockets(all);
        chunks(all);
        return List.copyOf(all);
    }

    private static void http(List<GatewayFault> all) {
        text(all, "status-400", "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", "gateway-http-status");
        text(all, "status-403", "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "gateway-http-status");
        text(all, "status-404", "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone", "gateway-http-status");
        text(all, "status-503", "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n", "gateway-http-status");
        text(all, "status-401-bare", "HTTP/1.1 401 Who\r\nContent-Length: 0\r\n\r\n", "gateway-authentication-method");
        text(all, "upgrade-without-accept", "HTTP/1.1 101 Go\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", "");
        text(all, "upgrade-wrong-accept", upgrade("AAAAAAAAAAAAAAAAAAAAAAAAAAA="), "");
        text(all, "not-http", "SSH-2.0-OpenSSH_9.2\r\n\r\n", "gateway-http");
        text(all, "endless-header", "HTTP/1.1 200 OK\r\nX: " + "a".repeat(70_000), "gateway-http");
        text(
                all,
                "body-too-long",
                "HTTP/1.1 403 No\r\nContent-Length: 9999999999\r\n\r\n" + "a".repeat(300_000),
                "gateway-http");
        text(all, "length-negative", "HTTP/1.1 403 No\r\nContent-Length: -5\r\n\r\n", "gateway-http");
        fault(
                all,
                "request-closed",
                null,
                Point.REQUEST,
                "",
                true,
                Stage.GATEWAY_AUTHENTICATION,
                "gateway-http-closed");
        fault(all, "request-silent", null, Point.REQUEST, "", false, Stage.GATEWAY_AUTHENTICATION, "deadline");
    }

    private static String upgrade(String accept) {
        return "HTTP/1.1 101 Go\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept
                + "\r\n\r\n";
    }

    /** The faults of an upgrade make a client with a choice take the other transport. */
    private static void text(List<GatewayFault> all, String name, String response, String cause) {
        boolean upgrade = cause.isEmpty();
        all.add(new GatewayFault(
                name,
                upgrade ? Optional.of(Wire.WEBSOCKET) : Optional.empty(),
                Point.REQUEST,
                0,
                Optional.of(Bytes.of(response.getBytes(StandardCharsets.US_ASCII))),
                false,
                Optional.of(Stage.GATEWAY_AUTHENTICATION),
                upgrade ? "gateway-no-websocket" : cause));
    }

    private static void codes(List<GatewayFault> all, Point point) {
        for (GatewayCode known : GatewayCode.all()) {
            if (!known.name().startsWith("E_PROXY_")) {
                continue;
            }
            long code = HRESULT | known.code();
            boolean goesOn = point == Point.AUTHORIZATION && code == GatewayCode.QUARANTINE_ACCESSDENIED;
            all.add(new GatewayFault(
                    word(point) + "-" + known.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    Optional.empty(),
                    point,
                    code,
                    Optional.empty(),
                    point != Point.DATA && !goesOn,
                    goesOn ? Optional.empty() : Optional.of(stage(point)),
                    goesOn ? "" : known.refused().report().cause()));
        }
    }

    private static Stage stage(Point point) {
        return point == Point.DATA ? Stage.CONNECTION_INITIATION : Stage.GATEWAY_TUNNEL;
    }

    private static String word(Point point) {
        return point.name().toLowerCase(Locale.ROOT);
    }

    /** The octets go through the frames or chunks of the transport that is used. */
    private static void packets(List<GatewayFault> all, Point point) {
        String at = word(point) + "-";
        fault(all, at + "silent", null, point, "", false, stage(point), "deadline");
        fault(all, at + "closed", null, point, "", true, stage(point), "early-close");
        packet(all, at + "length-zero", point, "0a00 0000 00000000", "malformed-pdu");
        packet(all, at + "length-huge", point, "0a00 0000 ffffffff", "malformed-pdu");
        packet(all, at + "data-length-lies", point, "0a00 0000 0c000000 ffff 0000", "malformed-pdu");
        packet(all, at + "wrong-packet", point, "0100 0000 0e000000 01 00 0000 0000", "unexpected-message");
        if (point != Point.DATA) {
            packet(all, at + "unknown-packet", point, "7700 0000 0a000000 0000", "unexpected-message");
        }
        packet(all, at + "service-message-lies", point, "0b00 0000 0c000000 f0ff 4100", "malformed-pdu");
    }

    private static void packet(List<GatewayFault> all, String name, Point point, String hex, String cause) {
        all.add(new GatewayFault(
                name,
                Optional.empty(),
                point,
                0,
                Optional.of(Bytes.hex(hex)),
                false,
                Optional.of(stage(point)),
                cause));
    }

    private static void webSockets(List<GatewayFault> all) {
        frame(all, "frame-masked", "8281 01020304 05", "websocket-protocol");
        frame(all, "frame-reserved-bit", "c201 00", "websocket-protocol");
        frame(all, "frame-reserved-opcode", "8301 00", "websocket-protocol");
        frame(all, "frame-text", "8101 41", "websocket-protocol");
        frame(all, "frame-length-huge", "827f 7fffffffffffffff", "websocket-protocol");
        frame(all, "frame-length-negative", "827f ffffffffffffffff", "websocket-protocol");
        frame(all, "frame-length-2m", "827f 0000000000200000", "websocket-protocol");
        frame(all, "continuation-first", "8001 00", "websocket-protocol");
        frame(all, "ping-long", "897e 0100" + "00".repeat(256), "websocket-protocol");
        frame(all, "ping-length-huge", "897f 7fffffffffffffff", "websocket-protocol");
        frame(all, "ping-fragmented", "0901 00", "websocket-protocol");
        frame(all, "close-1011", "8804 03f3 6869", "websocket-closed");
        frame(all, "close-code-invalid", "8802 0001", "websocket-protocol");
        fault(
                all,
                "frame-cut",
                Wire.WEBSOCKET,
                Point.DATA,
                "8264 0a00",
                true,
                Stage.CONNECTION_INITIATION,
                "early-close");
    }

    private static void frame(List<GatewayFault> all, String name, String hex, String cause) {
        fault(all, name, Wire.WEBSOCKET, Point.DATA, hex, false, Stage.CONNECTION_INITIATION, cause);
    }

    private static void chunks(List<GatewayFault> all) {
        chunk(all, "chunk-size-huge", "fffffffffffffffff\r\n");
        chunk(all, "chunk-size-negative", "-5\r\n");
        chunk(all, "chunk-size-int-overflow", "80000001\r\n");
        chunk(all, "chunk-size-text", "hello\r\n");
        chunk(all, "chunk-size-endless", "0".repeat(70_000));
        fault(
                all,
                "chunk-cut",
                Wire.HTTP,
                Point.DATA,
                "36340d0a 0a00",
                true,
                Stage.CONNECTION_INITIATION,
                "early-close");
    }

    private static void chunk(List<GatewayFault> all, String name, String text) {
        all.add(new GatewayFault(
                name,
                Optional.of(Wire.HTTP),
                Point.DATA,
                0,
                Optional.of(Bytes.ascii(text)),
                false,
                Optional.of(Stage.CONNECTION_INITIATION),
                "gateway-http-chunk"));
    }

    private static void fault(
            List<GatewayFault> all,
            String name,
            Wire wire,
            Point point,
            String hex,
            boolean closes,
            Stage stage,
            String cause) {
        all.add(new GatewayFault(
                name,
                Optional.ofNullable(wire),
                point,
                0,
                Optional.of(Bytes.hex(hex)),
                closes,
                Optional.of(stage),
                cause));
    }
}
