package porthole.host.session;

import java.util.Map;
import porthole.host.fault.ServerMessage;
import porthole.protocol.autodetect.AutoDetectRequest;
import porthole.protocol.autodetect.AutoDetectResponse;
import porthole.protocol.failure.Stage;
import porthole.protocol.gcc.ClientCoreData;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** Measures the round-trip time while connecting, for clients that can (MS-RDPBCGR 1.3.8). */
final class AutoDetection extends SharePhase {
    private static final int SEQUENCE = 1;
    private long sentAt;

    AutoDetection(HostConnection connection) {
        super(connection, Stage.AUTO_DETECTION);
    }

    /** Whether both sides can do it on this connection. */
    static boolean applies(HostConnection connection) {
        return connection.settings().autoDetect()
                && connection.facts().messageChannel.isPresent()
                && connection.facts().core.hasEarlyCapability(ClientCoreData.SUPPORT_NETCHAR_AUTODETECT);
    }

    @Override
    void enter() {
        sentAt = connection().channel().eventLoop().ticker().nanoTime();
        connection()
                .sendOn(
                        ServerMessage.AUTO_DETECT_REQUEST,
                        connection().facts().messageChannel.getAsInt(),
                        BasicSecurityHeader.SEC_AUTODETECT_REQ,
                        new AutoDetectRequest.RttMeasureRequest(
                                SEQUENCE, AutoDetectRequest.RTT_MEASURE_REQUEST_CONNECT_TIME, Bytes.EMPTY));
    }

    @Override
    void onChannel(int channelId, WireReader data) {
        if (channelId != connection().facts().messageChannel.getAsInt()) {
            return;
        }
        BasicSecurityHeader header = BasicSecurityHeader.decode(data);
        if (header.has(BasicSecurityHeader.SEC_AUTODETECT_RSP)) {
            AutoDetectResponse response =
                    AutoDetectResponse.decode(data.renamed("AutoDetectResponse", "MS-RDPBCGR 2.2.14.2"));
            long nanos = connection().channel().eventLoop().ticker().nanoTime() - sentAt;
            connection()
                    .event(
                            "rtt",
                            Map.of(
                                    "micros",
                                    nanos / 1000,
                                    "response",
                                    response.getClass().getSimpleName()));
            connection().advance(this);
        }
    }
}
