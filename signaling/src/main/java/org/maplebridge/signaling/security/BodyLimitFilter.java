package org.maplebridge.signaling.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies above the limit before anybody looks at them. A body of unknown length is read
/// here up to the limit, so that it is refused by the same answer. Pieces of pictures and videos go
/// past: who takes them reads them bit by bit, up to what was announced.
///
/// Whatever nobody wanted of a body is read and forgotten: who still sends when the connection is
/// closed may be told of that instead of why it was refused (RFC 9112, section 9.6).
public final class BodyLimitFilter extends OncePerRequestFilter {
    private static final Pattern PIECES =
            Pattern.compile("/api/(public/reports/[^/]+/)?uploads/[^/]+");

    /// So many times the limit are read for an answer's sake.
    private static final int FORGOTTEN = 16;

    private final int maxBytes;

    public BodyLimitFilter(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        limit(request, response, chain);
        if (!request.isAsyncStarted() && request.getHeader("Expect") == null) {
            forget(request);
        }
    }

    private void limit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
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

    private void forget(HttpServletRequest request) {
        if (request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null) {
            return;
        }
        try {
            request.getInputStream().skip((long) FORGOTTEN * maxBytes);
        } catch (IOException gone) {
            logger.trace("a body broke off", gone);
        }
    }

    private static boolean isPiece(HttpServletRequest request) {
        return request.getMethod().equals("PATCH")
                && PIECES.matcher(request.getServletPath()).matches();
    }
}
