package porthole.aad.entra;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import porthole.protocol.failure.Refused;

/** What the authority's AADSTS codes mean in this protocol, and what to do about them. */
public final class Aadsts {
    /**
     * One code.
     *
     * @param meaning one clause
     * @param remedy what a person can do
     */
    public record Entry(int code, String meaning, String remedy) {}

    private static final String SIGN_IN = "sign in again, with a person at the browser";
    private static final String POLICY =
            "ask the tenant's administrator about the Conditional Access policies for Windows Cloud Login";
    private static final String REGISTRATION = "check the client id and its registration";
    private static final String CERTIFICATE = "check the client certificate, its upload and its thumbprint";
    private static final String ASSERTION =
            "check the assertion with: porthole token assertion --check; aud is the token endpoint of the tenant";
    private static final String DEFECT = "record the exchange and report it";
    private static final String CLOUD = "use the authority of the cloud and tenant that the host is joined to";
    private static final String UNKNOWN_REMEDY =
            "look the code up at https://login.microsoftonline.com/error or in the tenant's sign-in log";

    private static final Map<Integer, Entry> ENTRIES = entries();

    private Aadsts() {}

    /** What is known about a code. */
    public static Optional<Entry> find(int code) {
        return Optional.ofNullable(ENTRIES.get(code));
    }

    /** Every code that is known, by number. */
    public static Map<Integer, Entry> all() {
        return ENTRIES;
    }

    /**
     * The failure for a code.
     *
     * @param error the OAuth error name, may be empty
     * @param description the authority's own words, one safe line, may be empty; shown where the code is not known
     */
    public static Refused refused(int code, String error, String description) {
        Entry entry = find(code)
                .orElseGet(() -> new Entry(
                        code,
                        description.isEmpty() ? "a code that is not known here" : "in its own words: " + description,
                        UNKNOWN_REMEDY));
        return new Refused(
                "entra-refused",
                "Entra",
                code,
                ("AADSTS" + code + " " + error).strip(),
                entry.meaning(),
                entry.remedy(),
                "");
    }

    private static Map<Integer, Entry> entries() {
        Map<Integer, Entry> all = new TreeMap<>();
        conditionalAccess(all);
        grants(all);
        targets(all);
        clientCertificates(all);
        return Collections.unmodifiableMap(all);
    }

    private static void conditionalAccess(Map<Integer, Entry> all) {
        add(all, 50005, "the device's platform is not supported by policy", POLICY);
        add(all, 50076, "the user must pass multi-factor authentication", SIGN_IN);
        add(all, 50079, "the user must enrol for multi-factor authentication", SIGN_IN + " to enrol");
        add(all, 50158, "an external challenge is not satisfied", SIGN_IN);
        add(all, 53000, "policy asks for a compliant device and this one is not", POLICY);
        add(all, 53001, "policy asks for a domain-joined device and this one is not", POLICY);
        add(all, 53003, "a Conditional Access policy blocks the token", POLICY);
        add(all, 53004, "the user must set up proofs, and policy blocks that", POLICY);
        add(all, 70043, "the sign-in is older than policy allows", SIGN_IN);
    }

    private static void grants(Map<Integer, Entry> all) {
        add(all, 50173, "the sign-in was revoked", SIGN_IN);
        add(all, 54005, "the authorization code was redeemed before", "start the sign-in again: porthole login");
        add(all, 70000, "the grant is not valid", "start the sign-in again: porthole login");
        add(all, 70003, "the grant type is not supported", REGISTRATION);
        add(all, 70008, "the refresh token has expired", SIGN_IN);
        add(all, 70016, "the device code is not approved yet", "approve it in the browser");
        add(all, 70018, "the device code is wrong", "start the sign-in again: porthole login");
        add(all, 70019, "the device code has expired", "start the sign-in again: porthole login");
        add(all, 700005, "the code was issued to another client or tenant", REGISTRATION);
        add(all, 700082, "the refresh token was not used for too long", SIGN_IN);
        add(all, 700084, "a refresh token of a single-page application lives 24 hours at most", SIGN_IN);
        add(all, 501481, "the PKCE verifier does not match the challenge", DEFECT);
        add(all, 9002313, "the request is malformed", DEFECT);
        add(
                all,
                9002327,
                "a code of a single-page application was redeemed without its origin",
                "use a client id with a native redirect URI");
        add(all, 900144, "the request lacks a parameter", DEFECT);
        add(all, 90014, "the request lacks a required field", DEFECT);
        add(all, 5000224, "req_cnf does not hold a key thumbprint", DEFECT);
    }

