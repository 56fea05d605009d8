package dev.leat.plugin;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A task type's metadata: what the registry answers, the loader checks against, and docs and
/// forms are made from.
///
/// @param name as in `type`: `[a-z][A-Za-z0-9-]*(\.[a-z][A-Za-z0-9-]*)*`
/// @param version whole, from 1; `http@2` names one, `http` the newest
/// @param title a few words
/// @param description Markdown-free prose, one or more sentences
/// @param parameters JSON Schema (2020-12) of the evaluated `with`. A property with `"x-literal":
/// true` is never interpolated: a `${ … }` in it is refused at load
/// @param output JSON Schema of the output; `{}` where it can be anything
/// @param origin `built-in`, or the plugin's name
/// @param execution how it runs: `java`, `process`, `engine`
public record TaskType(
        String name,
        int version,
        String title,
        String description,
        Map<String, @Nullable Object> parameters,
        Map<String, @Nullable Object> output,
        String origin,
        String execution) {

    public TaskType {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        output = Collections.unmodifiableMap(new LinkedHashMap<>(output));
    }

    /// `http@2`.
    public String reference() {
        return name + "@" + version;
    }
}
