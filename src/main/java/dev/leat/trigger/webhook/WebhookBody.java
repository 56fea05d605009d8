package dev.leat.trigger.webhook;

import dev.leat.security.HttpRefusal;
import dev.leat.security.ProblemKind;
import dev.leat.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a delivery carries: its bytes, which are what is signed, and the value that they stand for.
final class WebhookBody {

    private static final int MOST_FIELDS = 1_000;

    private WebhookBody() {}

    /// Reads no further than is allowed.
    ///
    /// @param length that the request tells; null where it doesn't
    static byte[] read(@Nullable String length, InputStream body, int most) throws IOException {
        if (length != null && Long.parseLong(length) > most) {
            throw tooLarge(most);
        }
        var bytes = body.readNBytes(most + 1);
        if (bytes.length > most) {
            throw tooLarge(most);
        }
        return bytes;
    }

    private static HttpRefusal tooLarge(int most) {
        return new HttpRefusal(
                ProblemKind.TOO_LARGE,
                "The body is larger than the %d bytes that this webhook takes.".formatted(most));
    }

    /// JSON is a value, a form an object of texts, other text is text, and nothing is null. It is
    /// data, whatever it looks like.
    ///
    /// @param type as the header says it; null where it doesn't
    static @Nullable Object value(@Nullable String type, byte[] bytes) {
        var media = type == null ? "" : type.toLowerCase(Locale.ROOT);
        refuseCharset(media);
        var kind = media.split(";", 2)[0].strip();
        if (kind.startsWith("multipart/")) {
            throw unsupported("This address can't read a body in several parts.");
        }
        if (bytes.length == 0) {
            return null;
        }
        var text = text(bytes);
        if (kind.equals("application/json") || kind.endsWith("+json")) {
            return json(text);
        }
        return kind.equals("application/x-www-form-urlencoded") ? form(text) : text;
    }

    private static void refuseCharset(String media) {
        for (var parameter : media.split(";")) {
            var pair = parameter.strip().split("=", 2);
            if (pair.length == 2 && pair[0].strip().equals("charset")) {
                var charset = pair[1].strip().replace("\"", "");
                if (!charset.equals("utf-8") && !charset.equals("us-ascii")) {
                    throw unsupported("This address reads bodies in UTF-8 only.");
                }
            }
        }
    }

    private static String text(byte[] bytes) {
        try {
            var text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw bad("The body is not UTF-8 text.");
        }
    }

    private static @Nullable Object json(String text) {
        try {
            return Json.read(text);
        } catch (IllegalArgumentException _) {
            // What is wrong with it, the parser says with names of its own.
            throw bad("The body can't be read as JSON.");
        }
    }

    /// A name that is there several times has a list.
    static Map<String, @Nullable Object> form(String text) {
        var fields = new LinkedHashMap<String, List<String>>();
        int count = 0;
        for (var pair : text.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            if (++count > MOST_FIELDS) {
                throw bad("The form has more than %d fields.".formatted(MOST_FIELDS));
            }
            int at = pair.indexOf('=');
            var name = decoded(at < 0 ? pair : pair.substring(0, at));
            var value = at < 0 ? "" : decoded(pair.substring(at + 1));
            fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        var form = new LinkedHashMap<String, @Nullable Object>();
        fields.forEach(
                (name, values) -> form.put(name, values.size() == 1 ? values.getFirst() : values));
        return form;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw bad("The form has an escape that is malformed.");
        }
    }

    private static HttpRefusal bad(String sentence) {
        return new HttpRefusal(ProblemKind.BAD_REQUEST, sentence);
    }

    private static HttpRefusal unsupported(String sentence) {
        return new HttpRefusal(ProblemKind.UNSUPPORTED_MEDIA_TYPE, sentence);
    }
}
