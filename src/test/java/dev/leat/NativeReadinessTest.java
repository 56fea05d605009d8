package dev.leat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.Closeable;
import java.util.List;
import java.util.Random;
import java.util.Timer;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/// A native binary runs static initialisers when it is built. What they made then is part of it: a
/// thread that never starts, random numbers that are the same everywhere, a file that is no longer
/// open.
class NativeReadinessTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.leat");

    /// Secure random numbers are `Random`s, and executors, channels and streams are covered by what
    /// they implement.
    private static final List<Class<?>> BOUND_TO_ONE_PROCESS =
            List.of(
                    Random.class,
                    Thread.class,
                    Timer.class,
                    Executor.class,
                    Closeable.class,
                    Process.class,
                    ProcessHandle.class);

    @Test
    void nothing_that_belongs_to_one_process_is_static() {
        noFields()
                .that()
                .areStatic()
                .should()
                .haveRawType(assignableToAny())
                .because("it would be made when the binary is built, and shared by all its starts")
                .check(CLASSES);
    }

    @Test
    void no_class_is_loaded_by_name() {
        noClasses()
                .should()
                .callMethod(Class.class, "forName", String.class)
                .orShould()
                .callMethod(ClassLoader.class, "loadClass", String.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.net.URLClassLoader.class)
                .because("a native binary has only the classes that it was built with")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> assignableToAny() {
        return DescribedPredicate.describe(
                "what belongs to one process",
                type -> BOUND_TO_ONE_PROCESS.stream().anyMatch(type::isAssignableTo));
    }
}
