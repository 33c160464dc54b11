package porthole.transport.licensing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import porthole.protocol.failure.WireException;
import porthole.protocol.licensing.HardwareId;
import porthole.protocol.wire.Bytes;
import porthole.protocol.wire.WireReader;

/**
 * The contents of one file of a {@link FileLicenseStore}.
 *
 * <pre>
 * porthole-license 1
 * product SHA-256 of scope, company name and product id, in hexadecimal
 * hardware 20 octets in hexadecimal
 * license Base64
 * check SHA-256 of the lines before, in hexadecimal
 * </pre>
 */
final class LicenseFile {
    private static final String HEAD = "porthole-license 1";
    private static final int LINES = 5;

    private LicenseFile() {}

    /** The name that the product's file has, without an ending; 64 hexadecimal digits. */
    static String nameOf(LicenseStore.Product product) {
        return sha256(product.scope() + '\0' + product.companyName() + '\0' + product.productId());
    }

    static String write(LicenseStore.Product product, LicenseStore.License license) {
        String body = HEAD + "\nproduct " + nameOf(product) + "\nhardware "
                + HexFormat.of().formatHex(license.hardwareId().toByteArray()) + "\nlicense "
                + Base64.getEncoder().encodeToString(license.licenseInfo().toArray()) + "\n";
        return body + "check " + sha256(body) + "\n";
    }

    /** The licence, or nothing where the text is not what {@link #write} made for that product. */
    static Optional<LicenseStore.License> read(LicenseStore.Product product, String text) {
        List<String> lines = text.lines().toList();
        int last = text.lastIndexOf("check ");
        if (lines.size() != LINES
                || last < 0
                || !lines.get(0).equals(HEAD)
                || !lines.get(1).equals("product " + nameOf(product))
                || !lines.get(2).startsWith("hardware ")
                || !lines.get(3).startsWith("license ")
                || !lines.get(4).equals("check " + sha256(text.substring(0, last)))) {
            return Optional.empty();
        }
        try {
            byte[] hardware = HexFormat.of().parseHex(lines.get(2).substring("hardware ".length()));
            return Optional.of(new LicenseStore.License(
                    HardwareId.decode(WireReader.of(hardware, "HardwareId", "MS-RDPELE 2.2.2.3.1")),
                    Bytes.of(Base64.getDecoder().decode(lines.get(3).substring("license ".length())))));
        } catch (IllegalArgumentException | WireException wrong) {
            return Optional.empty();
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
