package porthole.protocol.ntlm;

import porthole.protocol.crypto.Rc4;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * One direction of signed and sealed messages with extended session security (MS-NLMP 3.4.4.2): its keys, its RC4 state and
 * its sequence number. Not thread-safe.
 */
public final class NtlmSealing {
    /** Octets that NTLMSSP_MESSAGE_SIGNATURE takes in front of the message. */
    public static final int SIGNATURE = 16;

    private static final int VERSION = 1;

    private final Bytes signKey;
    private final Bytes sealKey;
    private final boolean keyExchanged;
    private Rc4 handle;
    private int sequence;

    /**
     * @param client whether the client is the one who seals
     * @param keyExchanged whether NTLMSSP_NEGOTIATE_KEY_EXCH was negotiated: the checksum is encrypted then
     */
    public NtlmSealing(Bytes exportedSessionKey, boolean client, boolean keyExchanged) {
        signKey = Ntlm.signKey(exportedSessionKey, client);
        sealKey = Ntlm.sealKey(exportedSessionKey, client);
        this.keyExchanged = keyExchanged;
        reset();
    }

    /** Back to the first message, which is what MS-SPNG 3.3.5.1 asks for after a mechListMIC. */
    public void reset() {
        handle = new Rc4(sealKey.toArray());
        sequence = 0;
    }

    /** GSS_WrapEx: the signature and behind it the encrypted message. */
    public Bytes seal(Bytes message) {
        Bytes sealed = Bytes.of(handle.apply(message.toArray()));
        return Ntlm.concat(sign(message), sealed);
    }

    /** GSS_GetMICEx: the signature alone. */
    public Bytes sign(Bytes message) {
        Bytes checksum = Ntlm.hmacMd5(signKey, number(sequence), message).slice(0, 8);
        Bytes shown = keyExchanged ? Bytes.of(handle.apply(checksum.toArray())) : checksum;
        Bytes signature = Ntlm.concat(number(VERSION), shown, number(sequence));
        sequence++;
        return signature;
    }

    /** GSS_UnwrapEx: the message, after its signature was found right. */
    public Bytes open(WireReader in) {
        in.require(SIGNATURE, "messageSignature");
        Bytes signature = in.bytes(SIGNATURE, "messageSignature");
        Bytes message = Bytes.of(handle.apply(in.rest("sealedMessage").toArray()));
        verify(message, signature, in);
        return message;
    }

    /** GSS_VerifyMICEx: refuses another signature than the one of {@code message}; {@code in} says where it stood. */
    public void verify(Bytes message, Bytes signature, WireReader in) {
        in.check(signature.equals(sign(message)), "messageSignature", "another one", "the signature of the message");
    }

    private static Bytes number(int value) {
        return Bytes.of(WireWriter.toByteArray(out -> out.u32le(value)));
    }

    @Override
    public String toString() {
        return "NtlmSealing[sequence=" + sequence + "]";
    }
}
