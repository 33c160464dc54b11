package porthole.host.fault;

/** What a host does wrong that is not in the octets of one message. */
public enum Quirk {
    /** Presents a certificate for another name, with another key than the host announces. */
    CERTIFICATE_OF_OTHER_NAME,
    /** Presents a certificate for the right name with another key than the host announces. */
    CERTIFICATE_OF_OTHER_KEY,
    /** Presents a certificate that is no longer valid, with another key than the host announces. */
    CERTIFICATE_EXPIRED,
    /** Verifies the assertion against another nonce than the one it sent. */
    NONCE_STALE,
    /** Sends the same server nonce on every connection, and takes it as used up. */
    NONCE_REUSED,
    /** Proves the public key with the client's own proof, sealed anew. */
    KEY_PROOF_ECHOED,
    /** Proves another public key than that of its certificate. */
    KEY_PROOF_OF_OTHER_KEY,
    /** Proves the public key with another nonce than the client's. */
    KEY_PROOF_OF_OTHER_NONCE,
    /** Shows a certificate of standard security for another key than its own. */
    RSA_KEY_OF_SOMEBODY_ELSE,
    /** Leaves messages unencrypted although the encryption level asks for it. */
    SENDS_IN_THE_CLEAR,
    /** Speaks first: octets go out before the client sent anything. */
    SPEAKS_FIRST,
    /** Sends a heartbeat each second, unless the host is told to send them in another way. */
    HEARTBEATS,
    /** Asks for a licence, challenges and issues one, unless the host is told to license in another way. */
    LICENSES,
    /** Begins licensing anew whatever the client says. */
    LICENSING_NEVER_ENDS,
    /** Encrypts a licence that lacks its end. */
    LICENSE_IS_CUT
}
