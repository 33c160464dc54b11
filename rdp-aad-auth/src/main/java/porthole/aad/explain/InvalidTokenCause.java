package porthole.aad.explain;

/**
 * Why a host answers SEC_E_INVALID_TOKEN, as far as is known. The order of the members is that in which a cause that was
 * found explains the others; {@link #prior()} orders those that cannot be seen from outside.
 */
public enum InvalidTokenCause {
    BYTES_AROUND(
            2,
            70,
            "bytes-around",
            "the PDU is the UTF-8 text of one JSON object and a zero octet, with nothing in front or behind",
            "MS-RDPBCGR 2.2.18.2",
            "send no byte order mark, TPKT header, UTF-16 or line end",
            "look at the first octet sent: it is 7B"),
    NO_ZERO_OCTET(
            1,
            100,
            "no-zero-octet",
            "the PDU ends in one zero octet, sent in the same write",
            "observed: FreeRDP issue 9800; MS-RDPBCGR 2.2.18.2 does not say it",
            "append one zero octet to the JSON text",
            "look at the last octets sent: 7D 00; direct hosts may accept 7D alone, the gateway path does not"),
    NOT_COMPACT(
            3,
            25,
            "not-compact-jws",
            "three parts of base64url without padding, with dots between",
            "RFC 7515 7.1, MS-RDPBCGR 2.2.18.2",
            "encode with the URL alphabet and without padding or line breaks",
            ""),
    DAMAGED_TOKEN(
            21,
            42,
            "damaged-token",
            "at is the access_token of the token response, exactly as it came",
            "STATUS_AAD_CLOUDAP_E_BAD_DEVICE_ACCESS_TOKEN_FORMAT, MS-RDPBCGR 2.2.18.2.1",
            "pass the token through untouched: no scheme name, quotes, line ends or cuts",
            ""),
    MEMBERS(
            28,
            10,
            "members",
            "the payload has exactly ts, at, u, nonce, cnf and client_claims, each once",
            "MS-RDPBCGR 2.2.18.2.1",
            "send exactly these six",
            ""),
    HEADER(
            22,
            20,
            "header",
            "alg RS256 and any kid",
            "MS-RDPBCGR 2.2.18.2.1",
            "set alg to RS256 and kid to any text, for example the thumbprint",
            ""),
    CLIENT_CLAIMS(
            18,
            34,
            "client-claims",
            "client_claims is a string that holds the text of a JSON object with aad_nonce, escaped once",
            "MS-RDPBCGR 2.2.18.2.1",
            "write the inner object to a string first, and let the outer encoder escape that once",
            ""),
    KEY_ENCODING(
            5,
            33,
            "key-encoding",
            "n has 256 octets without a sign octet, e is AQAB",
            "RFC 7518 6.3.1",
            "strip the leading zero octet of BigInteger.toByteArray",
            ""),
    SIGNATURE(
            4,
            36,
            "signature",
            "RSASSA-PKCS1-v1_5 with SHA-256 over the ASCII octets of header.payload, with the key of cnf.jwk",
            "MS-RDPBCGR 2.2.18.2.1",
            "sign with SHA256withRSA exactly the octets that are sent",
            ""),
    WRONG_TOKEN(
            20,
            78,
            "wrong-token",
            "at is the token for ms-device-service://, not the one for the AVD service and no id token",
            "MS-RDPBCGR 4.11.4; fits FreeRDP issue 12492",
            "keep the two tokens apart, and answer each prompt with its own",
            ""),
    BEARER_TOKEN(
            7,
            92,
            "bearer-token",
            "the token is bound to a key: it has cnf.kid",
            "MS-RDPBCGR 4.11.4",
            "send req_cnf in the token request itself; in the authorize request it does not count, with a device code it"
                    + " goes into the polling",
            ""),
    REQ_CNF(
            8,
            74,
            "req-cnf",
            "req_cnf is base64url of {\"kid\":\"THUMBPRINT\"}, once, so that cnf.kid is the thumbprint of 43 characters",
            "MS-RDPBCGR 4.11.4",
            "wrap the thumbprint exactly once",
            ""),
    THUMBPRINT_TEXT(
            9,
            32,
            "thumbprint-text",
            "the thumbprint is over {\"e\":..,\"kty\":..,\"n\":..} in this order without white space",
            "RFC 7638 3",
            "hash the canonical form",
            ""),
    STATE_MIX_UP(
            23,
            45,
            "state-mix-up",
            "key, token and nonces of one assertion belong to one attempt",
            "inferred",
            "keep them in one immutable object for each attempt",
            "compare key thumbprint, token and nonce with those of the attempt before"),
    KEY_MISMATCH(
            6,
            95,
            "key-mismatch",
            "cnf.kid of the token is the RFC 7638 thumbprint of cnf.jwk",
            "STATUS_AAD_CLOUDAP_E_INVALID_BINDING_KEY_ID",
            "keep the key pair with the token; after a reconnect use both again or renew both",
            ""),
    AUDIENCE(
            10,
            94,
            "audience",
            "u is the audience of the token, character by character",
            "STATUS_AAD_CLOUDAP_E_ASSERTION_INVALID, MS-RDPBCGR 2.2.18.2.1",
            "make scope and u from one text: the scope without /user_impersonation",
            "compare u with the scope of the token request"),
    OTHER_DEVICE(
            11,
            90,
            "other-device",
            "the token is for the host that was reached",
            "STATUS_AAD_CLOUDAP_E_INVALID_DEVICE",
            "get the token after the broker named the host, as pools choose it late",
            "compare the name in aud with the Entra name of the host that answered (dsregcmd /status), or give --host"),
    OTHER_TENANT(
            12,
            85,
            "other-tenant",
            "the token's tenant is the device's",
            "STATUS_AAD_CLOUDAP_E_INVALID_TENANT",
            "use the authority of the device's tenant instead of common",
            "compare tid with aadtenantid of the .rdp file or dsregcmd /status, or give --tenant"),
    OTHER_CLOUD(
            13,
            30,
            "other-cloud",
            "the token's issuer is an authority of the device's cloud",
            "STATUS_AAD_CLOUDAP_E_CANT_FIND_ROOT_CERT",
            "use the authority of the cloud for token and nonce",
            "compare iss with the host's cloud, or give --authority and --jwks"),
    TOKEN_LIFETIME(
            14,
            60,
            "token-lifetime",
            "nbf and exp of the token lie around the host's clock",
            "STATUS_AAD_CLOUDAP_E_INVALID_ACCESS_TOKEN",
            "renew the token; set the clocks right",
            "give the time of the attempt with --at"),
    CLOCK(
            24,
            55,
            "clock",
            "this machine's clock is right",
            "inferred; the AVD web client knows a TimeSkew error",
            "set the clock, or take the time from the authority's Date header",
            "compare this machine's clock with the Date header of the token endpoint"),
    TIMESTAMP(
            19,
            35,
            "timestamp",
            "ts is a string of ten digits: whole seconds since 1970",
            "MS-RDPBCGR 2.2.18.2.1",
            "write Long.toString(Instant.now().getEpochSecond()) as a string",
            ""),
    SERVER_NONCE_EXPIRED(
            15,
            80,
            "server-nonce-expired",
            "the assertion goes out right after the server's nonce came",
            "STATUS_AAD_CLOUDAP_E_APNONCE_INVALID",
            "get the token first, connect afterwards",
            "measure the time between ts_nonce and the assertion; a person who signs in between is too slow"),
    SERVER_NONCE(
            16,
            65,
            "server-nonce",
            "nonce is ts_nonce of this connection, unchanged, used once",
            "STATUS_AAD_CLOUDAP_E_APNONCE_INVALID, MS-RDPBCGR 2.2.18.2.1",
            "carry the text unchanged, and only in the connection that it came in",
            "compare nonce with the ts_nonce received, or give --nonce"),
    AAD_NONCE(
            17,
            75,
            "aad-nonce",
            "aad_nonce is fresh for each connection, and of the authority that issued the token",
            "MS-RDPBCGR 4.11.3",
            "ask the token endpoint with grant_type=srv_challenge for each connection, right before its use",
            "see whether the attempt asked for a nonce of its own, and at which authority"),
    JSON_ODDITIES(
            26,
            2,
            "json-oddities",
            "no needless escapes; they are legal, and harmless as long as the same octets are signed and sent",
            "RFC 8259 7; inferred",
            "use an encoder without HTML escaping",
            ""),
    MEMBER_ORDER(
            27,
            1,
            "member-order",
            "ts, at, u, nonce, cnf, client_claims; another order is no cause as far as is known",
            "MS-RDPBCGR 2.2.18.2.1",
            "nothing needs to be done",
            ""),
    HOST_CANNOT_VALIDATE(
            25,
            50,
            "host-cannot-validate",
            "the host reaches Entra, is enabled in its tenant, and has the update for Entra sign-in",
            "MS-RDPBCGR product behaviour, Entra device sign-in",
            "give the host a line to Entra; enable or join the device again; install its updates",
            "on the host: event log Microsoft-Windows-AAD/Operational, and dsregcmd /status");

