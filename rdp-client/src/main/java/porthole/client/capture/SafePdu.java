package porthole.client.capture;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import porthole.client.safe.Pseudonyms;
import porthole.client.safe.Pseudonyms.Kind;
import porthole.protocol.licensing.LicenseErrorMessage;
import porthole.protocol.mcs.SendData;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.wire.Bytes;
import porthole.protocol.x224.X224Data;

/**
 * Makes the message that may be handed on in the place of one that may not.
 *
 * <p>It begins with as many zeros as the message has octets. Into these go the numbers of fields that the decoder knows by
 * name, constants of the specifications, and placeholders of the same length where a text was. Nothing else of the message is
 * ever copied, so what nobody thought of stays behind. A message of a kind that is not listed here has no stand-in at all.
 */
final class SafePdu {
    /** Messages whose numbers say nothing of a person: no input, no pictures, no channels. */
    private static final Set<String> KNOWN = Set.of(
            "PreconnectionPdu",
            "ConnectionRequest",
            "ConnectionConfirm",
            "DisconnectRequest",
            "TsRequest",
            "EarlyUserAuthorizationResult",
            "RdstlsCapabilities",
            "RdstlsAuthenticationRequest",
            "RdstlsAuthenticationResponse",
            "ConnectInitial",
            "ConnectResponse",
            "ErectDomainRequest",
            "AttachUserRequest",
            "AttachUserConfirm",
            "ChannelJoinRequest",
            "ChannelJoinConfirm",
            "ClientInfoPdu",
            "AutoDetectRequest",
            "AutoDetectResponse",
            "LicenseErrorMessage",
            "InitiateMultitransportRequest",
            "InitiateMultitransportResponse",
            "DemandActivePdu",
            "ConfirmActivePdu",
            "DeactivateAllPdu",
            "SynchronizePdu",
            "ControlPdu",
            "FontListPdu",
            "FontMapPdu",
            "SetErrorInfoPdu",
            "StatusInfoPdu",
            "AutoReconnectStatusPdu",
            "SaveSessionInfoPdu",
            "MonitorLayoutPdu",
            "ShutdownRequestPdu",
            "ShutdownDeniedPdu",
            "HeartbeatPdu",
            "ServerRedirectionPdu",
            "StandardServerRedirectionPdu",
            "DisconnectProviderUltimatum");

    /** Of the host, without any text by specification: they are kept even where they are wrong. */
    private static final Set<String> EVEN_WRONG = Set.of(
            "ConnectionConfirm",
            "EarlyUserAuthorizationResult",
            "RdstlsCapabilities",
            "RdstlsAuthenticationResponse",
            "AttachUserConfirm",
            "ChannelJoinConfirm",
            "LicenseErrorMessage",
            "SynchronizePdu",
            "ControlPdu",
            "FontMapPdu");

    /** The last word of a licence server, in whose place a host's plain consent stands. */
    private static final Set<String> LICENSED = Set.of("NewLicense", "UpgradeLicense");

    private static final int LONGEST_NUMBER = 4;

    /** Octet fields that hold numbers. */
    private static final Set<String> NUMBERS = Set.of(
            "TsRequest.fields.version", "TsRequest.fields.errorCode", "TsRequest.version", "TsRequest.errorCode");

    /** Octet fields that hold text of one octet a character. */
    private static final Set<String> TEXT = Set.of("cookie", "routingToken");

    /** Octets that specifications fix. */
    private static final List<Bytes> CONSTANTS = List.of(
            Bytes.ascii("Cookie: mstshash="),
            Bytes.ascii("\r\n"),
            Bytes.ascii("Duca"),
            Bytes.ascii("McDn"),
            Bytes.ascii("1"),
            Bytes.hex("01"),
            Bytes.hex("31"),
            Bytes.hex("00 05 00 14 7c 00 01"),
            Bytes.ascii("MSTSC\0"),
            Bytes.ascii("RDP\0"),
            Bytes.ascii("MSTSC"),
            Bytes.ascii("RDP"));

    private static final Set<String> CHANNELS = Set.of(
            "rdpdr", "rdpsnd", "snddbg", "cliprdr", "drdynvc", "rail", "encomsp", "RAIL", "RDPDR", "CLIPRDR",
            "DRDYNVC");

    private static final Map<String, Kind> NAMED = Map.of(
            "userName", Kind.USER,
            "cookie", Kind.USER,
            "domain", Kind.DOMAIN,
            "clientName", Kind.HOST,
            "clientAddress", Kind.ADDRESS);

    private final Pseudonyms names;

    SafePdu(Pseudonyms names) {
        this.names = names;
    }

