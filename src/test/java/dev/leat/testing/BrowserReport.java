package dev.leat.testing;

import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/// Says at the end of the tests, loudly, that those in a browser were skipped.
public final class BrowserReport implements TestExecutionListener {

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        var trouble = System.getProperty(Browser.MISSING);
        if (trouble != null) {
            System.err.println(
                    """

                    ====================================================================================
                    BROWSER TESTS WERE SKIPPED: %s
                    Install Chrome or Chromium (Debian: apt install chromium) and run the tests again.
                    -Dbrowser=required makes a missing browser a failure.
                    ===================================================================================="""
                            .formatted(trouble));
        }
    }
}
