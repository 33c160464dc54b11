package porthole.transport.sequence;

import io.netty.buffer.ByteBuf;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import porthole.protocol.failure.Stage;
import porthole.protocol.info.ArcCsPrivatePacket;
import porthole.protocol.info.ExtendedInfoPacket;
import porthole.protocol.info.InfoPacket;
import porthole.protocol.info.TimeZoneInformation;
import porthole.protocol.info.TimeZoneInformation.SystemTime;
import porthole.protocol.mcs.SendData;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.ClientSettings;
import porthole.transport.Connection;
import porthole.transport.ConnectionSpec;
import porthole.transport.Facts;

/** Sends the Client Info PDU (MS-RDPBCGR 2.2.1.11); nothing is awaited. */
final class SecureSettingsExchange extends McsPhase {
    /** The host understands a dynamic time zone name (MS-RDPBCGR 2.2.1.4.2, RNS_UD_SC_DYNAMIC_DST_SUPPORTED). */
    private static final int DYNAMIC_DST_SUPPORTED = 0x02;

    /** With these nobody has signed in before this PDU; the other protocols have done it already. */
    private static final Set<SecurityProtocols> LOGS_ON_BY_INFO = Set.of(SecurityProtocols.RDP, SecurityProtocols.TLS);

    SecureSettingsExchange(Connection connection) {
        super(connection, Stage.SECURE_SETTINGS_EXCHANGE);
    }

    @Override
    protected String awaiting() {
        return "nothing before the Client Info PDU";
    }

    @Override
    protected void enter() {
        Facts facts = connection().facts();
        connection()
                .protection()
                .opening()
                .ifPresent(pdu -> connection()
                        .send(
                                "SecurityExchangePdu",
                                SendData.request(context().alloc(), facts.userChannelId(), facts.ioChannelId(), pdu)));
        connection().sendOn(facts.ioChannelId(), "ClientInfoPdu", BasicSecurityHeader.SEC_INFO_PKT, info());
        done();
    }

    private InfoPacket info() {
        ConnectionSpec spec = connection().spec();
        ClientSettings client = spec.client();
        int flags = (int) client.infoFlags();
        SecurityProtocols selected = connection().facts().selectedProtocol();
        // RDSTLS has brought the host credentials that it is to log on with, so none are needed here
        if (selected.equals(SecurityProtocols.RDSTLS)
                || !spec.credentials().password().isEmpty() && LOGS_ON_BY_INFO.contains(selected)) {
            flags |= InfoPacket.INFO_AUTOLOGON;
        }
        return new InfoPacket(
                0,
                flags,
                spec.credentials().domain(),
                spec.credentials().user(),
                connection().layer().keepsPassword()
                        ? ""
                        : spec.credentials().password().reveal(),
                client.alternateShell(),
                client.workingDirectory(),
                Optional.of(extended(client)));
    }

    private ExtendedInfoPacket extended(ClientSettings client) {
        boolean v6 = connection().channel().localAddress() instanceof InetSocketAddress local
                && local.getAddress() instanceof Inet6Address;
        boolean dynamicZone = (connection().facts().serverEarlyCapabilityFlags() & DYNAMIC_DST_SUPPORTED) != 0
                && !client.dynamicTimeZoneKey().isEmpty();
        return new ExtendedInfoPacket(
                v6 && client.clientAddress().isEmpty() ? ExtendedInfoPacket.AF_INET6 : ExtendedInfoPacket.AF_INET,
                ExtendedInfoPacket.terminated(address(client)),
                ExtendedInfoPacket.terminated(client.clientDirectory()),
                Optional.of(new TimeZoneInformation(
                        client.timeZoneBias(),
                        client.timeZoneName(),
                        SystemTime.NONE,
                        0,
                        client.timeZoneName(),
                        SystemTime.NONE,
                        0)),
                OptionalLong.of(0),
                OptionalInt.of((int) client.performanceFlags()),
                Optional.of(reconnection(client)),
                dynamicZone ? OptionalInt.of(0) : OptionalInt.empty(),
                dynamicZone ? OptionalInt.of(0) : OptionalInt.empty(),
                dynamicZone ? Optional.of(client.dynamicTimeZoneKey()) : Optional.empty(),
                dynamicZone ? OptionalInt.of(0) : OptionalInt.empty(),
                Bytes.EMPTY);
    }

    /** The answer to the cookie of a lost session (MS-RDPBCGR 5.5); without one no octets. */
    private Bytes reconnection(ClientSettings client) {
        return client.autoReconnectCookie()
                .map(cookie -> Bytes.of(ArcCsPrivatePacket.answer(
                                cookie, connection().protection().clientRandom())
                        .toByteArray()))
                .orElse(Bytes.EMPTY);
    }

    private String address(ClientSettings client) {
        if (!client.clientAddress().isEmpty()) {
            return client.clientAddress();
        }
        return connection().channel().localAddress() instanceof InetSocketAddress local
                ? local.getAddress().getHostAddress()
                : "";
    }

    @Override
    protected void onIo(ByteBuf frame, WireReader in) {
        throw misplaced("a message on the I/O channel");
    }
}
