package porthole.transport.sequence;

import io.netty.buffer.ByteBuf;
import porthole.protocol.failure.LocalFailure;
import porthole.protocol.failure.Refused;
import porthole.protocol.failure.Stage;
import porthole.protocol.licensing.LicenseErrorCode;
import porthole.protocol.licensing.LicenseErrorMessage;
import porthole.protocol.licensing.LicenseRequest;
import porthole.protocol.licensing.LicensingPdu;
import porthole.protocol.licensing.NewLicense;
import porthole.protocol.licensing.NewLicenseRequest;
import porthole.protocol.licensing.UpgradeLicense;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.security.RsaPublicKey;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.Connection;
import porthole.transport.RandomSource;

/**
 * Licensing (MS-RDPBCGR 1.3.1.1, MS-RDPELE): usually the host says at once that the client is a valid one; a host that
 * asks for a licence is told that this client has none and would like a new one.
 */
final class Licensing extends McsPhase {
    private static final int RANDOM_SIZE = 32;
    private static final int PREMASTER_SIZE = 48;

    Licensing(Connection connection) {
        super(connection, Stage.LICENSING);
    }

    @Override
    protected String awaiting() {
        return "a licensing PDU";
    }

    @Override
    protected void onIo(ByteBuf frame, WireReader in) {
        BasicSecurityHeader header =
                in.within("securityHeader", "MS-RDPBCGR 2.2.8.1.1.2.1", BasicSecurityHeader::decode);
        if ((header.flags() & BasicSecurityHeader.SEC_LICENSE_PKT) == 0) {
            throw misplaced(String.format("a message with security flags 0x%04X", header.flags()));
        }
        LicensingPdu pdu = LicensingPdu.decode(in.sub(in.remaining(), "licensing", "MS-RDPBCGR 2.2.1.12"));
        connection().clock().message(true, pdu.getClass().getSimpleName(), frame.readableBytes());
        if (pdu instanceof LicenseErrorMessage message) {
            onError(message);
        } else if (pdu instanceof LicenseRequest request) {
            evidence("requested", "a licence");
            answer(request);
        } else if (pdu instanceof NewLicense || pdu instanceof UpgradeLicense) {
            evidence("outcome", "licence issued");
            done();
        } else {
            throw new LocalFailure(
                    "not-supported",
                    "the host asks for something that this client does not do",
                    pdu.getClass().getSimpleName(),
                    "",
                    "let the host be licensed per device or use its grace period: this client keeps no licences");
        }
    }

    private void onError(LicenseErrorMessage message) {
        if (message.isValidClient()) {
            evidence("outcome", "valid client");
            done();
            return;
        }
        LicenseErrorCode code = LicenseErrorCode.of(message.errorCode()).orElse(null);
        throw new Refused(
                "licence-refused",
                "licensing error",
                message.errorCode(),
                code == null ? "unknown" : code.name(),
                code == null ? "the host refused the licence exchange" : code.meaning(),
                code == null ? "see the licence server's event log" : code.remedy(),
                "MS-RDPBCGR 2.2.1.12.1.3");
    }

    private void answer(LicenseRequest request) {
        RsaPublicKey key = request.certificate()
                .orElseThrow(() -> misplaced("a licence request without the host's certificate"))
                .publicKey();
        RandomSource random = connection().random();
        Bytes clientRandom = Bytes.of(random.octets(RANDOM_SIZE));
        Bytes secret = NewLicenseRequest.encryptPremasterSecret(
                key.modulus(), key.exponent(), Bytes.of(random.octets(PREMASTER_SIZE)));
        NewLicenseRequest answer = NewLicenseRequest.of(
                LicensingPdu.PREAMBLE_VERSION_3_0 | LicensingPdu.EXTENDED_ERROR_MSG_SUPPORTED,
                NewLicenseRequest.CLIENT_OS_ID_WINNT_POST_52 | NewLicenseRequest.CLIENT_IMAGE_ID_MICROSOFT,
                clientRandom,
                secret,
                connection().spec().credentials().user(),
                connection().spec().client().clientName());
        connection()
                .sendOn(
                        connection().facts().ioChannelId(),
                        "NewLicenseRequest",
                        BasicSecurityHeader.SEC_LICENSE_PKT,
                        answer);
    }
}
