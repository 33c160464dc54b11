package porthole.protocol.licensing;

import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.Pdu;
import porthole.protocol.wire.WireReader;
import porthole.protocol.wire.WireWriter;

/**
 * MS-RDPELE 2.2.2.6.1 New License Information (NEW_LICENSE_INFO): what is in the encrypted blob of a new or upgraded licence.
 *
 * @param version the license server's version, as in the product information
 * @param scope ANSI octets with their terminator
 * @param companyName UTF-16LE octets with their terminator
 * @param productId likewise
 * @param licenseInfo the client access licence itself, to be given back unchanged
 */
public record NewLicenseInformation(
        long version, Bytes scope, Bytes companyName, Bytes productId, Bytes licenseInfo, Bytes trailing)
        implements Pdu {
    public static NewLicenseInformation decode(WireReader in) {
        return new NewLicenseInformation(
                in.u32le("dwVersion"),
                counted(in, "cbScope", "pbScope"),
                counted(in, "cbCompanyName", "pbCompanyName"),
                counted(in, "cbProductId", "pbProductId"),
                counted(in, "cbLicenseInfo", "pbLicenseInfo"),
                in.rest("trailing"));
    }

    private static Bytes counted(WireReader in, String count, String field) {
        return in.bytes(in.count(in.u32le(count), 1, count), field);
    }

    @Override
    public void encode(WireWriter out) {
        out.u32le(version);
        out.u32le(scope.size()).bytes(scope);
        out.u32le(companyName.size()).bytes(companyName);
        out.u32le(productId.size()).bytes(productId);
        out.u32le(licenseInfo.size()).bytes(licenseInfo);
        out.bytes(trailing);
    }

    /** Without the licence. */
    @Override
    public String toString() {
        return "NewLicenseInformation[version=" + version + ", scope=" + scope + ", companyName=" + companyName
                + ", productId=" + productId + ", licenseInfo=" + licenseInfo.size() + " octets, trailing=" + trailing
                + "]";
    }
}
