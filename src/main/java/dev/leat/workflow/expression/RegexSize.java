package dev.leat.workflow.expression;

/// How large a regular expression grows once its repetitions such as `{1000}` are written out.
/// Never too small an answer; that a brace within a class or after a backslash counts too does no
/// harm.
final class RegexSize {

    private static final long HUGE = 1_000_000_000;

    private final String regex;
    private int at;

    private RegexSize(String regex) {
        this.regex = regex;
    }

    static long of(String regex) {
        var size = new RegexSize(regex);
        long total = 0;
        while (size.at < regex.length()) {
            total = Math.min(HUGE, total + size.sequence());
            size.at++;
        }
        return total;
    }

    /// Up to the parenthesis that closes it, or the end.
    private long sequence() {
        long total = 1;
        long last = 1;
        while (at < regex.length() && regex.charAt(at) != ')') {
            var character = regex.charAt(at++);
            if (character == '{') {
                total = Math.min(HUGE, total + last * repetitions());
            } else {
                last = 1;
                if (character == '(') {
                    last = sequence();
                    at++;
                }
                total = Math.min(HUGE, total + last);
            }
        }
        return total;
    }

    private long repetitions() {
        long largest = 0;
        long number = 0;
        for (;
                at < regex.length()
                        && (Character.isDigit(regex.charAt(at)) || regex.charAt(at) == ',');
                at++) {
            number =
                    regex.charAt(at) == ','
                            ? 0
                            : Math.min(HUGE, number * 10 + (regex.charAt(at) - '0'));
            largest = Math.max(largest, number);
        }
        return largest;
    }
}
