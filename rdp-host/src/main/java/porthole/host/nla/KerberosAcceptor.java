package porthole.host.nla;

import java.util.List;
import java.util.Optional;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.MessageProp;
import porthole.protocol.spnego.GssWrapToken;
import porthole.protocol.spnego.Oid;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

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
            byte[] answer = keys.accept(context, token.toArray());
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
            byte[] token = context.wrap(message.toArray(), 0, message.size(), new MessageProp(0, true));
            return GssWrapToken.rotated(Bytes.of(token), message.size());
        } catch (GSSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Bytes unwrap(WireReader sealed) {
        Bytes token = sealed.rest("wrapToken");
        MessageProp properties = new MessageProp(0, true);
        Bytes message = Bytes.EMPTY;
        String wrong = "";
        try {
            message = Bytes.of(context.unwrap(token.toArray(), 0, token.size(), properties));
        } catch (GSSException e) {
            wrong = e.getMajorString();
        }
        sealed.check(wrong.isEmpty(), "wrapToken", wrong, "a message that the client sealed");
        sealed.check(properties.getPrivacy(), "wrapToken", "not encrypted", "an encrypted message");
        return message;
    }

    @Override
    public Bytes listMic(Bytes mechTypeList) {
        try {
            return Bytes.of(context.getMIC(mechTypeList.toArray(), 0, mechTypeList.size(), new MessageProp(0, false)));
        } catch (GSSException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void verifyListMic(Bytes mechTypeList, Bytes mic) {
        boolean right = true;
        try {
            context.verifyMIC(
                    mic.toArray(),
                    0,
                    mic.size(),
                    mechTypeList.toArray(),
                    0,
                    mechTypeList.size(),
                    new MessageProp(0, false));
        } catch (GSSException e) {
            right = false;
        }
        WireReader.of(mic, "NegTokenResp.mechListMIC", "RFC 4178 5")
                .check(right, "mechListMIC", "another one", "the MIC of the list of mechanisms");
    }
}