    private static void targets(Map<Integer, Entry> all) {
        add(
                all,
                293004,
                "no device of that name is known in the tenant",
                "use the short name under which the host registered (not an address), or its device id, and the host's"
                        + " own tenant");
        add(
                all,
                650041,
                "remote desktop is not enabled for the resource in this tenant",
                "have an administrator set isRemoteDesktopProtocolEnabled on Windows Cloud Login and Microsoft Remote"
                        + " Desktop");
        add(all, 50011, "the redirect URI is not registered for the client", REGISTRATION);
        add(all, 65001, "the user or an administrator has not consented", "have an administrator consent");
        add(
                all,
                65002,
                "the client is not pre-authorized for the resource",
                "use a first-party client id: an application of your own cannot get these tokens");
        add(all, 65004, "the user declined to consent", SIGN_IN);
        add(all, 500011, "the resource is unknown in the tenant", CLOUD);
        add(all, 700016, "the client is unknown in the tenant", CLOUD);
        add(all, 700054, "the response type is not enabled for the client", REGISTRATION);
        add(
                all,
                1002012,
                "the scope of an application's own token does not end in /.default",
                "ask for RESOURCE/.default");
        add(all, 90002, "the tenant does not exist", CLOUD);
        add(all, 90038, "the tenant lives in another cloud", CLOUD);
        add(all, 900439, "the client belongs to another cloud", CLOUD);
        add(all, 900440, "the resource belongs to another cloud", CLOUD);
    }

    private static void clientCertificates(Map<Integer, Entry> all) {
        add(all, 5002723, "the client assertion names no certificate", CERTIFICATE);
        add(all, 5002738, "the client assertion's algorithm is not supported", CERTIFICATE);
        add(all, 700021, "the client assertion's issuer or subject is not the client id", CERTIFICATE);
        add(
                all,
                700023,
                "the client assertion's audience is not the tenant's token endpoint; without a client assertion, the scope"
                        + " names no resource",
                ASSERTION + "; a scope begins with the resource");
        add(all, 700024, "the client assertion is outside its time range", "correct this machine's clock");
        add(all, 700025, "a public client must not present a secret", REGISTRATION);
        add(all, 700027, "the client assertion's signature or key is not accepted", CERTIFICATE);
        add(all, 700030, "the certificate's subject name is not allowed", CERTIFICATE);
        add(all, 50012, "the client assertion is not accepted", CERTIFICATE);
        add(all, 50013, "the assertion's signature or issuer is not accepted", CERTIFICATE);
        add(all, 50027, "the JWT is malformed or of the wrong type", CERTIFICATE);
        add(all, 50048, "the client assertion's subject is not its issuer", CERTIFICATE);
        add(all, 500133, "the assertion has expired", "correct this machine's clock");
        add(all, 1000502, "the certificate is outside its validity", CERTIFICATE);
        add(all, 7000214, "the client credential was revoked", REGISTRATION);
        add(all, 7000215, "the client secret is wrong", REGISTRATION);
        add(all, 7000218, "the client credential is missing", REGISTRATION);
        add(all, 7000222, "the client secret has expired", REGISTRATION);
        add(all, 7000274, "the client assertion's signature is not valid", CERTIFICATE);
        add(all, 7000277, "the client assertion's signature is not valid", CERTIFICATE);
        add(all, 392200, "the client certificate of the TLS connection is missing", CERTIFICATE);
        add(all, 392204, "the client certificate of the TLS connection is not accepted", CERTIFICATE);
        add(all, 500181, "the client certificate of the TLS connection is not the token's", CERTIFICATE);
    }

    private static void add(Map<Integer, Entry> all, int code, String meaning, String remedy) {
        all.put(code, new Entry(code, meaning, remedy));
    }
}
