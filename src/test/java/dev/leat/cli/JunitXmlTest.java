package dev.leat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.leat.cli.TestVerb.Tested;
import dev.leat.engine.simulation.TestReport;
import dev.leat.engine.simulation.TestReport.Trouble;
import dev.leat.engine.simulation.TestResult;
import dev.leat.engine.simulation.TestResult.Failure;
import dev.leat.task.Problem;
import dev.leat.workflow.WorkflowLoader.Format;
import dev.leat.workflow.WorkflowLoader.Source;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class JunitXmlTest {

    private static final Failure FAILURE =
            new Failure(
                    "/tests/1/expect/outputs/a",
                    7,
                    3,
                    "outputs.a is \"<another>\" & more.",
                    "\"]]>\\u0001\"",
                    "\u0001\ud800<b>",
                    null);

    private static TestResult result(String name, Failure... failures) {
        return new TestResult(
                name,
                "/tests/0",
                3,
                failures.length == 0,
                "SUCCESS",
                "1h",
                1234.5,
                List.of(failures),
                List.of("0s  a  RUNNING", "1h  a  <SUCCESS>"));
    }

    private static Element parsed(String xml) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    private static Element child(Element of, String name, int index) {
        return (Element) of.getElementsByTagName(name).item(index);
    }

    @Test
    void each_file_is_a_suite_with_its_counts_and_its_time() throws Exception {
        var broken =
                new Trouble(
                        new Source("{", Format.JSON, "b.json"),
                        List.of(Problem.error("json", "/a", "no <end>").at(1, 2)));
        var root =
                parsed(
                        JunitXml.of(
                                List.of(
                                        new Tested(
                                                "a.test.json",
                                                new TestReport(
                                                        "a",
                                                        List.of(),
                                                        List.of(
                                                                result("good"),
                                                                result("bad", FAILURE)))),
                                        new Tested(
                                                "b.test.json",
                                                new TestReport("", List.of(broken), List.of())))));

        assertThat(root.getTagName()).isEqualTo("testsuites");
        var first = child(root, "testsuite", 0);
        assertThat(first.getAttribute("name")).isEqualTo("a.test.json");
        assertThat(first.getAttribute("tests")).isEqualTo("2");
        assertThat(first.getAttribute("failures")).isEqualTo("1");
        assertThat(first.getAttribute("errors")).isEqualTo("0");
        assertThat(first.getAttribute("time")).isEqualTo("2.4690");
        assertThat(child(first, "testcase", 0).getChildNodes().getLength()).isZero();
        assertThat(child(first, "testcase", 0).getAttribute("classname")).isEqualTo("a.test.json");
        var second = child(root, "testsuite", 1);
        assertThat(second.getAttribute("tests")).isEqualTo("1");
        assertThat(second.getAttribute("errors")).isEqualTo("1");
        assertThat(child(second, "error", 0).getTextContent())
                .isEqualTo("b.json:1:2 error json: no <end>");
    }

    @Test
    void a_failure_tells_where_what_was_expected_and_what_happened() throws Exception {
        var report = new TestReport("a", List.of(), List.of(result("b", FAILURE, FAILURE)));
        var root = parsed(JunitXml.of(List.of(new Tested("a.test.json", report))));

        var failure = child(root, "failure", 0);
        assertThat(failure.getAttribute("message")).isEqualTo(FAILURE.message());
        assertThat(failure.getTextContent())
                .startsWith(
                        "a.test.json:7:3: outputs.a is \"<another>\" & more. (/tests/1/expect/outputs/a)\n  expected \"]]>")
                .endsWith("\n\n0s  a  RUNNING\n1h  a  <SUCCESS>");
        assertThat(failure.getTextContent().split("a.test.json:7:3", -1)).hasSize(3);
    }

    @Test
    void names_of_any_kind_stay_well_formed() throws Exception {
        var name = "a \"quoted\" <name> & a 'b'\n\t\u0000\ufffe 😀";
        var report = new TestReport("a", List.of(), List.of(result(name)));

        var root = parsed(JunitXml.of(List.of(new Tested(name, report))));

        assertThat(child(root, "testcase", 0).getAttribute("name"))
                .isEqualTo("a \"quoted\" <name> & a 'b'\n\t\ufffd\ufffd 😀");
    }
}
