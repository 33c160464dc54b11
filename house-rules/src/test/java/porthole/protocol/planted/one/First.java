package porthole.protocol.planted.one;

import porthole.protocol.planted.two.Second;

/** Half of a cycle between packages. */
public record First(Second other) {}
