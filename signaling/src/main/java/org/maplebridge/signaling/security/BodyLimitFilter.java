package org.maplebridge.signaling.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies above the limit before anybody reads them. A body of unknown length is read here
/// up to the limit, so that it is refused by the same answer. Pieces of pictures and videos go
/// past: who takes them reads them bit by bit, up to what was announced.
public final class BodyLimitFilter extends OncePerRequestFilter {
    private static final Pattern PIECES =
            Pattern.compile("/api/(public/reports/[^/]+/)?uploads/[^/]+");

    private final int maxBytes;

    public BodyLimitFilter(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isPiece(request)) {
            chain.doFilter(request, response);
        } else if (request.getContentLengthLong() > maxBytes) {
            Problem.TOO_LARGE.write(response);
        } else if (request.getContentLengthLong() < 0
                && request.getHeader("Transfer-Encoding") != null) {
            var body = request.getInputStream().readNBytes(maxBytes + 1);
            if (body.length > maxBytes) {
                Problem.TOO_LARGE.write(response);
            } else {
                chain.doFilter(new BufferedBody(request, body), response);
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isPiece(HttpServletRequest request) {
        return request.getMethod().equals("PATCH")
                && PIECES.matcher(request.getServletPath()).matches();
    }
}
