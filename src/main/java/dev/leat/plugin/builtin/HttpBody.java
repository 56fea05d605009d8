package dev.leat.plugin.builtin;

import dev.leat.plugin.http.OutboundAnswer;
import dev.leat.store.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The body of an answer, as its content type says it is to be read.
///
/// @param mediaType lower case, without parameters
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record HttpBody(byte[] bytes, String mediaType, Charset charset) {

    private static final Pattern CHARSET =
            Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\\s;\"]+)");

    static HttpBody of(OutboundAnswer answer) {
        var contentType = answer.header("content-type");
        var mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return new HttpBody(answer.body(), mediaType, charset(contentType));
    }

    /// JSON parsed, text as text, anything else in base64, and null for no body.
    ///
    /// @throws IllegalArgumentException where it should be JSON and isn't
    @Nullable Object value() {
        if (bytes.length == 0) {
            return null;
        }
        if (isJson()) {
            return Json.read(new String(bytes, charset));
        }
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return Base64.getEncoder().encodeToString(bytes);
        }
    }

    /// The beginning, for people.
    String excerpt(int longest) {
        var text = new String(bytes, charset);
        return text.length() <= longest ? text : text.substring(0, longest) + " …";
    }

    private boolean isJson() {
        return mediaType.equals("application/json") || mediaType.endsWith("+json");
    }

    private static Charset charset(String contentType) {
        var parameter = CHARSET.matcher(contentType);
        try {
            return parameter.find() ? Charset.forName(parameter.group(1)) : StandardCharsets.UTF_8;
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }
}
