package org.maplebridge.signaling.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.protocol.ServerMessage.SessionNews.User;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.security.SignIn;
import org.maplebridge.signaling.session.Sessions;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Signing in and out.
@RestController
public class AccountController {
    private static final int MAX_CHARS = 200;

    public record Credentials(@Nullable String username, @Nullable String password) {}

    public record SignedIn(String token, Instant expiresAt, User user) {}

    private final SignIn signIn;
    private final Sessions sessions;
    private final Roster roster;

    public AccountController(SignIn signIn, Sessions sessions, Roster roster) {
        this.signIn = signIn;
        this.sessions = sessions;
        this.roster = roster;
    }

    @PostMapping("/api/login")
    ResponseEntity<?> login(@RequestBody Credentials credentials, HttpServletRequest request)
            throws RecordUnavailable {
        var name = Access.text(credentials.username(), "username", MAX_CHARS);
        var password = Access.text(credentials.password(), "password", MAX_CHARS);
        return switch (signIn.signIn(name, password, request.getRemoteAddr())) {
            case SignIn.Outcome.Welcome(var token, var until, var user) ->
                    ResponseEntity.ok()
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .body(
                                    new SignedIn(
                                            token,
                                            until,
                                            shown(
                                                    new Caller.Person(
                                                            user,
                                                            roster.organisation()
                                                                    .role(user.role())
                                                                    .orElseThrow(),
                                                            "",
                                                            until))));
            case SignIn.Outcome.Wrong() ->
                    throw new ApiProblem(
                            HttpStatus.UNAUTHORIZED,
                            "wrong-credentials",
                            "Account or password is wrong.");
            case SignIn.Outcome.Wait(var left) -> {
                var problem =
                        ErrorAdvice.answer(
                                HttpStatus.TOO_MANY_REQUESTS,
                                "too-many",
                                "Too many wrong passwords; wait before the next try.");
                yield ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
                        .headers(problem.getHeaders())
                        .header(HttpHeaders.RETRY_AFTER, Long.toString(left.toSeconds()))
                        .body(problem.getBody());
            }
        };
    }

    @PostMapping("/api/logout")
    ResponseEntity<Void> logout(
            @AuthenticationPrincipal Caller.Person person, HttpServletRequest request)
            throws RecordUnavailable {
        signIn.signOut(person, request.getRemoteAddr());
        sessions.endAllOf(person.tokenHash());
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/api/me")
    User me(@AuthenticationPrincipal Caller.Person person) {
        return shown(person);
    }

    private static User shown(Caller.Person person) {
        return Sessions.shown(person, person.user().locale());
    }
}
