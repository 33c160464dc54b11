package porthole.transport.standard;

/** When MACs count messages, which SEC_SECURE_CHECKSUM says of each message (MS-RDPBCGR 5.3.6.1.1). */
public enum SaltedMacs {
    /** As soon as the host's capabilities say that it checks them. */
    AS_HOST_SAYS,
    /** From the first message on, whatever the host says. */
    ALWAYS
}