    private final int number;
    private final int prior;
    private final String label;
    private final String rule;
    private final String section;
    private final String remedy;
    private final String confirm;

    InvalidTokenCause(int number, int prior, String label, String rule, String section, String remedy, String confirm) {
        this.number = number;
        this.prior = prior;
        this.label = label;
        this.rule = rule;
        this.section = section;
        this.remedy = remedy;
        this.confirm = confirm;
    }

    /** The stable number of the cause, 1 to 28. */
    public int number() {
        return number;
    }

    /** How likely it is where nothing can be seen of it, from 100 down: what was observed before what is inferred. */
    public int prior() {
        return prior;
    }

    /** The name that findings have. */
    public String label() {
        return label;
    }

    /** The cause with its texts, for who knows already that it comes into question. */
    public Finding described() {
        return finding(Certainty.POSSIBLE, "");
    }

    Finding finding(Certainty certainty, String seen) {
        boolean open = certainty == Certainty.POSSIBLE || certainty == Certainty.LIKELY;
        return Finding.of(
                        label,
                        certainty,
                        certainty == Certainty.EXCLUDED || certainty == Certainty.HARMLESS ? "" : "SEC_E_INVALID_TOKEN",
                        seen,
                        rule,
                        section,
                        remedy)
                .confirmedBy(open ? confirm : "");
    }

    @Override
    public String toString() {
        return label;
    }
}
