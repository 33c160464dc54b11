package porthole.transport;

import java.util.Optional;
import porthole.protocol.preconnection.PreconnectionPdu;

/**
 * What a connection begins with.
 *
 * @param preconnection is said before anything else (MS-RDPEPS)
 * @param direct TLS and the sign-in come at once, and X.224 behind them (MS-RDPBCGR 5.4.2.2); otherwise X.224 negotiates them
 */
public record Approach(Optional<PreconnectionPdu> preconnection, boolean direct) {
    /** X.224 first, as nearly all hosts want it. */
    public static final Approach NEGOTIATED = new Approach(Optional.empty(), false);

    /** The port at which Hyper-V shows the consoles of virtual machines. */
    public static final int VM_CONNECT_PORT = 2179;

    /**
     * The console of a virtual machine on its Hyper-V host.
     *
     * @param machine the machine's id, a GUID
     * @param enhanced a session inside the machine instead of its screen
     */
    public static Approach vmConnect(String machine, boolean enhanced) {
        return new Approach(
                Optional.of(PreconnectionPdu.of(0, enhanced ? machine + ";EnhancedMode=1" : machine)), true);
    }

    /** The same behind a preconnection PDU. */
    public Approach withPreconnection(PreconnectionPdu pdu) {
        return new Approach(Optional.of(pdu), direct);
    }
}
