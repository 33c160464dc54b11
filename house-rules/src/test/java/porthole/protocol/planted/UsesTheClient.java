package porthole.protocol.planted;

import porthole.client.planted.Client;

/** Points an arrow the wrong way. */
record UsesTheClient(Client client) {}
