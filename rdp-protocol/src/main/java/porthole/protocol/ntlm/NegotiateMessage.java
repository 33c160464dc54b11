package porthole.protocol.ntlm;

import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * NEGOTIATE_MESSAGE (MS-NLMP 2.2.1.1).
 *
 * @param negotiateFlags see {@link NtlmFlags}
 * @param domainName in the OEM character set; mostly empty
 * @param workstationName in the OEM character set; mostly empty
 * @param otherForm the whole message as received where its payload lies otherwise; else empty
 */
public record NegotiateMessage(
        int negotiateFlags, Bytes domainName, Bytes workstationName, Optional<NtlmVersion> version, Bytes otherForm)
        implements Pdu {
    private static final int TYPE = 1;
    private static final int HEADER = NtlmSignature.SIZE + 4 + 2 * PayloadField.SIZE;

    public static NegotiateMessage of(int negotiateFlags, NtlmVersion version) {
        return new NegotiateMessage(negotiateFlags, Bytes.EMPTY, Bytes.EMPTY, Optional.of(version), Bytes.EMPTY);
    }

    public static NegotiateMessage decode(WireReader token) {
        int begin = token.offset();
        int length = token.remaining();
        WireReader in = token;
        NtlmSignature.decode(in, TYPE);
        int flags = in.s32le("negotiateFlags");
        PayloadField domain = PayloadField.decode(in, "domainName");
        PayloadField workstation = PayloadField.decode(in, "workstation");
        int start = PayloadField.payloadStart(length, domain, workstation);
        Optional<NtlmVersion> version = start >= HEADER + NtlmVersion.SIZE
                ? Optional.of(in.within("version", "MS-NLMP 2.2.2.10", NtlmVersion::decode))
                : Optional.empty();
        int read = in.offset() - begin;
        Bytes payload = in.rest("payload");
        NegotiateMessage plain = new NegotiateMessage(
                flags, domain.in(in, payload, read), workstation.in(in, payload, read), version, Bytes.EMPTY);
        return new NegotiateMessage(
                flags, plain.domainName, plain.workstationName, version, in.otherForm(begin, plain));
    }

    @Override
    public void encode(WireWriter out) {
        if (!otherForm.isEmpty()) {
            out.bytes(otherForm);
            return;
        }
        NtlmSignature.encode(out, TYPE);
        out.u32le(negotiateFlags);
        int at = HEADER + (version.isPresent() ? NtlmVersion.SIZE : 0);
        PayloadField.encode(out, domainName, domainName.isEmpty() ? 0 : at);
        PayloadField.encode(out, workstationName, workstationName.isEmpty() ? 0 : at + domainName.size());
        version.ifPresent(out::pdu);
        out.bytes(domainName).bytes(workstationName);
    }
}
