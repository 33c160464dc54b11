package porthole.transport.nla;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import porthole.protocol.failure.SequenceException;
import porthole.protocol.spnego.Oid;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/**
 * Kerberos 5 as GSS-API has it (RFC 4121), with mutual authentication and confidentiality; without channel bindings, as
 * CredSSP binds to the TLS key by itself. The ticket is there already, so nothing here waits.
 */
final class KerberosMechanism implements AuthenticationMechanism {
    private static final String SECTION = "RFC 4121 4";

    private final GSSContext context;
    private final Bytes first;

    /** @param first the AP-REQ in its GSS-API frame, which {@code context} made */
    KerberosMechanism(GSSContext context, Bytes first) {
        this.context = context;
        this.first = first;
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
    public Bytes begin() {
        return first;
    }

    @Override
    public Optional<Bytes> next(Bytes token) {
        if (isComplete()) {
            throw new SequenceException("a second Kerberos token", "nothing after the AP-REP", SECTION);
        }
        try {
            byte[] answer = GssMessages.guarded(() -> context.initSecContext(token.toArray(), 0, token.size()));
            if (context.isEstablished() && !(context.getMutualAuthState() && context.getConfState())) {
                throw new SequenceException(
                        "a context without " + (context.getConfState() ? "proof of the host" : "encryption"),
                        "mutual authentication and encryption",
                        SECTION);
            }
            return Optional.ofNullable(answer)
                    .filter(octets -> octets.length > 0)
                    .map(Bytes::of);
        } catch (GSSException e) {
            throw KerberosFailures.ofHost(e);
        }
    }

    @Override
    public boolean isComplete() {
        return context.isEstablished();
    }

    @Override
    public boolean alwaysSignsTheList() {
        return false;
    }

    @Override
    public void finish(Bytes token) {
        throw new SequenceException("one more Kerberos token", "nothing after the AP-REP", SECTION);
    }

    @Override
    public Bytes wrap(Bytes message) {
        try {
            return GssMessages.wrap(context, message);
        } catch (GSSException e) {
            throw KerberosFailures.ofHost(e);
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
            throw KerberosFailures.ofHost(e);
        }
    }

    @Override
    public void verifyListMic(Bytes mechTypeList, Bytes mic) {
        GssMessages.verifyListMic(context, mechTypeList, mic);
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        try {
            facts.put("kerberosUser", context.getSrcName().toString());
            facts.put("kerberosService", context.getTargName().toString());
        } catch (GSSException e) {
            facts.put("kerberos", e.getMajorString());
        }
        return facts;
    }
}
