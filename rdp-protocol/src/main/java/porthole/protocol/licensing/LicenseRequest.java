package porthole.protocol.licensing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import porthole.protocol.security.ServerCertificate;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPELE 2.2.2.1 Server License Request (SERVER_LICENSE_REQUEST).
 *
 * @param serverRandom 32 octets
 * @param keyExchangeList a list of 32-bit numbers
 * @param serverCertificate may be empty under enhanced security; see {@link #certificate}
 */
public record LicenseRequest(
        int flags,
        Bytes serverRandom,
        ProductInformation productInfo,
        LicenseBinaryBlob keyExchangeList,
        LicenseBinaryBlob serverCertificate,
        List<LicenseBinaryBlob> scopeList,
        Bytes trailing)
        implements LicensingPdu {
    /** 2.2.2.1.1 Product Information (PRODUCT_INFO); texts are UTF-16LE octets with a terminator. */
    public record ProductInformation(long version, Bytes companyName, Bytes productId) implements Pdu {
        static ProductInformation decode(WireReader in) {
            long version = in.u32le("dwVersion");
            Bytes company = in.bytes(in.count(in.u32le("cbCompanyName"), 1, "cbCompanyName"), "pbCompanyName");
            return new ProductInformation(
                    version, company, in.bytes(in.count(in.u32le("cbProductId"), 1, "cbProductId"), "pbProductId"));
        }

        @Override
        public void encode(WireWriter out) {
            out.u32le(version).u32le(companyName.size()).bytes(companyName);
            out.u32le(productId.size()).bytes(productId);
        }
    }

    public LicenseRequest {
        scopeList = List.copyOf(scopeList);
        if (serverRandom.size() != 32) {
            throw new IllegalArgumentException("serverRandom takes 32 octets, not " + serverRandom.size());
        }
    }

    static LicenseRequest decode(int flags, WireReader in) {
        Bytes random = in.bytes(32, "serverRandom");
        ProductInformation product = in.within("productInfo", "MS-RDPELE 2.2.2.1.1", ProductInformation::decode);
        LicenseBinaryBlob exchange = LicenseBinaryBlob.read(in, "keyExchangeList");
        LicenseBinaryBlob certificate = LicenseBinaryBlob.read(in, "serverCertificate");
        int count = in.count(in.u32le("scopeCount"), 4, "scopeCount");
        List<LicenseBinaryBlob> scopes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            scopes.add(LicenseBinaryBlob.read(in, "scopeList[" + i + "]"));
        }
        return new LicenseRequest(flags, random, product, exchange, certificate, scopes, in.rest("trailing"));
    }

    /** The certificate that the premaster secret is encrypted for, where the server sent one. */
    public Optional<ServerCertificate> certificate() {
        return serverCertificate.data().isEmpty()
                ? Optional.empty()
                : Optional.of(ServerCertificate.decode(WireReader.of(
                        serverCertificate.data(), "LicenseRequest.serverCertificate", "MS-RDPBCGR 2.2.1.4.3.1")));
    }

    @Override
    public int msgType() {
        return LICENSE_REQUEST;
    }

    @Override
    public void encodeBody(WireWriter out) {
        out.bytes(serverRandom).pdu(productInfo).pdu(keyExchangeList).pdu(serverCertificate);
        out.u32le(scopeList.size());
        scopeList.forEach(out::pdu);
        out.bytes(trailing);
    }
}
