package dev.leat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.testing.Pages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Pages rot quietly: a file is renamed, and a page still names the old one. What they name must
/// exist.
class PagesTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\\s]+)`");

    /// What begins like this is a path in this repository.
    private static final Pattern PATH =
            Pattern.compile(
                    "(src|docs|workflows|plugins|k8s|bench|\\.ci)/.*|[A-Z]+\\.md|Dockerfile\\.\\w+");

    /// Stands for many, or for what a reader is yet to make.
    private static final Predicate<String> PATTERN =
            path -> path.contains("<") || path.contains("*") || path.contains("…");

    @Test
    void every_link_leads_somewhere() {
        var broken = new ArrayList<String>();
        for (var page : Pages.all()) {
            for (var target : found(LINK, Pages.prose(page))) {
                if (!target.contains("://") && !Files.exists(beside(page, target))) {
                    broken.add(page + " links to " + target);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void every_path_that_a_page_names_exists() {
        var missing = new ArrayList<String>();
        for (var page : Pages.all()) {
            for (var path : found(CODE, Pages.prose(page))) {
                if (PATH.matcher(path).matches()
                        && !PATTERN.test(path)
                        && !Files.exists(Path.of(path))) {
                    missing.add(page + " names " + path);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_program_that_a_page_starts_can_be_started() {
        var missing = new ArrayList<String>();
        for (var page : Pages.all()) {
            for (var command : Pages.commands(page)) {
                var program =
                        command.replaceFirst("^(\\w+=(\"[^\"]*\"|\\S*)\\s+)*", "").split("\\s")[0];
                if (program.contains("/") && !Files.isExecutable(Path.of(program))) {
                    missing.add(page + " starts " + program);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void the_table_of_contents_knows_every_folder_of_pages() {
        var index = Pages.read(Path.of("docs/README.md"));

        assertThat(index).contains("(spec/)", "(decisions/)", "(run-states.md)");
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static Path beside(Path page, String target) {
        var folder = page.getParent();
        return folder == null ? Path.of(target) : folder.resolve(target).normalize();
    }
}
