package dev.leat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The one rule of the layout: imports run down the list, and packages on one line don't know each
/// other.
class LayoutTest {

    private static final List<List<String>> LINES =
            List.of(
                    List.of("api", "dashboard", "cli", "trigger"),
                    List.of("security"),
                    List.of("engine"),
                    List.of("workflow"),
                    List.of("plugin"),
                    List.of("store"),
                    List.of("task"));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.leat");

    @Test
    void imports_run_down_only() {
        var above = new ArrayList<String>();
        for (var line : LINES) {
            for (var name : line) {
                var forbidden = new ArrayList<>(above);
                line.stream()
                        .filter(other -> !other.equals(name))
                        .map(LayoutTest::tree)
                        .forEach(forbidden::add);
                if (!forbidden.isEmpty()) {
                    noClasses()
                            .that()
                            .resideInAPackage(tree(name))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden.toArray(String[]::new))
                            .allowEmptyShould(true)
                            .check(CLASSES);
                }
            }
            line.stream().map(LayoutTest::tree).forEach(above::add);
        }
    }

    @Test
    void the_shared_words_need_only_the_jdk() {
        noClasses()
                .that()
                .resideInAPackage(tree("task"))
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(tree("task"), "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void no_two_packages_know_each_other() {
        slices().matching("dev.leat.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    private static String tree(String name) {
        return "dev.leat." + name + "..";
    }
}
