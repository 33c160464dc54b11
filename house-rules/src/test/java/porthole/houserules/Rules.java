package porthole.houserules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import porthole.protocol.failure.RdpFailure;
import porthole.protocol.wire.Pdu;

/** The rules, apart from the classes that they are checked on. */
final class Rules {
    private Rules() {}

    /** Arrows point one way: protocol, then graphics and transport, then Entra, then client and host, then the command. */
    static final ArchRule MODULE_DIRECTION = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("porthole..")
            .withOptionalLayers(true)
            .layer("protocol")
            .definedBy("porthole.protocol..")
            .layer("graphics")
            .definedBy("porthole.graphics..")
            .layer("transport")
            .definedBy("porthole.transport..")
            .layer("aad")
            .definedBy("porthole.aad..")
            .layer("client")
            .definedBy("porthole.client..")
            .layer("host")
            .definedBy("porthole.host..")
            .layer("cli")
            .definedBy("porthole.cli..")
            .layer("fixtures")
            .definedBy("porthole.fixtures..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("fixtures")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("host")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("aad")
            .mayOnlyBeAccessedByLayers("client", "host", "cli")
            .whereLayer("transport")
            .mayOnlyBeAccessedByLayers("aad", "client", "host", "cli")
            .whereLayer("graphics")
            .mayOnlyBeAccessedByLayers("client", "host", "cli")
            .ensureAllClassesAreContainedInArchitecture();

    /** What octets mean and what pixels they make depends on nothing but the octets. */
    static final ArchRule PURE_CORE = noClasses()
            .that()
            .resideInAnyPackage("porthole.protocol..", "porthole.graphics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.netty.channel..",
                    "io.netty.handler..",
                    "io.netty.bootstrap..",
                    "java.net..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "javax.net..",
                    "java.util.logging..",
                    "org.slf4j..")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(SecureRandom.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Executor.class);

    static final ArchRule NO_PACKAGE_CYCLES =
            slices().matching("porthole.(**)").should().beFreeOfCycles();

    /** Libraries log through slf4j or not at all; the command alone may quiet a foreign library that logs otherwise. */
    static final ArchRule NO_JAVA_LOGGING = noClasses()
            .that()
            .resideOutsideOfPackage("porthole.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..");

    static final ArchRule ONLY_THE_COMMAND_PRINTS = noClasses()
            .that()
            .resideOutsideOfPackage("porthole.cli..")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
            .orShould()
            .callMethod(System.class, "exit", int.class);

    static final ArchRule NO_STACK_TRACES_TO_STREAMS = noClasses()
            .that()
            .resideOutsideOfPackage("porthole.cli..")
            .should()
            .callMethodWhere(DescribedPredicate.describe(
                    "print a stack trace", call -> call.getTarget().getName().equals("printStackTrace")));

    /** Whatever may take long is asked for, and its answer comes back through the event loop. */
    static final ArchRule TRANSPORT_NEVER_WAITS = noClasses()
            .that()
            .resideInAnyPackage("porthole.transport..")
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethodWhere(DescribedPredicate.describe(
                    "wait for a future",
                    call -> call.getTargetOwner().isAssignableTo(Future.class)
                                    && (call.getTarget().getName().equals("get")
                                            || call.getTarget().getName().equals("sync")
                                            || call.getTarget().getName().startsWith("await"))
                            || call.getTargetOwner().isAssignableTo(CompletableFuture.class)
                                    && call.getTarget().getName().equals("join")));

    /** A structure is an immutable value, a constant of an open set, or a sealed family of them. */
    static final ArchRule PDUS_ARE_VALUES = classes()
            .that()
            .areAssignableTo(Pdu.class)
            .and()
            .doNotBelongToAnyOf(Pdu.class)
            .should(beValues());

    /** One family of failures: decoders and phases throw nothing of their own making. */
    static final ArchRule ONE_FAILURE_FAMILY = classes()
            .that()
            .areAssignableTo(Throwable.class)
            .and()
            .resideInAnyPackage("porthole.protocol..", "porthole.graphics..", "porthole.transport..", "porthole.aad..")
            .should()
            .beAssignableTo(RdpFailure.class);

    private static ArchCondition<JavaClass> beValues() {
        return new ArchCondition<>("be records, enums or sealed interfaces") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean value = type.isRecord()
                        || type.isEnum()
                        || type.isInterface() && type.reflect().isSealed()
                        || type.getModifiers().contains(JavaModifier.SYNTHETIC);
                events.add(new SimpleConditionEvent(
                        type, value, type.getName() + " is neither a record, an enum nor a sealed interface"));
            }
        };
    }
}
