package porthole.host.fault;

import static porthole.host.fault.FaultBuilder.fault;
import static porthole.host.fault.FaultBuilder.instead;
import static porthole.host.fault.FaultBuilder.rewrite;
import static porthole.host.fault.ServerMessage.RDSTLS_CAPABILITIES;
import static porthole.host.fault.ServerMessage.RDSTLS_RESULT;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import porthole.protocol.failure.Stage;
import porthole.protocol.rdstls.RdstlsAuthenticationResponse;
import porthole.protocol.rdstls.RdstlsCapabilitiesPdu;
import porthole.protocol.rdstls.RdstlsResult;

/** What can be wrong with the RDSTLS messages, and every way in which a host refuses a request. */
final class RdstlsFaults {
    private static final int PDU_TYPE = 2;
    private static final int DATA_TYPE = 4;

    private RdstlsFaults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        for (RdstlsResult result : RdstlsResult.named()) {
            if (!result.isSuccess()) {
                String name = result.name().substring("RDSTLS_RESULT_".length());
                all.add(refusal(name.toLowerCase(Locale.ROOT).replace('_', '-'), result.code()));
            }
        }
        all.add(refusal("unknown", 0xC0FFEEL));
        all.add(instead(
                        "rdstls-no-version",
                        RDSTLS_CAPABILITIES,
                        "supports no version of RDSTLS",
                        RdstlsCapabilitiesPdu.of(0).toByteArray())
                .fails("rdstls-version"));
        all.add(instead(
                        "rdstls-more-versions",
                        RDSTLS_CAPABILITIES,
                        "supports versions to come",
                        RdstlsCapabilitiesPdu.of(0xFFFF).toByteArray())
                .survived());
        all.add(octet("rdstls-capabilities-version", RDSTLS_CAPABILITIES, 0, 9, "says version 9 of the header"));
        all.add(octet("rdstls-capabilities-type", RDSTLS_CAPABILITIES, PDU_TYPE, 9, "begins with an unknown PDU"));
        all.add(octet("rdstls-capabilities-data", RDSTLS_CAPABILITIES, DATA_TYPE, 9, "says an unknown data type"));
        all.add(octet("rdstls-result-type", RDSTLS_RESULT, PDU_TYPE, 1, "sends its versions in place of the verdict"));
        all.add(octet("rdstls-result-data", RDSTLS_RESULT, DATA_TYPE, 9, "says an unknown data type of the verdict"));
        all.add(fault("rdstls-capabilities-cut", RDSTLS_CAPABILITIES, "sends a part of its versions, and ends", cut(6))
                .fails("early-close"));
        all.add(fault("rdstls-result-cut", RDSTLS_RESULT, "sends a part of the verdict, and ends", cut(9))
                .fails("early-close"));
        all.add(fault("rdstls-capabilities-absent", RDSTLS_CAPABILITIES, "says nothing after TLS", new Effect.Silence())
                .fails("deadline"));
        all.add(fault("rdstls-result-absent", RDSTLS_RESULT, "gives no verdict", new Effect.Silence())
                .fails("deadline"));
        all.add(fault("rdstls-result-twice", RDSTLS_RESULT, "gives its verdict twice", new Effect.Repeat(2))
                .fails(Stage.BASIC_SETTINGS_EXCHANGE, "malformed-pdu"));
        all.add(instead(
                        "rdstls-result-first",
                        RDSTLS_CAPABILITIES,
                        "gives its verdict before it was asked",
                        RdstlsAuthenticationResponse.of(RdstlsResult.SUCCESS).toByteArray())
                .fails("malformed-pdu"));
        return all;
    }

    private static Effect[] cut(int octets) {
        return new Effect[] {
            new Effect.Rewrite(frame -> Arrays.copyOf(frame, Math.min(octets, frame.length))),
            new Effect.EndAfter(false)
        };
    }

    private static Fault octet(String name, ServerMessage message, int at, int value, String description) {
        return rewrite(name, message, description, frame -> Frames.octet(frame, at, value))
                .fails("malformed-pdu");
    }

    private static Fault refusal(String name, long code) {
        return instead(
                        "rdstls-refused-" + name,
                        RDSTLS_RESULT,
                        String.format("answers the request with 0x%08X", code),
                        RdstlsAuthenticationResponse.of(new RdstlsResult(code)).toByteArray())
                .fails("rdstls-result");
    }
}
