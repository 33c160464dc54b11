package porthole.client.capture;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import porthole.protocol.failure.WireException;
import porthole.protocol.preconnection.PreconnectionPdu;
import porthole.protocol.wire.Ber;
import porthole.protocol.wire.WireReader;

/** Reads what is exchanged before MCS other than X.224: the messages of the security layers, and the preconnection PDU. */
final class AuthenticationReader {
    private static final String RDSAAD = "MS-RDPBCGR 2.2.18";
    private static final String RDSTLS = "MS-RDPBCGR 2.2.17";
    private static final JsonFactory JSON = new JsonFactory();

    private AuthenticationReader() {}

    static void preconnection(ByteBuf frame, PduReader.Notes notes) {
        notes.named("PreconnectionPdu");
        PreconnectionPdu.decode(WireReader.of(frame, "PreconnectionPdu", "MS-RDPEPS 2.2.1", notes.fields));
    }

    /** Names the PDU by the member that only it has (MS-RDPBCGR 2.2.18.1 to 2.2.18.3). */
    static void json(ByteBuf frame, PduReader.Notes notes) {
        notes.provisional("RdsAadPdu");
        byte[] octets = ByteBufUtil.getBytes(frame, frame.readerIndex(), frame.readableBytes() - 1, true);
        String text = new String(octets, StandardCharsets.UTF_8);
        String name = text.contains("\"ts_nonce\"")
                ? "ServerNonce"
                : text.contains("\"rdp_assertion\"")
                        ? "AuthenticationRequest"
                        : text.contains("\"authentication_result\"") ? "AuthenticationResult" : "RdsAadPdu";
        notes.named(name);
        try (JsonParser parser = JSON.createParser(octets)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isScalarValue()) {
                    int from = (int) parser.currentTokenLocation().getByteOffset();
                    String value = parser.getText();
                    int to = (int) parser.currentLocation().getByteOffset();
                    String path = parser.getParsingContext().pathAsPointer().toString();
                    String member = path.isEmpty() ? "value" : path.substring(1).replace('/', '.');
                    notes.fields.field(name + "." + member, from, to - from, value);
                }
            }
        } catch (JacksonException e) {
            long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
            throw new WireException(name, "", (int) at, e.getOriginalMessage(), "JSON text", RDSAAD);
        } catch (IOException e) {
            throw new IllegalStateException("an array cannot fail to be read", e);
        }
    }

    /** The outermost sequence of CredSSP and the tags within it; the values stay raw (MS-CSSP 2.2.1). */
    static void credSsp(ByteBuf frame, PduReader.Notes notes) {
        notes.named("TsRequest");
        WireReader in = WireReader.of(frame, "TsRequest", "MS-CSSP 2.2.1", notes.fields);
        in.u8("tag");
        WireReader body = in.sub(Ber.length(in, "length"), "fields");
        String[] names = {"version", "negoTokens", "authInfo", "pubKeyAuth", "errorCode", "clientNonce"};
        while (body.hasRemaining()) {
            int tag = body.u8("tag");
            int number = tag & 0x1F;
            body.bytes(Ber.length(body, "length"), number < names.length ? names[number] : "field" + number);
        }
    }

    static void earlyUserAuthorization(ByteBuf frame, PduReader.Notes notes) {
        notes.named("EarlyUserAuthorizationResult");
        WireReader.of(frame, "EarlyUserAuthorizationResult", "MS-RDPBCGR 2.2.10.2", notes.fields)
                .u32le("authorizationResult");
    }

    static void rdstls(ByteBuf frame, PduReader.Notes notes) {
        notes.provisional("RdstlsPdu");
        WireReader in = WireReader.of(frame, "RdstlsPdu", RDSTLS, notes.fields);
        int type = frame.getUnsignedShortLE(frame.readerIndex() + 2);
        String name = switch (type) {
            case 1 -> "RdstlsCapabilities";
            case 2 -> "RdstlsAuthenticationRequest";
            case 4 -> "RdstlsAuthenticationResponse";
            default -> "RdstlsPdu";
        };
        notes.named(name);
        in = in.renamed(name, RDSTLS);
        in.u16le("version");
        in.u16le("pduType");
        int dataType = in.u16le("dataType");
        switch (type) {
            case 1 -> in.u16le("supportedVersions");
            case 4 -> in.u32le("resultCode");
            case 2 -> request(in, dataType);
            default -> {}
        }
        in.rest("trailing");
    }

    private static void request(WireReader in, int dataType) {
        if (dataType == 1) {
            in.bytes(in.u16le("redirectionGuidLength"), "redirectionGuid");
            in.utf16le(in.u16le("userNameLength"), "userName");
            in.utf16le(in.u16le("domainLength"), "domain");
            in.bytes(in.u16le("passwordLength"), "password");
        } else if (dataType == 2) {
            in.u32le("sessionId");
            in.bytes(in.u16le("autoReconnectCookieLength"), "autoReconnectCookie");
        } else {
            in.bytes(in.u16le("tokenLength"), "token");
        }
    }
}
