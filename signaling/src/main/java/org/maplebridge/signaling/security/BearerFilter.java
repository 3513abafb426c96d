package org.maplebridge.signaling.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Reads the bearer token (RFC 6750 §2.1), which a browser's WebSocket can only send as a
/// subprotocol entry. A token that is not good leaves the request anonymous.
final class BearerFilter extends OncePerRequestFilter {
    private static final String SCHEME = "bearer ";
    private static final String LANGUAGE_HEADER = "Accept-Language";
    private static final String PROTOCOL_HEADER = "Sec-WebSocket-Protocol";
    private static final String PROTOCOL_ENTRY = "bearer.";

    private final Callers callers;

    BearerFilter(Callers callers) {
        this.callers = callers;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<String> token = token(request);
        if (token.isPresent()) {
            try {
                callers.byToken(token.get())
                        .map(caller -> reading(caller, request.getHeader(LANGUAGE_HEADER)))
                        .ifPresent(BearerFilter::remember);
            } catch (RecordUnavailable e) {
                logger.warn("nobody can be recognised", e);
                Problem.RECORD_UNAVAILABLE.write(response);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /// The language of the page that asks, where it says one of ours; a program that says none gets
    /// the account's.
    private static Caller reading(Caller caller, @Nullable String languages) {
        if (languages == null || !(caller instanceof Caller.Person person)) {
            return caller;
        }
        var first = languages.strip().toLowerCase(Locale.ROOT);
        if (first.startsWith("zh")) {
            return person.readingIn("zh-CN");
        }
        return first.startsWith("en") ? person.readingIn("en") : person;
    }

    private static void remember(Caller caller) {
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new CallerAuthentication(caller));
        SecurityContextHolder.setContext(context);
    }

    static Optional<String> token(HttpServletRequest request) {
        @Nullable String header = request.getHeader("Authorization");
        if (header != null) {
            return header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                    ? Optional.of(header.substring(SCHEME.length()).strip())
                    : Optional.empty();
        }
        if (!request.getServletPath().equals("/ws")) {
            return Optional.empty();
        }
        return Collections.list(request.getHeaders(PROTOCOL_HEADER)).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(entry -> entry.startsWith(PROTOCOL_ENTRY))
                .map(entry -> entry.substring(PROTOCOL_ENTRY.length()))
                .findFirst();
    }
}
