package porthole.host.session;

import porthole.host.fault.ServerMessage;
import porthole.protocol.failure.Stage;
import porthole.protocol.licensing.LicenseErrorMessage;
import porthole.protocol.security.BasicSecurityHeader;

/** Tells the client that it needs no license (MS-RDPBCGR 3.3.5.3.12). */
final class Licensing extends SharePhase {
    Licensing(HostConnection connection) {
        super(connection, Stage.LICENSING);
    }

    @Override
    void enter() {
        connection()
                .sendOn(
                        ServerMessage.LICENSE,
                        HostFacts.IO_CHANNEL,
                        BasicSecurityHeader.of(BasicSecurityHeader.SEC_LICENSE_PKT)
                                .before(LicenseErrorMessage.validClient()));
        connection().advance(this);
    }
}
