package dev.leat.plugin.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Which addresses may be called. An IPv6 address that carries an IPv4 one inside counts as the
/// stricter of the two.
final class AddressRules {

    private static final Set<String> METADATA_NAMES =
            Set.of(
                    "metadata",
                    "metadata.google.internal",
                    "metadata.goog",
                    "instance-data",
                    "instance-data.ec2.internal");

    /// Metadata services, which hand out a machine's credentials to whoever asks, and what no
    /// request is ever meant for.
    private static final List<Range> NEVER =
            List.of(
                    Range.of("169.254.0.0", 16),
                    Range.of("100.100.100.200", 32),
                    Range.of("192.0.0.192", 32),
                    Range.of("168.63.129.16", 32),
                    Range.of("224.0.0.0", 4),
                    Range.of("255.255.255.255", 32),
                    Range.of("fe80::", 10),
                    Range.of("ff00::", 8),
                    Range.of("fd00:ec2::", 32),
                    Range.of("fd20:ce::", 32));

    private static final List<Range> PRIVATE =
            List.of(
                    Range.of("0.0.0.0", 8),
                    Range.of("10.0.0.0", 8),
                    Range.of("100.64.0.0", 10),
                    Range.of("127.0.0.0", 8),
                    Range.of("172.16.0.0", 12),
                    Range.of("192.0.0.0", 24),
                    Range.of("192.0.2.0", 24),
                    Range.of("192.88.99.0", 24),
                    Range.of("192.168.0.0", 16),
                    Range.of("198.18.0.0", 15),
                    Range.of("198.51.100.0", 24),
                    Range.of("203.0.113.0", 24),
                    Range.of("240.0.0.0", 4),
                    Range.of("::", 127),
                    Range.of("64:ff9b:1::", 48),
                    Range.of("100::", 64),
                    Range.of("2001:db8::", 32),
                    Range.of("fc00::", 7),
                    Range.of("fec0::", 10));

    /// Where in an IPv6 address an IPv4 one lies, by how the address begins.
    private static final List<Embedding> EMBEDDINGS =
            List.of(
                    new Embedding(Range.of("::", 96), 12),
                    new Embedding(Range.of("64:ff9b::", 96), 12),
                    new Embedding(Range.of("64:ff9b:1::", 48), 12),
                    new Embedding(Range.of("2002::", 16), 2));

    private static final Range TEREDO = Range.of("2001::", 32);

    private AddressRules() {}

    static boolean isMetadataName(String host) {
        return METADATA_NAMES.contains(
                host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
    }

    static Verdict judge(InetAddress address) {
        var bytes = address.getAddress();
        var verdict = judge(bytes);
        if (address instanceof Inet6Address) {
            for (var embedding : EMBEDDINGS) {
                if (embedding.range.contains(bytes)) {
                    verdict = stricter(verdict, judge(part(bytes, embedding.at)));
                }
            }
            if (TEREDO.contains(bytes)) {
                verdict = stricter(verdict, judge(inverted(part(bytes, 12))));
            }
            if (isIsatap(bytes)) {
                verdict = stricter(verdict, judge(part(bytes, 12)));
            }
        }
        return verdict;
    }

    private static Verdict judge(byte[] bytes) {
        if (NEVER.stream().anyMatch(range -> range.contains(bytes))) {
            return Verdict.NEVER;
        }
        return PRIVATE.stream().anyMatch(range -> range.contains(bytes))
                ? Verdict.PRIVATE
                : Verdict.PUBLIC;
    }

    private static Verdict stricter(Verdict one, Verdict other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static byte[] part(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, from + 4);
    }

    private static byte[] inverted(byte[] bytes) {
        var answer = new byte[bytes.length];
        for (int at = 0; at < bytes.length; at++) {
            answer[at] = (byte) ~bytes[at];
        }
        return answer;
    }

    private static boolean isIsatap(byte[] bytes) {
        return (bytes[8] & ~2) == 0
                && bytes[9] == 0
                && bytes[10] == 0x5e
                && bytes[11] == (byte) 0xfe;
    }

    /// From the most to the least open.
    enum Verdict {
        PUBLIC,
        PRIVATE,
        NEVER
    }

    private record Embedding(Range range, int at) {}

    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Range(byte[] prefix, int bits) {

        static Range of(String literal, int bits) {
            try {
                return new Range(InetAddress.getByName(literal).getAddress(), bits);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(literal + " is no address", e);
            }
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = bits % 8;
            if (Arrays.mismatch(address, 0, whole, prefix, 0, whole) >= 0) {
                return false;
            }
            int mask = 0xff << (8 - rest);
            return rest == 0 || (address[whole] & mask) == (prefix[whole] & mask);
        }
    }
}
