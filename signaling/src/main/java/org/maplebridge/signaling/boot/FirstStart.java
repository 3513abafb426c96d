package org.maplebridge.signaling.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.demo.DemoCounty;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Role;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.Account;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.security.Secrets;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/// Fills an empty record: with the demo county, or with one administrator and nothing else.
final class FirstStart {
    private static final String ADMIN_PASSWORD_FILE = "admin-password";

    /// For a thousand handhelds of a load test that sign in within a minute: a check of a password
    /// costs 100 ms of a core otherwise. Strength is what the hash itself says, so signing in needs
    /// to know nothing of it.
    private static final PasswordEncoder CHEAP = new BCryptPasswordEncoder(4);

    /// How somebody signs in for the first time.
    ///
    /// @param password absent when it was told at an earlier start
    record SignInHint(boolean demo, Path file, Optional<String> password) {}

    private final RecordStores record;
    private final MaplebridgeProperties properties;
    private final PasswordEncoder encoder;
    private final Secrets secrets;
    private final InstantSource clock;

    FirstStart(
            RecordStores record,
            MaplebridgeProperties properties,
            PasswordEncoder encoder,
            Secrets secrets,
            InstantSource clock) {
        this.record = record;
        this.properties = properties;
        this.encoder = encoder;
        this.secrets = secrets;
        this.clock = clock;
    }

    SignInHint prepare() throws RecordUnavailable, IOException {
        return properties.demo().active() ? demo() : production();
    }

    private SignInHint demo() throws RecordUnavailable, IOException {
        var file = properties.data().resolve(NodeEnvironment.DEMO_PASSWORD_FILE);
        @Nullable String given = properties.demo().password();
        boolean known = Files.exists(file);
        if (known && (given == null || given.equals(Files.readString(file).strip()))) {
            load(Files.readString(file).strip());
            return new SignInHint(true, file, Optional.empty());
        }
        var password = given == null ? readable(secrets) : given;
        PrivateFile.write(file, password + "\n");
        boolean fresh = load(password);
        if (!fresh) {
            changeAll(password);
        }
        return new SignInHint(true, file, Optional.of(password));
    }

    private boolean load(String password) throws RecordUnavailable {
        if (record.organisation().load().isPresent()) {
            return false;
        }
        return DemoCounty.load(record, hash(password), handhelds(password), clock.instant());
    }

    private DemoCounty.Handhelds handhelds(String password) {
        int count = properties.demo().handhelds();
        return count == 0
                ? DemoCounty.Handhelds.none()
                : new DemoCounty.Handhelds(count, hash(CHEAP, password));
    }

    /// Another demo password than at the last start.
    private void changeAll(String password) throws RecordUnavailable {
        var hash = hash(password);
        for (var account : DemoCounty.accounts(hash, handhelds(password))) {
            record.accounts().setPassword(account.user(), hash);
        }
    }

    private SignInHint production() throws RecordUnavailable, IOException {
        var file = properties.data().resolve(ADMIN_PASSWORD_FILE);
        if (record.organisation().load().isPresent()) {
            return new SignInHint(false, file, Optional.empty());
        }
        @Nullable String given = properties.signIn().adminPassword();
        var password = given == null ? readable(secrets) : given;
        if (given == null) {
            PrivateFile.write(file, password + "\n");
        }
        record.accounts().create(Account.of(new UserId("admin"), hash(password)));
        record.organisation().replace(bare());
        return new SignInHint(false, file, Optional.of(password));
    }

    private static Organisation bare() {
        var centre = new NodeId("city");
        Set<Permission> rights = EnumSet.of(Permission.ADMIN, Permission.AUDIT_READ);
        return Organisation.of(
                new Organisation.Parts(
                        List.of(
                                new OrgNode(
                                        centre,
                                        new Name("指挥中心", "Command centre"),
                                        OrgNode.Kind.CENTRE,
                                        null)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(new Role("admin", new Name("系统管理员", "Administrator"), rights, 0)),
                        List.of(
                                new User(
                                        new UserId("admin"),
                                        new Name("系统管理员", "Administrator"),
                                        "admin",
                                        centre,
                                        null,
                                        null,
                                        "zh-CN"))));
    }

    private String hash(String password) {
        return hash(encoder, password);
    }

    private static String hash(PasswordEncoder encoder, String password) {
        @Nullable String hash = encoder.encode(password);
        if (hash == null) {
            throw new IllegalStateException("the password encoder made no hash");
        }
        return hash;
    }

    /// Long enough that nobody guesses it, short enough to be typed: about 95 bits.
    private static String readable(Secrets secrets) {
        return secrets.token().replace("-", "").replace("_", "").substring(0, 16);
    }
}
