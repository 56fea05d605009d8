package dev.leat.workflow.expression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a name that is followed by parentheses does, for one number of arguments; a receiver is
/// the first of them. Arguments are of any kind: a function takes the kinds it knows and fails for
/// others.
@FunctionalInterface
interface Function {

    @Nullable Object apply(Frame frame, @Nullable Object[] arguments);

    /// The functions there are, by name and number of arguments.
    final class Table {
        private final Map<String, Function> functions = new HashMap<>();

        Table put(String name, int arguments, Function function) {
            functions.put(name + "/" + arguments, function);
            return this;
        }

        /// All names, with those that aren't functions of their arguments' values.
        Set<String> names(Set<String> more) {
            var names = new TreeSet<>(more);
            functions.keySet().forEach(key -> names.add(key.substring(0, key.lastIndexOf('/'))));
            return names;
        }

        @Nullable Function find(String name, int arguments) {
            return functions.get(name + "/" + arguments);
        }
    }

    static String text(@Nullable Object[] arguments, int index) {
        return arguments[index] instanceof String text ? text : needs("a text", arguments[index]);
    }

    static List<?> list(@Nullable Object[] arguments, int index) {
        return arguments[index] instanceof List<?> list ? list : needs("a list", arguments[index]);
    }

    static int position(@Nullable Object[] arguments, int index) {
        return Math.clamp(Numbers.whole(arguments[index]), -1, Integer.MAX_VALUE);
    }

    static Object number(@Nullable Object[] arguments, int index) {
        var value = arguments[index];
        return value != null && Numbers.isNumber(value) ? value : needs("a number", value);
    }

    static <T> T needs(String what, @Nullable Object instead) {
        throw Failure.because(what + " is needed, not " + TypeName.plain(instead));
    }
}
