package io.ringdown.bridge;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which part of the bridge may see which. */
@AnalyzeClasses(packages = "io.ringdown.bridge", importOptions = ImportOption.DoNotIncludeTests.class)
class BridgeArchitectureTest {
    private static final String[] PARTS = {
        "..bridge.carrier..",
        "..bridge.model..",
        "..bridge.net..",
        "..bridge.hangup..",
        "..bridge.operations..",
        "..bridge.record..",
        "..bridge.admission..",
        "..bridge.settings..",
        "..bridge.audio..",
        "..bridge.json.."
    };

    @ArchTest
    static final ArchRule THE_SIMULATORS_KNOW_NOTHING_OF_US = noClasses()
            .that()
            .resideInAPackage("..bridge.simulator..")
            .should()
            .dependOnClassesThat(oursButSimulators());

    @ArchTest
    static final ArchRule PARTS_DO_NOT_KNOW_WHO_PUTS_THEM_TOGETHER = noClasses()
            .that()
            .resideInAnyPackage(PARTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..bridge.server..", "..bridge.cli..", "..bridge.demo..", "..bridge.load..");

    @ArchTest
    static final ArchRule THE_CARRIER_KNOWS_NO_MODEL = noClasses()
            .that()
            .resideInAPackage("..bridge.carrier..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..bridge.model..");

    @ArchTest
    static final ArchRule THE_MODEL_KNOWS_NO_CARRIER = noClasses()
            .that()
            .resideInAPackage("..bridge.model..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..bridge.carrier..");

    @ArchTest
    static final ArchRule NOBODY_BUT_DEMONSTRATIONS_KNOWS_THE_SIMULATORS = noClasses()
            .that()
            .resideInAnyPackage(PARTS)
            .or()
            .resideInAPackage("..bridge.server..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..bridge.simulator..");

    @ArchTest
    static final ArchRule PARTS_DO_NOT_DEPEND_ON_EACH_OTHER_IN_A_CIRCLE =
            slices().matching("io.ringdown.bridge.(*)..").should().beFreeOfCycles();

    private static DescribedPredicate<JavaClass> oursButSimulators() {
        return resideInAPackage("io.ringdown..")
                .and(DescribedPredicate.not(resideInAPackage("..bridge.simulator..")))
                .as("ours outside of the simulators");
    }
}
