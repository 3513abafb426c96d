package org.maplebridge.signaling.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.intake.Signature;
import org.maplebridge.dispatch.store.ApiKey;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets other systems in whose key is for the intake and who signed the body as it came. That a
/// signature is used once is for the record to say, together with what is written by it.
final class SignatureFilter extends OncePerRequestFilter {
    static final String PATH = "/api/intake/";
    private static final String HEADER = "X-Maplebridge-Signature";
    private static final String SCOPE = "intake";

    private static final Problem WRONG =
            new Problem(
                    HttpStatus.UNAUTHORIZED,
                    "signature-wrong",
                    "The signature is not that of this body under this key.");
    private static final Problem STALE =
            new Problem(
                    HttpStatus.UNAUTHORIZED,
                    "signature-stale",
                    "The signature is too old, or a clock is wrong.");

    private final InstantSource clock;
    private final int maxBytes;

    SignatureFilter(InstantSource clock, int maxBytes) {
        this.clock = clock;
        this.maxBytes = maxBytes;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith(PATH);
    }

    /// Who comes without a key is sent away behind us.
    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(CallerAuthentication.callerOf(request) instanceof Caller.Machine(var key))) {
            chain.doFilter(request, response);
            return;
        }
        if (!key.allows(SCOPE, ApiKey.ANY_UNIT)) {
            Problem.FORBIDDEN.write(response);
            return;
        }
        var body = request.getInputStream().readNBytes(maxBytes);
        @Nullable String header = request.getHeader(HEADER);
        Optional<Signature> signature = header == null ? Optional.empty() : Signature.read(header);
        var token = BearerFilter.token(request).orElse("");
        var verdict =
                signature
                        .map(found -> found.verify(token, body, clock.instant()))
                        .orElse(Signature.Verdict.WRONG);
        switch (verdict) {
            case WRONG -> WRONG.write(response);
            case STALE -> STALE.write(response);
            case GOOD -> {
                request.setAttribute(SignedBy.ATTRIBUTE, signature.orElseThrow().mac());
                chain.doFilter(new BufferedBody(request, body), response);
            }
        }
    }
}
