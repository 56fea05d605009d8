# Sourced by mvnw and leat. Prints the home of a JDK of at least this version, or says what to install.
jdk_version=25

# The feature version in a JDK's release file, without starting the JDK: 25 for JAVA_VERSION="25.0.1".
jdk_feature_version() {
    [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
    sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
    on_path=$(command -v javac 2>/dev/null) && on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")") || on_path=
    for home in "${JAVA_HOME:-}" "$on_path" \
        /usr/lib/jvm/*"$jdk_version"* /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        [ -n "$home" ] || continue
        found=$(jdk_feature_version "$home") || continue
        if [ -n "$found" ] && [ "$found" -ge "$jdk_version" ]; then
            printf '%s\n' "$home"
            return 0
        fi
    done
    echo "No JDK $jdk_version or newer found in JAVA_HOME, on the path or in the usual places (/usr/lib/jvm, ~/.sdkman, ~/.jdks, …)." >&2
    echo "Install one, for example Eclipse Temurin $jdk_version, and set JAVA_HOME if it lies elsewhere." >&2
    return 1
}
