package porthole.host.session;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import porthole.protocol.bulk.BulkCompressor;
import porthole.protocol.failure.Stage;
import porthole.protocol.info.ArcCsPrivatePacket;
import porthole.protocol.info.ClientInfoPdu;
import porthole.protocol.info.ExtendedInfoPacket;
import porthole.protocol.info.InfoPacket;
import porthole.protocol.mcs.SendData;
import porthole.protocol.security.SecurityExchangePdu;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Framing;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.X224Data;

/** The Client Info PDU, which names the user (MS-RDPBCGR 3.3.5.3.11). */
final class SecureSettingsExchange extends ServerPhase {
    /** ERRINFO_DISCONNECTED_BY_OTHERCONNECTION (MS-RDPBCGR 2.2.5.1.1). */
    private static final long DISCONNECTED_BY_OTHER_CONNECTION = 0x00000005;

    private static final Bytes NO_CLIENT_RANDOM = Bytes.of(new byte[32]);

    SecureSettingsExchange(HostConnection connection) {
        super(connection, Stage.SECURE_SETTINGS_EXCHANGE);
    }

    @Override
    Framing framing() {
        return Framing::tpkt;
    }

    @Override
    void onMessage(ByteBuf frame) {
        Optional<HostProtection> protection = connection().facts().protection;
        if (protection.isPresent() && protection.get().awaitsKeys()) {
            protection
                    .get()
                    .exchanged(SecurityExchangePdu.decode(SendData.read(X224Data.unwrap(frame, null))
                            .userData()
                            .renamed("SecurityExchangePdu", "MS-RDPBCGR 2.2.1.10")));
            return;
        }
        InfoPacket info = ClientInfoPdu.decode(SendData.read(X224Data.unwrap(frame, null))
                        .userData()
                        .renamed("ClientInfoPdu", "MS-RDPBCGR 2.2.1.11"))
                .infoPacket();
        HostFacts facts = connection().facts();
        if (facts.user.isEmpty()) {
            facts.user = info.userName();
        }
        facts.logonId = connection().number();
        info.extraInfo()
                .flatMap(ExtendedInfoPacket::autoReconnectCookie)
                .filter(cookie -> !cookie.isEmpty())
                .ifPresent(this::restore);
        facts.logonNotify = info.has(InfoPacket.INFO_LOGONNOTIFY);
        OptionalInt most = connection().settings().mostBulkCompression();
        if (most.isPresent() && info.has(InfoPacket.INFO_COMPRESSION)) {
            facts.bulk = Optional.of(new BulkCompressor(Math.min(most.getAsInt(), info.compressionType())));
        }
        Map<String, Object> what = new LinkedHashMap<>();
        what.put("user", facts.user);
        what.put("domain", info.domain());
        what.put("password", info.password().isEmpty() ? "none" : "given");
        facts.bulk.ifPresent(bulk -> what.put("bulkCompression", bulk.type()));
        connection().event("logon", what);
        connection().advance(this);
    }

    /** The session of a connection that was lost goes on with this one, if the client shows that it was its own. */
    private void restore(Bytes cookie) {
        ArcCsPrivatePacket answer =
                ArcCsPrivatePacket.decode(WireReader.of(cookie, "ArcCsPrivatePacket", "MS-RDPBCGR 2.2.4.3"));
        HostFacts facts = connection().facts();
        Optional<HostConnection> lost = connection()
                .reconnections()
                .take(answer, facts.protection.map(HostProtection::clientRandom).orElse(NO_CLIENT_RANDOM));
        facts.reconnectionRefused = lost.isEmpty();
        connection()
                .event(lost.isPresent() ? "reconnected" : "reconnection-refused", Map.of("logonId", answer.logonId()));
        lost.ifPresent(before -> {
            facts.logonId = answer.logonId();
            facts.user = before.facts().user;
            facts.card = before.facts().card;
            new HostSession(before).disconnect(DISCONNECTED_BY_OTHER_CONNECTION);
        });
    }
}
