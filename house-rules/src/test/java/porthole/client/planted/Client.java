package porthole.client.planted;

/** Something that the protocol must not know. */
public record Client() {}
