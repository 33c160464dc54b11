package porthole.transport.rdstls;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import porthole.protocol.info.ArcScPrivatePacket;
import porthole.protocol.rdstls.RdstlsAuthenticationRequest;
import porthole.protocol.wire.Bytes;
import porthole.protocol.x224.SecurityProtocols;
import porthole.transport.ConnectionSpec;
import porthole.transport.SecurityLayer;
import porthole.transport.StageClock;

/**
 * RDSTLS (PROTOCOL_RDSTLS, MS-RDPBCGR 5.4.5.3) with credentials that a host gave out and only a host can read.
 *
 * <p>It offers TLS with it, as FreeRDP does and as hosts expect; a host that selects TLS alone is refused, as it would
 * take the session without the credentials.
 */
public final class RdstlsSecurityLayer implements SecurityLayer {
    private static final SecurityProtocols OFFERED = SecurityProtocols.RDSTLS.with(SecurityProtocols.TLS);

    private final RdstlsAuthenticationRequest request;

    /** @param request what is sent once the host has said its versions */
    public RdstlsSecurityLayer(RdstlsAuthenticationRequest request) {
        this.request = request;
    }

    /**
     * With the credentials of a redirection (MS-RDPBCGR 2.2.13.1).
     *
     * @param redirectionGuid the redirection's octets, base64 of a GUID in UTF-16LE
     * @param password the redirection's octets, encrypted for the target host
     */
    public static RdstlsSecurityLayer redirected(Bytes redirectionGuid, String user, String domain, Bytes password) {
        return new RdstlsSecurityLayer(
                RdstlsAuthenticationRequest.Password.of(redirectionGuid, user, domain, password));
    }

    /** With the cookie of an earlier session at the same host (MS-RDPBCGR 2.2.4.2). */
    public static RdstlsSecurityLayer reconnecting(ArcScPrivatePacket cookie) {
        return new RdstlsSecurityLayer(
                RdstlsAuthenticationRequest.AutoReconnectCookie.of(cookie.logonId(), Bytes.of(cookie.toByteArray())));
    }

    /** With the token that a cloud service gave out for one virtual machine. */
    public static RdstlsSecurityLayer federated(String token) {
        return new RdstlsSecurityLayer(RdstlsAuthenticationRequest.FedAuthToken.of(token));
    }

    @Override
    public String name() {
        return "rdstls";
    }

    @Override
    public SecurityProtocols protocol() {
        return OFFERED;
    }

    @Override
    public boolean accepts(SecurityProtocols selected) {
        return selected.equals(SecurityProtocols.RDSTLS);
    }

    @Override
    public boolean isAskedForAlone() {
        return true;
    }

    @Override
    public boolean canUse(ConnectionSpec spec) {
        return true;
    }

    @Override
    public CompletionStage<Attempt> prepare(ConnectionSpec spec, StageClock clock, Executor blocking) {
        return CompletableFuture.completedFuture(
                connection -> Optional.of(new RdstlsAuthentication(connection, request)));
    }
}
