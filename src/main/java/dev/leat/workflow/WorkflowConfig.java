package dev.leat.workflow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How large a workflow's text may be. The defaults are far above what people write, and low enough
/// that a hostile text
/// costs little.
@ConfigMapping(prefix = "leat.workflow")
public interface WorkflowConfig {

    /// Of the text, in UTF-8. Larger ones are refused unread.
    @WithDefault("5242880")
    int maxBytes();

    /// How deep objects and lists may be nested.
    @WithDefault("100")
    int maxDepth();

    /// Values in the document, those behind YAML's aliases counted each time they are used.
    @WithDefault("2000000")
    int maxValues();

    /// Characters of one string.
    @WithDefault("1000000")
    int maxText();

    /// Tasks of one workflow, handlers included.
    @WithDefault("100000")
    int maxTasks();

    /// Problems shown for one document; the rest is only counted.
    @WithDefault("1000")
    int maxProblems();
}
