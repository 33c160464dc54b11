package porthole.protocol.redirection;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/** MS-RDPBCGR 2.2.13.1.2 Target Certificate Container (TARGET_CERTIFICATE_CONTAINER): what the next host will show. */
public record TargetCertificate(List<Element> elements) implements Pdu {
    /** 2.2.13.1.3 Certificate Meta Element (CERTIFICATE_META_ELEMENT). */
    public record Element(long type, long encoding, Bytes elementData) implements Pdu {
        public static final int ELEMENT_TYPE_CERTIFICATE = 32;
        public static final int ENCODING_TYPE_ASN1_DER = 1;

        static Element decode(WireReader in) {
            long type = in.u32le("type");
            long encoding = in.u32le("encoding");
            int size = in.count(in.u32le("elementSize"), 1, "elementSize");
            return new Element(type, encoding, in.bytes(size, "elementData"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(type).u32le(encoding).u32le(elementData.size()).bytes(elementData);
        }
    }

    public TargetCertificate {
        elements = List.copyOf(elements);
    }

    public static TargetCertificate decode(WireReader in) {
        List<Element> elements = new ArrayList<>(1);
        while (in.hasRemaining()) {
            elements.add(in.within("elements[" + elements.size() + "]", "MS-RDPBCGR 2.2.13.1.3", Element::decode));
        }
        return new TargetCertificate(elements);
    }

    /** Reads the field of a redirection packet, which is base64 in UTF-16LE. */
    public static TargetCertificate ofField(Bytes field) {
        String text = field.toUtf16le().replace("\0", "");
        WireReader in;
        try {
            in = WireReader.of(Base64.getMimeDecoder().decode(text), "TargetCertificate", "MS-RDPBCGR 2.2.13.1.2");
        } catch (IllegalArgumentException e) {
            throw WireReader.of(field, "TargetCertificate", "MS-RDPBCGR 2.2.13.1.2")
                    .error("targetCertificate", field.size() + " octets", "base64 in UTF-16LE");
        }
        return decode(in);
    }

    /** The first certificate as DER. */
    public Optional<Bytes> certificate() {
        return elements.stream()
                .filter(e ->
                        e.type() == Element.ELEMENT_TYPE_CERTIFICATE && e.encoding() == Element.ENCODING_TYPE_ASN1_DER)
                .map(Element::elementData)
                .findFirst();
    }

    /** The form in which a redirection packet carries it. */
    public Bytes toField() {
        return Bytes.utf16le(Base64.getEncoder().encodeToString(toByteArray()) + '\0');
    }

    @Override
    public void encode(WireWriter out) {
        elements.forEach(out::pdu);
    }
}
