package dev.strandline.cli.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.strandline.cli.Main;
import java.lang.annotation.Annotation;

/** Holds the rule of the house: cli → store → core → JDK, and who alone may touch what is dangerous. */
@AnalyzeClasses(packages = "dev.strandline", importOptions = ArchitectureTest.WithoutTests.class)
final class ArchitectureTest {
    private static final String CLI = "dev.strandline.cli..";
    private static final String STORE = "dev.strandline.store..";
    private static final String CORE = "dev.strandline.core..";

    @ArchTest
    static final ArchRule core_dependsOnTheJdkAlone = classes()
            .that()
            .resideInAPackage(CORE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(CORE, "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule store_dependsOnCoreButNotOnTheCommandLine = noClasses()
            .that()
            .resideInAPackage(STORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    CLI, "picocli..", "me.tongfei..", "org.apache.commons.compress..", "com.github.difflib..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesInCore_haveNoCycles = slices().matching("dev.strandline.core.(**)")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesInStore_haveNoCycles = slices().matching("dev.strandline.store.(**)")
            .should()
            .beFreeOfCycles()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nativeCalls_areMadeOnlyInThePosixLayer = noClasses()
            .that()
            .resideOutsideOfPackage("dev.strandline.core.fs.posix")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..");

    @ArchTest
    static final ArchRule rocksDb_isUsedOnlyByTheIndex = noClasses()
            .that()
            .resideOutsideOfPackage("dev.strandline.store.index..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.rocksdb..");

    @ArchTest
    static final ArchRule commandLine_isDeclaredWithoutAnnotations = noClasses()
            .that()
            .resideInAPackage(CLI)
            .should()
            .dependOnClassesThat(resideInAPackage("picocli..").and(assignableTo(Annotation.class)))
            .because("picocli reads them by reflection, at every start: decision 9");

    @ArchTest
    static final ArchRule engines_leaveStandardStreamsToTheCommandLine = noClasses()
            .that()
            .resideInAnyPackage(CORE, STORE)
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
            .because("engines report through events");

    @ArchTest
    static final ArchRule engines_neverEndTheProcess = noClasses()
            .that()
            .resideInAnyPackage(CORE, STORE)
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class)
            .because("only the command line knows what a command's end means");

    /** The rules above hold trivially for classes that were not read; ArchUnit skips class files that are too new. */
    @ArchTest
    static void classFiles_areReadWithTheirCode(JavaClasses classes) {
        assertThat(classes.get(Main.class).getMethod("main", String[].class).getMethodCallsFromSelf())
                .isNotEmpty();
    }

    /** Tests may use what they like; those of core and store come as folders or as jars, by how far the build went. */
    static final class WithoutTests implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }
}
