package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import porthole.protocol.autodetect.AutoDetectRequest;
import porthole.protocol.autodetect.AutoDetectResponse;
import porthole.protocol.info.ArcCsPrivatePacket;
import porthole.protocol.info.ArcScPrivatePacket;
import porthole.protocol.info.ClientInfoPdu;
import porthole.protocol.info.ExtendedInfoPacket;
import porthole.protocol.info.InfoPacket;
import porthole.protocol.licensing.HardwareId;
import porthole.protocol.licensing.LicenseRequest;
import porthole.protocol.licensing.LicensingPdu;
import porthole.protocol.licensing.NewLicenseInformation;
import porthole.protocol.licensing.PlatformChallengeResponseData;
import porthole.protocol.multitransport.HeartbeatPdu;
import porthole.protocol.multitransport.InitiateMultitransportRequest;
import porthole.protocol.multitransport.InitiateMultitransportResponse;
import porthole.protocol.rdsaad.AuthenticationRequestPdu;
import porthole.protocol.rdsaad.AuthenticationResultPdu;
import porthole.protocol.rdsaad.ServerNoncePdu;
import porthole.protocol.redirection.ServerRedirectionPacket;
import porthole.protocol.redirection.StandardServerRedirectionPdu;
import porthole.protocol.redirection.TargetCertificate;
import porthole.protocol.redirection.TargetNetAddresses;
import porthole.protocol.security.BasicSecurityHeader;
import porthole.protocol.security.SecurityExchangePdu;
import porthole.protocol.security.ServerCertificate;
import porthole.protocol.wire.WireReader;
import porthole.transport.licensing.LicenseIssuer;

/** What client and host settle behind MCS: security, info, licensing, auto-detect, redirection; and RDS AAD. */
class SettingsPdusFuzzTest {
    private static final Family INFO = new Family(
            ClientInfoPdu::decode,
            InfoPacket::decode,
            ExtendedInfoPacket::decode,
            ArcCsPrivatePacket::decode,
            ArcScPrivatePacket::decode);

    private static final Family LICENSING = new Family(
            SettingsPdusFuzzTest::license,
            HardwareId::decode,
            PlatformChallengeResponseData::decode,
            NewLicenseInformation::decode);

    private static final Family SECURITY =
            new Family(ServerCertificate::decode, SecurityExchangePdu::decode, BasicSecurityHeader::decode);

    private static final Family REDIRECTION = new Family(
            ServerRedirectionPacket::decode,
            StandardServerRedirectionPdu::decode,
            TargetCertificate::decode,
            TargetNetAddresses::decode);

    private static final Family MESSAGE_CHANNEL = new Family(
            AutoDetectRequest::decode,
            AutoDetectResponse::decode,
            HeartbeatPdu::decode,
            InitiateMultitransportRequest::decode,
            InitiateMultitransportResponse::decode);

    private static final Family RDS_AAD =
            new Family(ServerNoncePdu::decode, AuthenticationRequestPdu::decode, AuthenticationResultPdu::decode);

    /** A license request's certificate is read when somebody asks for it. */
    private static LicensingPdu license(WireReader in) {
        LicensingPdu pdu = LicensingPdu.decode(in);
        if (pdu instanceof LicenseRequest request) {
            Oracle.refusesOrEnds(
                    request.serverCertificate().data().size(),
                    () -> request.certificate().ifPresent(LicenseIssuer::facts));
        }
        return pdu;
    }

    @FuzzTest(maxDuration = "30s")
    void info(byte[] input) {
        INFO.test(input);
    }

    @FuzzTest(maxDuration = "30s")
    void licensing(byte[] input) {
        LICENSING.test(input);
    }

    @FuzzTest(maxDuration = "30s")
    void security(byte[] input) {
        SECURITY.test(input);
    }

    @FuzzTest(maxDuration = "30s")
    void redirection(byte[] input) {
        REDIRECTION.test(input);
    }

    @FuzzTest(maxDuration = "30s")
    void messageChannel(byte[] input) {
        MESSAGE_CHANNEL.test(input);
    }

    @FuzzTest(maxDuration = "30s")
    void rdsAad(byte[] input) {
        RDS_AAD.test(input);
    }
}
