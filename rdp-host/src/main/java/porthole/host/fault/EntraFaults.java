package porthole.host.fault;

import static porthole.host.fault.FaultBuilder.fault;
import static porthole.host.fault.FaultBuilder.instead;
import static porthole.host.fault.ServerMessage.AUTHENTICATION_RESULT;
import static porthole.host.fault.ServerMessage.SERVER_NONCE;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import porthole.aad.AuthenticationResult;
import porthole.protocol.failure.Stage;
import porthole.protocol.rdsaad.AuthenticationResultPdu;

/** What can be wrong with the RDS AAD messages, and every way in which a host refuses an assertion. */
final class EntraFaults {
    private static final String REFUSED = "authentication-result";

    private EntraFaults() {}

    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        all.add(nonce("nonce-not-json", "sends a nonce message that is not JSON", "nonce\0")
                .fails("malformed-pdu"));
        all.add(nonce("nonce-without-member", "sends an object without ts_nonce", "{\"nonce\":\"x\"}\0")
                .fails("malformed-pdu"));
        all.add(nonce("nonce-number", "sends a number for a nonce", "{\"ts_nonce\":1}\0")
                .fails("malformed-pdu"));
        all.add(nonce("nonce-twice-in-one", "says ts_nonce twice", "{\"ts_nonce\":\"a\",\"ts_nonce\":\"b\"}\0")
                .fails("malformed-pdu"));
        all.add(nonce("nonce-only-zeros", "sends two zero octets", "\0\0").fails("deadline"));
        all.add(nonce(
                        "nonce-is-result",
                        "sends a result before there was an assertion",
                        "{\"authentication_result\":0}\0")
                .fails("malformed-pdu"));
        all.add(fault("nonce-stale", Stage.AUTHENTICATION, "sends a nonce that it does not accept any more")
                .needs(Fault.AAD)
                .quirk(Quirk.NONCE_STALE)
                .fails(REFUSED));
        all.add(fault("nonce-reused", Stage.AUTHENTICATION, "sends the nonce of an earlier connection")
                .needs(Fault.AAD)
                .quirk(Quirk.NONCE_REUSED)
                .fails(REFUSED));
        for (AuthenticationResult result : AuthenticationResult.named()) {
            if (!result.isSuccess()) {
                all.add(code(result.name().toLowerCase(Locale.ROOT).replace('_', '-'), result.code()));
            }
        }
        all.add(code("cloud-ap", 0xD0048016L));
        all.add(code("unknown", 0x8BADF00DL));
        all.add(result(
                        "result-text-refusal",
                        "refuses with the code as text",
                        "{\"authentication_result\":\"0x80070005\"}\0")
                .fails(REFUSED));
        all.add(result("result-text", "says the code zero as text", "{\"authentication_result\":\"0\"}\0")
                .survived());
        all.add(result(
                        "result-white-space",
                        "sends white space and other members",
                        " { \"v\" : [1] ,\n\"authentication_result\" : 0 }\0")
                .survived());
        all.add(result("result-fraction", "says a fraction for a code", "{\"authentication_result\":0.5}\0")
                .fails("malformed-pdu"));
        all.add(result(
                        "result-too-large",
                        "says a code of more than 32 bits",
                        "{\"authentication_result\":4294967296}\0")
                .fails("malformed-pdu"));
        all.add(result("result-without-member", "sends an object without the result", "{}\0")
                .fails("malformed-pdu"));
        all.add(result("result-not-json", "sends a result that is not JSON", "OK\0")
                .fails("malformed-pdu"));
        all.add(result("result-null", "says null for a code", "{\"authentication_result\":null}\0")
                .fails("malformed-pdu"));
        all.add(result("result-tpkt", "goes on with MCS instead of a result", "\3\0\0\13\2\360\200")
                .fails("malformed-pdu"));
        return all;
    }

    private static FaultBuilder nonce(String name, String description, String message) {
        return instead(name, SERVER_NONCE, description, latin(message));
    }

    private static FaultBuilder result(String name, String description, String message) {
        return instead(name, AUTHENTICATION_RESULT, description, latin(message));
    }

    private static byte[] latin(String message) {
        return message.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Fault code(String name, long code) {
        return instead(
                        "result-" + name,
                        AUTHENTICATION_RESULT,
                        String.format("answers the assertion with 0x%08X", code),
                        AuthenticationResultPdu.of(code).toByteArray())
                .fails(REFUSED);
    }
}
