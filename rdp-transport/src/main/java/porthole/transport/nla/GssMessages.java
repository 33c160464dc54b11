package porthole.transport.nla;

import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.MessageProp;
import porthole.protocol.spnego.GssWrapToken;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/** The protected messages of a GSS-API context of the JDK, in the forms that CredSSP and SPNEGO have. */
public final class GssMessages {
    private GssMessages() {}

    /** Work of the JDK's GSS-API. */
    @FunctionalInterface
    public interface Call<T> {
        /** Does it. */
        T run() throws GSSException;
    }

    /** The result of {@code call}; what the JDK throws unchecked at tokens that it cannot read becomes a GSSException. */
    public static <T> T guarded(Call<T> call) throws GSSException {
        try {
            return call.run();
        } catch (RuntimeException e) {
            throw new GSSException(GSSException.DEFECTIVE_TOKEN, -1, e.toString());
        }
    }

    /** GSS_Wrap with confidentiality. */
    public static Bytes wrap(GSSContext context, Bytes message) throws GSSException {
        byte[] token = context.wrap(message.toArray(), 0, message.size(), new MessageProp(0, true));
        return GssWrapToken.rotated(Bytes.of(token), message.size());
    }

    /** GSS_Unwrap of all that {@code sealed} has; refuses what the other side did not encrypt. */
    public static Bytes unwrap(GSSContext context, WireReader sealed) {
        Bytes token = sealed.rest("wrapToken");
        MessageProp properties = new MessageProp(0, true);
        Bytes message = Bytes.EMPTY;
        String wrong = "";
        try {
            message = guarded(() -> Bytes.of(context.unwrap(token.toArray(), 0, token.size(), properties)));
        } catch (GSSException e) {
            wrong = e.getMajorString();
        }
        sealed.check(wrong.isEmpty(), "wrapToken", wrong, "a message that the other side sealed");
        sealed.check(properties.getPrivacy(), "wrapToken", "not encrypted", "an encrypted message");
        return message;
    }

    /** GSS_GetMIC. */
    public static Bytes mic(GSSContext context, Bytes message) throws GSSException {
        return Bytes.of(context.getMIC(message.toArray(), 0, message.size(), new MessageProp(0, false)));
    }

    /** GSS_VerifyMIC of SPNEGO's list of mechanisms; refuses another MIC. */
    public static void verifyListMic(GSSContext context, Bytes list, Bytes mic) {
        String wrong = "";
        try {
            guarded(() -> {
                context.verifyMIC(
                        mic.toArray(), 0, mic.size(), list.toArray(), 0, list.size(), new MessageProp(0, false));
                return null;
            });
        } catch (GSSException e) {
            wrong = e.getMajorString();
        }
        WireReader.of(mic, "NegTokenResp.mechListMIC", "RFC 4178 5")
                .check(wrong.isEmpty(), "mechListMIC", wrong, "the MIC of the list of mechanisms");
    }
}
