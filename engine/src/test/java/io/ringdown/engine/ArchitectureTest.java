package io.ringdown.engine;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.ringdown.engine.call.HangupLatch;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Which room may see which, and who may touch the outside world. */
@AnalyzeClasses(packages = "io.ringdown.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> CLOCK_READS =
            Set.of("nanoTime", "currentTimeMillis", "now", "instant", "millis", "time");

    @ArchTest
    static final ArchRule A_CALL_KNOWS_NO_RING_AND_NO_LANE = noClasses()
            .that()
            .resideInAPackage("..engine.call..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..engine.ring..", "..engine.lane..", "..engine.journal..");

    @ArchTest
    static final ArchRule A_CALL_KNOWS_NO_THREADS = noClasses()
            .that()
            .resideInAPackage("..engine.call..")
            .should()
            .dependOnClassesThat(concurrency())
            .orShould()
            .dependOnClassesThat(equivalentTo(Thread.class));

    @ArchTest
    static final ArchRule ONLY_THE_LATCH_IS_SHARED = noClasses()
            .that()
            .resideInAPackage("..engine.call..")
            .and()
            .areNotAssignableTo(HangupLatch.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.concurrent.atomic");

    @ArchTest
    static final ArchRule A_CALL_DOES_NO_IO = noClasses()
            .that()
            .resideInAPackage("..engine.call..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..", "java.net..", "org.slf4j..");

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NO_SOCKET_AND_NO_JSON = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "com.fasterxml..", "java.net..", "io.ringdown.bridge..");

    @ArchTest
    static final ArchRule ONLY_THE_LANE_READS_A_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackage("..engine.lane..")
            .should()
            .accessTargetWhere(readsAClock());

    @ArchTest
    static final ArchRule ONLY_THE_JOURNAL_TOUCHES_FILES = noClasses()
            .that()
            .resideOutsideOfPackage("..engine.journal..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.nio.channels..");

    @ArchTest
    static final ArchRule ROOMS_DO_NOT_DEPEND_ON_EACH_OTHER_IN_A_CIRCLE =
            slices().matching("io.ringdown.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule AUDIO_KNOWS_NOTHING_ELSE = noClasses()
            .that()
            .resideInAPackage("..engine.audio..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..engine.call..", "..engine.ring..", "..engine.lane..", "..engine.journal..");

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass> concurrency() {
        return resideInAPackage("java.util.concurrent..")
                .and(not(resideInAPackage("java.util.concurrent.atomic")))
                .and(not(equivalentTo(TimeUnit.class)));
    }

    private static DescribedPredicate<JavaAccess<?>> readsAClock() {
        DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass> clocks =
                equivalentTo(System.class).or(resideInAnyPackage("java.time..", "org.agrona.concurrent.."));
        return describe("read a clock", access -> {
            AccessTarget target = access.getTarget();
            return CLOCK_READS.contains(target.getName()) && clocks.test(target.getOwner());
        });
    }
}
