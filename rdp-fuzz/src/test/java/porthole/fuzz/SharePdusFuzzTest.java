package porthole.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import porthole.protocol.capability.CapabilitySet;
import porthole.protocol.share.ShareControlPdu;
import porthole.protocol.share.ShareDataBody;
import porthole.protocol.share.ShareDataHeader;

/** Share control and share data PDUs, and capability sets. */
class SharePdusFuzzTest {
    private static final Family SHARE = new Family(ShareControlPdu::decode, ShareDataHeader::decode);
    private static final Family CAPABILITY = new Family(CapabilitySet::decode);

    @FuzzTest(maxDuration = "30s")
    void share(byte[] input) {
        SHARE.test(input);
    }

    /** The first octet is the type. */
    @FuzzTest(maxDuration = "30s")
    void shareData(byte[] input) {
        if (input.length > 0) {
            int pduType2 = input[0] & 0xFF;
            Oracle.keeps(Arrays.copyOfRange(input, 1, input.length), in -> ShareDataBody.decode(pduType2, in));
        }
    }

    @FuzzTest(maxDuration = "30s")
    void capability(byte[] input) {
        CAPABILITY.test(input);
    }
}
