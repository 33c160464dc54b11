package porthole.protocol.planted.two;

import porthole.protocol.planted.one.First;

/** The other half. */
public record Second(First other) {}
