package porthole.houserules;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule holds for the product, and fails where it is broken on purpose. */
class RulesTest {
    private static final String[] PLANTED = {
        "porthole.protocol.planted", "porthole.transport.planted", "porthole.client.planted"
    };
    private static JavaClasses product;
    private static JavaClasses planted;

    @BeforeAll
    static void readClasses() {
        product = Project.productClasses();
        planted = Project.plantedClasses(PLANTED);
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                rule("module direction", Rules.MODULE_DIRECTION, "UsesTheClient"),
                rule("pure core", Rules.PURE_CORE, "LooksAtTheClock"),
                rule("no package cycles", Rules.NO_PACKAGE_CYCLES, "planted.one"),
                rule("no java.util.logging", Rules.NO_JAVA_LOGGING, "Prints"),
                rule("only the command prints", Rules.ONLY_THE_COMMAND_PRINTS, "Prints"),
                rule("no stack traces to streams", Rules.NO_STACK_TRACES_TO_STREAMS, "Prints"),
                rule("transport never waits", Rules.TRANSPORT_NEVER_WAITS, "WaitsForAFuture"),
                rule("PDUs are values", Rules.PDUS_ARE_VALUES, "MutablePdu"),
                rule("one failure family", Rules.ONE_FAILURE_FAMILY, "OwnException"));
    }

    private static Arguments rule(String name, ArchRule rule, String culprit) {
        return Arguments.of(Named.of(name, rule), culprit);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holds(ArchRule rule, String culprit) {
        rule.check(product);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void findsThePlantedViolation(ArchRule rule, String culprit) {
        assertThatThrownBy(() -> rule.check(planted))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(culprit);
    }
}
