package dev.leat.dashboard;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// An address of a page, made part by part. Parameters without a value are left out.
final class Address {

    private final String path;
    private final List<String> parameters = new ArrayList<>();

    private Address(String path) {
        this.path = path;
    }

    /// @param path such as `/runs`; empty for the query alone
    static Address of(String path) {
        return new Address(path);
    }

    Address with(String name, Object value) {
        var text = String.valueOf(value);
        if (!text.isEmpty()) {
            parameters.add(name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
        }
        return this;
    }

    /// What stands behind the `?`.
    String query() {
        return String.join("&", parameters);
    }

    @Override
    public String toString() {
        return parameters.isEmpty() ? path : path + "?" + query();
    }
}
