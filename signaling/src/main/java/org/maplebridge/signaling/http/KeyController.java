package org.maplebridge.signaling.http;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.Ids;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.store.ApiKey;
import org.maplebridge.dispatch.store.ApiKeyStore;
import org.maplebridge.dispatch.store.AuditEntry;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Caller;
import org.maplebridge.signaling.security.Callers;
import org.maplebridge.signaling.security.Secrets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// Keys for encoders, players and other systems. A key's token is shown once, when it is made.
@RestController
public class KeyController {
    private static final Set<String> SCOPES = Set.of("whip", "whep", "intake", "telephone");
    private static final Set<String> OF_NO_UNIT = Set.of("intake", "telephone");
    private static final int MAX_UNITS = 1_000;

    public record NewKey(
            @Nullable String name, @Nullable List<String> scopes, @Nullable List<String> units) {}

    public record MadeKey(
            String id, String token, String name, Set<String> scopes, Set<String> units) {}

    public record KeyView(
            String id,
            String name,
            Set<String> scopes,
            Set<String> units,
            String createdBy,
            Instant createdAt,
            @Nullable Instant revokedAt) {}

    private final ApiKeyStore keys;
    private final Secrets secrets;
    private final Audit audit;
    private final Consumer<String> onRevoked;
    private final InstantSource clock;

    /// @param onRevoked hears the id of a key whose sessions have to end
    public KeyController(
            ApiKeyStore keys,
            Secrets secrets,
            Audit audit,
            Consumer<String> onRevoked,
            InstantSource clock) {
        this.keys = keys;
        this.secrets = secrets;
        this.audit = audit;
        this.onRevoked = onRevoked;
        this.clock = clock;
    }

    @PostMapping("/api/keys")
    ResponseEntity<MadeKey> make(
            @AuthenticationPrincipal Caller.Person person, @RequestBody NewKey wanted)
            throws RecordUnavailable {
        Access.require(person, Permission.ADMIN);
        var name = Access.text(wanted.name(), "name", 120);
        var scopes = Set.copyOf(listed(wanted.scopes(), "scopes"));
        var units = units(wanted.units(), scopes);
        if (!SCOPES.containsAll(scopes)) {
            throw ApiProblem.malformed("scopes", "may be whip, whep, intake and telephone");
        }
        if (!units.stream().allMatch(u -> u.equals(ApiKey.ANY_UNIT) || Ids.isValid(u))) {
            throw ApiProblem.malformed("units", "may be unit ids or *");
        }
        var id = secrets.id();
        var token = Callers.KEY_PREFIX + secrets.token();
        audit.begin(AuditEntry.Kind.KEY_MADE, person.account(), id, Map.of("name", name));
        keys.save(
                new ApiKey(
                        id,
                        Secrets.hash(token),
                        name,
                        scopes,
                        units,
                        person.user().id(),
                        clock.instant(),
                        null));
        return ResponseEntity.status(HttpStatus.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(new MadeKey(id, token, name, scopes, units));
    }

    @GetMapping("/api/keys")
    List<KeyView> list(@AuthenticationPrincipal Caller.Person person) throws RecordUnavailable {
        Access.require(person, Permission.ADMIN);
        return keys.list().stream()
                .map(key ->
                        new KeyView(
                                key.id(),
                                key.name(),
                                key.scopes(),
                                key.units(),
                                key.createdBy().value(),
                                key.createdAt(),
                                key.revokedAt()))
                .toList();
    }

    @DeleteMapping("/api/keys/{id}")
    ResponseEntity<Void> revoke(
            @AuthenticationPrincipal Caller.Person person, @PathVariable String id)
            throws RecordUnavailable {
        Access.require(person, Permission.ADMIN);
        if (!Ids.isValid(id) || !keys.revoke(id, clock.instant())) {
            throw new ApiProblem(HttpStatus.NOT_FOUND, "not-found", "There is no such key.");
        }
        onRevoked.accept(id);
        audit.end(AuditEntry.Kind.KEY_REVOKED, person.account(), id, Map.of());
        return ResponseEntity.noContent().build();
    }

    /// The intake and telephones are of no unit.
    private static Set<String> units(@Nullable List<String> units, Set<String> scopes) {
        return units == null && OF_NO_UNIT.containsAll(scopes)
                ? Set.of(ApiKey.ANY_UNIT)
                : Set.copyOf(listed(units, "units"));
    }

    private static List<String> listed(@Nullable List<String> values, String field) {
        if (values == null || values.isEmpty()) {
            throw ApiProblem.malformed(field, "is missing");
        }
        if (values.size() > MAX_UNITS) {
            throw ApiProblem.malformed(field, "is too long");
        }
        return values;
    }
}
