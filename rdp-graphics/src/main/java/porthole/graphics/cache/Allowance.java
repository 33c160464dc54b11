package porthole.graphics.cache;

/** How much of a budget is used. Not thread-safe. */
final class Allowance {
    private final long most;
    private final String unit;
    private long used;

    Allowance(long most, String unit) {
        this.most = most;
        this.unit = unit;
    }

    /** Takes {@code more} and gives {@code less} back, or refuses both. */
    void exchange(long less, long more, String order, String field, String section) {
        long after = used - less + more;
        if (after > most) {
            throw OrderErrors.error(order, field, after + " " + unit + " in all", "at most " + most, section);
        }
        used = after;
    }
}
