package dev.leat.plugin;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Each danger has one place in which it is dealt with.
class DangersTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.leat");

    @Test
    void processes_are_started_and_ended_in_one_package() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.leat.plugin.process")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class, Process.class)
                .orShould()
                .callMethodWhere(
                        target(owner(Predicates.type(Runtime.class)))
                                .and(target(nameMatching("exec"))))
                .orShould()
                .callMethodWhere(
                        target(owner(Predicates.type(ProcessHandle.class)))
                                .and(target(nameMatching("destroy.*"))))
                .check(CLASSES);
    }

    @Test
    void only_one_class_there_is_for_others_to_start_them_with() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.leat.plugin.process")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "dev\\.leat\\.plugin\\.process\\.(ProcessTree|ProcessTable|ProcessOutput).*")
                .check(CLASSES);
    }

    @Test
    void workflows_and_plugins_reach_other_servers_through_one_client() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.leat.plugin..",
                        "dev.leat.workflow..",
                        "dev.leat.engine..",
                        "dev.leat.trigger..")
                .and()
                .resideOutsideOfPackage("dev.leat.plugin.http")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.net\\.http\\..*|java\\.net\\.(URL|URLConnection|HttpURLConnection|Socket)"
                                + "|io\\.vertx\\.core\\.http\\.HttpClient.*|io\\.vertx\\.core\\.net\\.NetClient.*")
                .allowEmptyShould(true)
                .check(CLASSES);
    }
}
