package porthole.cli.conformance;

import java.util.function.Consumer;

/**
 * One case of the suite.
 *
 * @param name as there, without the names of the class that many cases share
 * @param steps what the host does, and what is then asserted
 */
record Case<H>(String name, Consumer<H> steps) {
    static <H> Case<H> of(String name, Consumer<H> steps) {
        return new Case<>(name, steps);
    }

    @Override
    public String toString() {
        return name;
    }
}
