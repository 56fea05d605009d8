package dev.leat.workflow.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value as written, ready to be evaluated.
sealed interface Part {

    @Nullable Object evaluate(Frame frame);

    /// What holds no expression.
    record Constant(@Nullable Object value) implements Part {
        @Override
        public @Nullable Object evaluate(Frame frame) {
            return value;
        }
    }

    /// A text that is wholly one expression.
    ///
    /// @param type what is known of its value
    record Computed(String text, Node node, int variables, Map<String, @Nullable Object> type)
            implements Part {
        @Override
        public @Nullable Object evaluate(Frame frame) {
            frame.enter(variables);
            try {
                return Values.write(node.evaluate(frame), frame.meter);
            } catch (Failure failure) {
                throw new ExpressionException(
                        "expression", "${%s}: %s.".formatted(shown(text), failure.reason()));
            } catch (StackOverflowError _) {
                throw new ExpressionException(
                        Meter.LIMIT, "${%s}: a value is nested too deep.".formatted(shown(text)));
            }
        }

        private static String shown(String text) {
            return text.length() <= 200 ? text : text.substring(0, 200) + "…";
        }
    }

    /// Expressions within other text.
    record Mixed(List<Part> parts) implements Part {
        @Override
        public Object evaluate(Frame frame) {
            var text = frame.meter.builder();
            parts.forEach(part -> text.append(Values.text(part.evaluate(frame), frame.meter)));
            return text.toString();
        }
    }

    /// An expression with problems.
    record Broken(String message) implements Part {
        @Override
        public @Nullable Object evaluate(Frame frame) {
            throw new ExpressionException("expression", message);
        }
    }

    /// What has to be true or false.
    record Condition(Part part) implements Part {
        @Override
        public Object evaluate(Frame frame) {
            if (part.evaluate(frame) instanceof Boolean answer) {
                return answer;
            }
            throw new ExpressionException("expression", "A condition is neither true nor false.");
        }
    }

    record Items(List<Part> parts) implements Part {
        @Override
        public Object evaluate(Frame frame) {
            var list = new ArrayList<@Nullable Object>(parts.size());
            parts.forEach(part -> list.add(part.evaluate(frame)));
            return list;
        }
    }

    record Entries(Map<String, Part> parts) implements Part {
        @Override
        public Object evaluate(Frame frame) {
            var map = LinkedHashMap.<String, @Nullable Object>newLinkedHashMap(parts.size());
            parts.forEach((key, part) -> map.put(key, part.evaluate(frame)));
            return map;
        }
    }
}