    /** Empty where there is nothing that may stand in. */
    Optional<byte[]> of(DecodedPdu pdu, FrameCutter.Kind kind, ByteBuf frame) {
        if (kind == FrameCutter.Kind.JSON) {
            return SafeJson.of(ByteBufUtil.getBytes(frame));
        }
        if (LICENSED.contains(pdu.name()) && pdu.problem().isEmpty()) {
            return Optional.of(consent(frame));
        }
        boolean wrong = pdu.problem().isPresent();
        boolean derived = pdu.fields().stream().anyMatch(field -> field.offset() == DecodedPdu.Field.DERIVED);
        boolean known = pdu.direction() == Direction.SERVER_TO_CLIENT && EVEN_WRONG.contains(pdu.name())
                || !wrong && KNOWN.contains(pdu.name());
        if (derived || !known || pdu.plain().isPresent()) {
            return Optional.empty();
        }
        byte[] octets = ByteBufUtil.getBytes(frame);
        byte[] safe = new byte[octets.length];
        for (DecodedPdu.Field field : pdu.fields()) {
            fill(field, octets, safe);
        }
        return Optional.of(safe);
    }

    private void fill(DecodedPdu.Field field, byte[] octets, byte[] safe) {
        int from = field.offset();
        int length = field.length();
        if (from < 0 || length < 0 || from > safe.length - length) {
            return;
        }
        String name = field.path().substring(field.path().lastIndexOf('.') + 1);
        if (field.value() instanceof Long) {
            if (length <= LONGEST_NUMBER) {
                System.arraycopy(octets, from, safe, from, length);
            }
        } else if (field.value() instanceof String text) {
            text(name, text, from, length, safe);
        } else if (field.value() instanceof Bytes value) {
            octets(field.path(), name, value, from, safe);
        }
    }

    private void text(String name, String text, int from, int length, byte[] safe) {
        char[] placeholder = placeholder(name, text).toCharArray();
        boolean wide = length >= 2 * text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i) == 0 ? 0 : placeholder[i];
            int at = from + (wide ? 2 * i : i);
            if (at < from + length) {
                safe[at] = (byte) c;
            }
        }
    }

    private String placeholder(String name, String text) {
        Kind kind = NAMED.get(name);
        int end = text.indexOf('\0') < 0 ? text.length() : text.indexOf('\0');
        String shown = kind == null || end == 0 ? Pseudonyms.blank(end) : names.of(kind, text.substring(0, end), end);
        return shown + Pseudonyms.blank(text.length() - end);
    }

    private void octets(String path, String name, Bytes value, int from, byte[] safe) {
        byte[] stand = new byte[value.size()];
        if (CONSTANTS.contains(value) || NUMBERS.contains(path) && value.size() <= 2 * LONGEST_NUMBER) {
            stand = value.toArray();
        } else if (TEXT.contains(name)) {
            stand = placeholder(name, value.toAscii()).getBytes(StandardCharsets.US_ASCII);
        } else if (name.equals("correlationId")) {
            stand = value.toArray(); // drawn at random for this connection
        } else if (name.equals("orderSupport")) {
            stand = flags(value.toArray());
        } else if (path.contains("channelDefArray")) {
            stand = channel(value);
        }
        System.arraycopy(stand, 0, safe, from, Math.min(stand.length, safe.length - from));
    }

    /** One order an octet, 0 or 1. */
    private static byte[] flags(byte[] orders) {
        for (int i = 0; i < orders.length; i++) {
            orders[i] = (byte) (orders[i] & 1);
        }
        return orders;
    }

    private byte[] channel(Bytes name) {
        String text = name.toAscii();
        int end = text.indexOf('\0') < 0 ? text.length() : text.indexOf('\0');
        String known = text.substring(0, end);
        String stand = CHANNELS.contains(known) ? known : names.of(Kind.CHANNEL, known, Math.min(end, known.length()));
        return Arrays.copyOf(stand.getBytes(StandardCharsets.US_ASCII), name.size());
    }

    /** MS-RDPBCGR 2.2.1.12: the host goes on without a licence, said in the channel of the message that gave one. */
    private static byte[] consent(ByteBuf frame) {
        SendData data = SendData.read(X224Data.unwrap(frame.duplicate(), null));
        ByteBuf consent = SendData.indication(
                UnpooledByteBufAllocator.DEFAULT,
                data.initiator(),
                data.channelId(),
                BasicSecurityHeader.of(BasicSecurityHeader.SEC_LICENSE_PKT).before(LicenseErrorMessage.validClient()));
        try {
            return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(consent));
        } finally {
            consent.release();
        }
    }
}
