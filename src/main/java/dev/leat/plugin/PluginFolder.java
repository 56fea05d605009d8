package dev.leat.plugin;

import dev.leat.plugin.PluginLoader.Plugin;
import dev.leat.store.Json;
import dev.leat.task.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads one plugin from its folder. Nothing in it can make this fail; what is wrong is noted.
final class PluginFolder {

    static final String MANIFEST = "plugin.json";

    private static final Set<String> KEYS =
            Set.of(
                    "$schema",
                    "protocol",
                    "name",
                    "version",
                    "title",
                    "description",
                    "command",
                    "passEnvironment",
                    "links",
                    "taskTypes");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}");
    private static final Pattern LINK = Pattern.compile("https?://[^\\s\"'<>]{1,2000}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int LARGEST_MANIFEST = 1024 * 1024;
    private static final int MOST_TYPES = 200;

    private final Path folder;
    private final String name;
    private final List<Problem> problems = new ArrayList<>();

    private PluginFolder(Path folder) {
        this.folder = folder;
        this.name = folder.getFileName().toString();
    }

    /// @param root the real path of the plugin directory, which the folder lies in
    static Found read(Path root, Path folder) {
        return new PluginFolder(folder).read(root);
    }

    private Found read(Path root) {
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    Problem.error(
                            "invalid-name",
                            "",
                            "The folder '%s' must be named in lower case letters, digits, '-' and '_'."
                                    .formatted(name)));
            return broken();
        }
        try {
            var realFolder = folder.toRealPath();
            if (!realFolder.startsWith(root)) {
                problems.add(
                        Problem.error(
                                "outside-directory",
                                "",
                                "The folder '%s' is a link that leads out of the plugin directory; copy the plugin into it."
                                        .formatted(name)));
                return broken();
            }
            return manifest(realFolder);
        } catch (IOException e) {
            problems.add(
                    Problem.error(
                            "unreadable",
                            "",
                            "The folder '%s' can't be read: %s.".formatted(name, e.getMessage())));
            return broken();
        }
    }

    private Found manifest(Path realFolder) throws IOException {
        var file = realFolder.resolve(MANIFEST);
        if (!Files.isRegularFile(file)) {
            problems.add(
                    Problem.error(
                            "no-manifest", "", "There is no file '%s' in it.".formatted(MANIFEST)));
            return broken();
        }
        if (!file.toRealPath().startsWith(realFolder)) {
            problems.add(
                    Problem.error(
                            "outside-directory",
                            "",
                            "'%s' is a link that leads out of the plugin's folder."
                                    .formatted(MANIFEST)));
            return broken();
        }
        try {
            return plugin(realFolder, Json.readObject(text(file)));
        } catch (IllegalArgumentException e) {
            problems.add(
                    Problem.error(
                            "invalid-json",
                            "",
                            "'%s' can't be used: %s.".formatted(MANIFEST, e.getMessage())));
            return broken();
        }
    }

    private static String text(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(LARGEST_MANIFEST + 1);
            if (bytes.length > LARGEST_MANIFEST) {
                throw new IllegalArgumentException("it is larger than 1 MiB");
            }
            var text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("it isn't written in UTF-8", e);
        }
    }

    private Found plugin(Path realFolder, Map<?, ?> values) {
        var manifest = new Document(values, "", problems);
        manifest.allows(KEYS);
        if (manifest.wholeNumber("protocol", 1) != PluginProcess.PROTOCOL) {
            manifest.wrong(
                    "unknown-protocol", "protocol", "must be %d here", PluginProcess.PROTOCOL);
        }
        var declared = manifest.text("name", name);
        if (!declared.equals(name)) {
            manifest.wrong(
                    "wrong-name", "name", "is '%s', but the folder is called '%s'", declared, name);
        }
        var version = manifest.text("version", VERSION, "a version such as 1.0.0");
        var title = manifest.text("title", name);
        var description = manifest.text("description", "");
        var command = new PluginCommand(realFolder, manifest, problems).resolve();
        var links = links(manifest);
        var passed = passed(manifest);
        var types = types(manifest);
        var plugin =
                new Plugin(
                        name,
                        version,
                        title,
                        description,
                        folder.toString(),
                        problems.isEmpty() ? types : List.of(),
                        links,
                        problems);
        return new Found(plugin, command, passed, realFolder);
    }

    private List<TaskType> types(Document manifest) {
        var types = new ArrayList<TaskType>();
        var references = new HashSet<String>();
        var list = manifest.list("taskTypes");
        if (list.isEmpty()) {
            manifest.wrong("no-types", "taskTypes", "must list one task type at least");
        } else if (list.size() > MOST_TYPES) {
            manifest.wrong("too-many-types", "taskTypes", "lists more than %d", MOST_TYPES);
            return types;
        }
        for (int at = 0; at < list.size(); at++) {
            var pointer = "/taskTypes/" + at;
            if (!(list.get(at) instanceof Map<?, ?> values)) {
                manifest.wrong("wrong-kind", "taskTypes/" + at, "must be an object");
                continue;
            }
            var type = TaskTypes.read(values, pointer, name, TaskTypes.PROCESS, problems);
            types.add(type);
            if (!references.add(type.reference())) {
                problems.add(
                        Problem.error(
                                "duplicate-type",
                                pointer,
                                "'%s' is there twice.".formatted(type.reference())));
            }
        }
        return types;
    }

    private static Map<String, String> links(Document manifest) {
        var links = manifest.texts("links");
        links.forEach(
                (label, target) -> {
                    if (!LINK.matcher(target).matches()) {
                        manifest.wrong(
                                "invalid-value",
                                "links",
                                "has '%s', which is no http or https address",
                                label);
                    }
                });
        return links;
    }

    private static List<String> passed(Document manifest) {
        var names = manifest.textList("passEnvironment");
        for (int at = 0; at < names.size(); at++) {
            if (!VARIABLE.matcher(names.get(at)).matches() || names.get(at).startsWith("LEAT_")) {
                manifest.wrong(
                        "invalid-value",
                        "passEnvironment/" + at,
                        "is no name of a variable that can be passed on");
            }
        }
        return names;
    }

    private Found broken() {
        var plugin =
                new Plugin(name, "", name, "", folder.toString(), List.of(), Map.of(), problems);
        return new Found(plugin, List.of(), List.of(), folder);
    }

    /// A plugin as its folder describes it.
    ///
    /// @param command with files and program found
    /// @param passed names of variables of the server's environment
    record Found(Plugin plugin, List<String> command, List<String> passed, Path realFolder) {

        String name() {
            return plugin.name();
        }

        boolean usable() {
            return plugin.usable();
        }

        /// The same plugin, found to be of no use.
        Found broken(List<Problem> why) {
            var spoilt =
                    new Plugin(
                            plugin.name(),
                            plugin.version(),
                            plugin.title(),
                            plugin.description(),
                            plugin.directory(),
                            List.of(),
                            plugin.links(),
                            why);
            return new Found(spoilt, command, passed, realFolder);
        }
    }
}
