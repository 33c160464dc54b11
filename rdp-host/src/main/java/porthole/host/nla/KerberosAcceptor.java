package porthole.host.nla;

import java.util.List;
import java.util.Optional;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import porthole.protocol.spnego.Oid;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.transport.nla.GssMessages;

/** Kerberos 5 as the server does it (RFC 4121), by the JDK: AP-REQ in, AP-REP out. */
final class KerberosAcceptor implements Acceptor {
    private static final long INVALID_TOKEN = 0x80090308L;
    private static final long TIME_DIFFERENCE = 0xC0000133L;
    private static final String SKEW = "(37)";

    private final KerberosKeys keys;
    private GSSContext context;
    private String user = "";

    KerberosAcceptor(KerberosKeys keys) {
        this.keys = keys;
    }

    @Override
    public String name() {
        return "kerberos";
    }

    @Override
    public List<Oid> oids() {
        return List.of(Oid.MS_KERBEROS, Oid.KERBEROS);
    }

    @Override
    public Step accept(Bytes token) {
        if (isComplete()) {
            return Step.refused(INVALID_TOKEN, "one token too many");
        }
        try {
            if (context == null) {
                context = keys.context();
            }
            byte[] answer = GssMessages.guarded(() -> keys.accept(context, token.toArray()));
            if (!context.isEstablished()) {
                return Step.refused(INVALID_TOKEN, "the context needs more than one token");
            }
            if (!context.getMutualAuthState() || !context.getConfState()) {
                return Step.refused(INVALID_TOKEN, "the client wants neither proof nor encryption");
            }
            user = context.getSrcName().toString();
            return answer == null ? Step.silent() : Step.answer(Bytes.of(answer));
        } catch (GSSException e) {
            String reason = String.valueOf(e.getMessage());
            return Step.refused(reason.contains(SKEW) ? TIME_DIFFERENCE : INVALID_TOKEN, reason);
        }
    }

    @Override
    public boolean isComplete() {
        return !user.isEmpty();
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public Optional<HostUser> account() {
        return Optional.empty();
    }

    @Override
    public Bytes wrap(Bytes message) {
        try {
            return GssMessages.wrap(context, message);
        } catch (GSSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Bytes unwrap(WireReader sealed) {
        return GssMessages.unwrap(context, sealed);
    }

    @Override
    public Bytes listMic(Bytes mechTypeList) {
        try {
            return GssMessages.mic(context, mechTypeList);
        } catch (GSSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void verifyListMic(Bytes mechTypeList, Bytes mic) {
        GssMessages.verifyListMic(context, mechTypeList, mic);
    }
}
