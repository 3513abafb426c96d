package org.maplebridge.signaling.security;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/// A [Caller] as Spring Security carries it through one request.
public final class CallerAuthentication extends AbstractAuthenticationToken {
    static final String PERSON = "PERSON";
    static final String MACHINE = "MACHINE";
    static final String PARTICIPANT = "PARTICIPANT";

    @Serial private static final long serialVersionUID = 1;

    private final transient Caller caller;

    CallerAuthentication(Caller caller) {
        super(List.of(new SimpleGrantedAuthority(authority(caller))));
        this.caller = caller;
        setAuthenticated(true);
    }

    @Override
    public Caller getPrincipal() {
        return caller;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    public static @Nullable Caller callerOf(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof CallerAuthentication authentication
                ? authentication.getPrincipal()
                : null;
    }

    private static String authority(Caller caller) {
        return switch (caller) {
            case Caller.Person _ -> PERSON;
            case Caller.Participant _ -> PARTICIPANT;
            case Caller.Machine _ -> MACHINE;
        };
    }
}
