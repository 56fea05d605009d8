package dev.leat.trigger.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// How the ledger calls a file as it was: `path@size@time`. No such file fires twice, whichever
/// node sees it, and however often Leat starts anew.
final class FileSlots {

    /// A key of the ledger's index has its bounds.
    private static final int LONGEST = 400;

    private FileSlots() {}

    static String of(String path, Stamp stamp) {
        return name(path) + "@" + stamp.size() + "@" + stamp.modified();
    }

    /// A path as it stands in slots.
    static String name(String path) {
        if (path.length() <= LONGEST && path.indexOf('\0') < 0) {
            return path;
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return "sha256-"
                    + HexFormat.of()
                            .formatHex(digest.digest(path.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// How each file was when it fired last.
    ///
    /// @param slots newest first
    static Map<String, Stamp> stamps(List<String> slots) {
        var stamps = new HashMap<String, Stamp>();
        for (var slot : slots) {
            int time = slot.lastIndexOf('@');
            int size = slot.lastIndexOf('@', time - 1);
            if (size < 0) {
                continue;
            }
            try {
                stamps.putIfAbsent(
                        slot.substring(0, size),
                        new Stamp(
                                Long.parseLong(slot.substring(size + 1, time)),
                                Long.parseLong(slot.substring(time + 1))));
            } catch (NumberFormatException _) {
                // Somebody fired it by hand.
            }
        }
        return stamps;
    }
}
