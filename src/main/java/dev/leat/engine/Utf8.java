package dev.leat.engine;

/// Sizes of texts as they are stored.
final class Utf8 {

    private Utf8() {}

    /// How many bytes the text has in UTF-8, without making them.
    static long length(String text) {
        long length = text.length();
        for (int at = 0; at < text.length(); at++) {
            var sign = text.charAt(at);
            if (sign >= 0x800) {
                // A surrogate is one of two that make four bytes.
                length += Character.isSurrogate(sign) ? 1 : 2;
            } else if (sign >= 0x80) {
                length++;
            }
        }
        return length;
    }
}
