import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;

/// The figures of one case, by name, in the order in which they are to be read.
final class Row {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// More digits than anybody can measure here.
    private static final MathContext PRECISION = new MathContext(4);

    final ObjectNode values = JSON.createObjectNode();

    Row(String name) {
        values.put("case", name);
    }

    Row put(String name, double value) {
        if (Double.isFinite(value)) {
            values.put(name, rounded(value));
        } else {
            values.put(name, "-");
        }
        return this;
    }

    private static BigDecimal rounded(double value) {
        var exact = BigDecimal.valueOf(value);
        var rounded =
                Math.abs(value) >= 1_000
                        ? exact.setScale(0, java.math.RoundingMode.HALF_UP)
                        : exact.round(PRECISION);
        return new BigDecimal(rounded.stripTrailingZeros().toPlainString());
    }

    Row put(String name, String value) {
        values.put(name, value);
        return this;
    }

    /// `p50`, `p95`, `p99`, the least and the most.
    Row spread(double[] millis) {
        put("p50Millis", Figures.at(millis, 0.5));
        put("p95Millis", Figures.at(millis, 0.95));
        put("p99Millis", Figures.at(millis, 0.99));
        put("minMillis", Figures.at(millis, 0));
        put("maxMillis", Figures.at(millis, 1));
        return this;
    }
}
