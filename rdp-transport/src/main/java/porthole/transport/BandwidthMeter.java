package porthole.transport;

/** Counts what arrives between the start and the stop of a bandwidth measurement (MS-RDPBCGR 2.2.14.1.2). */
public final class BandwidthMeter {
    private long startMillis;
    private long startOctets;
    private long payloadOctets;

    /** @param octets received on the whole connection so far */
    public void start(long nowMillis, long octets) {
        startMillis = nowMillis;
        startOctets = octets;
        payloadOctets = 0;
    }

    /** Connect-time measurements carry their own payload, which is all that counts in them. */
    public void payload(int octets) {
        payloadOctets += octets;
    }

    public long millis(long nowMillis) {
        return Math.max(0, nowMillis - startMillis);
    }

    /**
     * Octets of the measurement.
     *
     * @param received on the whole connection so far
     * @param lastPayload of the stop message
     */
    public long octets(long received, int lastPayload) {
        long payload = payloadOctets + lastPayload;
        return payload > 0 ? payload : received - startOctets;
    }
}
