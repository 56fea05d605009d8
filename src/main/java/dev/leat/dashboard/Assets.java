package dev.leat.dashboard;

import io.quarkus.qute.TemplateExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The addresses of what pages load. Each carries its content's hash, so that browsers may keep it
/// for ever and still never show an old one.
@TemplateExtension(namespace = "asset")
final class Assets {

    private static final int HASH_LENGTH = 12;
    private static final Map<String, String> ADDRESSES = new ConcurrentHashMap<>();

    private Assets() {}

    static String url(String name) {
        return ADDRESSES.computeIfAbsent(name, Assets::address);
    }

    private static String address(String name) {
        var resource = "META-INF/resources/assets/" + name;
        try (var content =
                Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            if (content == null) {
                throw new IllegalArgumentException("There is no asset '" + name + "'.");
            }
            var hash = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
            var version = HexFormat.of().formatHex(hash).substring(0, HASH_LENGTH);
            return "/assets/" + name + "?v=" + version;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
