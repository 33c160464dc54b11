package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import porthole.cli.base.UsageException;
import porthole.cli.rdpfile.RdpDocument;
import porthole.cli.rdpfile.RdpFile;
import porthole.cli.rdpfile.lint.Finding;
import porthole.cli.rdpfile.lint.RdpLint;
import porthole.cli.rdpfile.signature.RdpSignature;
import porthole.cli.rdpfile.signature.SignatureReport;
import porthole.cli.rdpfile.signature.SignerTrust;

/** Connection files of strangers. */
class RdpFileFuzzTest {
    private static final SignerTrust NOBODY = new SignerTrust(Optional.empty(), Instant.EPOCH);
    private static final int NUMBER = 4;

    /** A file is written again as it was, checked without an accident, and refused with a place where it is wrong. */
    @FuzzTest(maxDuration = "15s")
    void file(byte[] input) {
        Oracle.bounded(input.length, () -> {
            RdpDocument document;
            try {
                document = RdpDocument.parse("fuzzed.rdp", input);
            } catch (UsageException refused) {
                Oracle.require(refused.getMessage().contains("fuzzed.rdp"), refused::getMessage);
                return;
            }
            Oracle.require(Arrays.equals(document.octets(), input), () -> "written otherwise: " + document);
            for (Finding finding : RdpLint.check(document, NOBODY)) {
                Oracle.require(!finding.text().isEmpty() && finding.column() >= 0, finding::toString);
            }
            try {
                RdpFile file = new RdpFile(document);
                Oracle.require(file.width().orElse(800) > 0 && file.height().orElse(600) > 0, () -> "no size");
                Oracle.require(file.gateway() != null && file.azure() != null && file.ignored() != null, () -> "null");
            } catch (UsageException refused) {
                Oracle.require(refused.getMessage().contains(" column "), refused::getMessage);
            }
        });
    }

    /** The octets are the PKCS #7 structure behind a header that is right. */
    @FuzzTest(maxDuration = "15s")
    void signature(byte[] input) {
        byte[] blob = new byte[3 * NUMBER + input.length];
        blob[0] = 1;
        blob[2] = 1;
        blob[NUMBER] = 1;
        for (int i = 0; i < NUMBER; i++) {
            blob[2 * NUMBER + i] = (byte) (input.length >> 8 * i);
        }
        System.arraycopy(input, 0, blob, 3 * NUMBER, input.length);
        String text = "full address:s:h\r\nsignscope:s:Full Address\r\nsignature:s:"
                + Base64.getEncoder().encodeToString(blob) + "\r\n";
        RdpDocument document;
        try {
            document = RdpDocument.parse("fuzzed.rdp", text.getBytes(StandardCharsets.US_ASCII));
        } catch (UsageException tooLarge) {
            return;
        }
        Oracle.bounded(blob.length, () -> {
            SignatureReport report = RdpSignature.verify(document, NOBODY);
            Oracle.require(report.state() != SignatureReport.State.VALID, () -> "trusted: " + report);
            Oracle.require(!report.why().isEmpty(), () -> "no reason");
        });
    }
}
