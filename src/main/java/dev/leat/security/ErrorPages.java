package dev.leat.security;

/// Shows people why a request was refused. A bean of this type replaces the plain pages.
public interface ErrorPages {

    /// A whole HTML page.
    ///
    /// @param path what was asked for; not to be trusted
    String page(ProblemDetail problem, String path);
}
