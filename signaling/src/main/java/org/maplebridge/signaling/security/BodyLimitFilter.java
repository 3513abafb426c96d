package org.maplebridge.signaling.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies above the limit before anybody reads them. A body of unknown length is read here
/// up to the limit, so that it is refused by the same answer.
public final class BodyLimitFilter extends OncePerRequestFilter {
    private final int maxBytes;

    public BodyLimitFilter(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > maxBytes) {
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
}
