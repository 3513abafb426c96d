package org.maplebridge.dispatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.TalkGroup;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;
import org.maplebridge.dispatch.store.Account;

class DemoCountyTest {
    private static final Path PAGE = Path.of("..", "docs", "demo.md");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Organisation COUNTY = DemoCounty.organisation();

    /// `-Dgolden.update` writes the page anew.
    @Test
    void thePageInTheDocumentsNamesWhoIsThere() throws IOException {
        String page = page();
        if (System.getProperty("golden.update") != null) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void thePromisedAccountsAreThere() {
        assertThat(DemoCounty.accounts("hash"))
                .extracting(account -> account.user().value())
                .contains(
                        "city",
                        "xinhe",
                        "xinhe-police",
                        "car1",
                        "car2",
                        "zeguo",
                        "zeguo-car1",
                        "mediator",
                        "commander",
                        "traffic",
                        "admin");
        assertThat(DemoCounty.accounts("hash"))
                .extracting(Account::passwordHash)
                .containsOnly("hash");
    }

    @Test
    void carsAreUnitsOfTheirOwnName() {
        for (String car : new String[] {"car1", "car2", "zeguo-car1", "daxi-car2"}) {
            User crew = COUNTY.user(new UserId(car)).orElseThrow();
            assertThat(crew.unit()).isEqualTo(new UnitId(car));
            assertThat(COUNTY.unit(new UnitId(car)).orElseThrow().kind()).isEqualTo(Unit.Kind.CAR);
        }
    }

    @Test
    void sixteenTownsHaveARoomAPairAndAGroup() {
        assertThat(COUNTY.nodes()).filteredOn(node -> node.kind() == OrgNode.Kind.TOWN).hasSize(16);
        assertThat(COUNTY.nodes())
                .filteredOn(node -> node.kind() == OrgNode.Kind.POLICE_ROOM)
                .hasSize(18);
        assertThat(COUNTY.groups())
                .filteredOn(group -> group.kind() == TalkGroup.Kind.TOWN)
                .hasSize(16);
        assertThat(COUNTY.groups()).allMatch(group -> group.members().size() >= 2);
    }

    @Test
    void thirtyIncidentsShowEveryState() {
        var incidents = DemoCounty.incidents(NOON).stream().map(Dossier::incident).toList();

        assertThat(incidents).hasSize(30);
        assertThat(incidents)
                .extracting(Incident::state)
                .containsAll(EnumSet.allOf(Incident.State.class));
        assertThat(incidents).extracting(Incident::id).doesNotHaveDuplicates();
        assertThat(incidents).allMatch(i -> COUNTY.node(i.node()).isPresent());
        assertThat(incidents).allMatch(i -> i.openedAt().isBefore(NOON));
        assertThat(incidents)
                .allMatch(i -> (i.closedAt() != null) == (i.state() == Incident.State.CLOSED));
    }

    @Test
    void moreHandheldsForALoadTestStandAtStationsOfTenInAllTowns() {
        var handhelds = new DemoCounty.Handhelds(1_495, "cheap");
        var county = DemoCounty.organisation(handhelds);

        assertThat(county.units()).hasSize(COUNTY.units().size() + 1_495);
        var user = county.user(new UserId("handheld-1495")).orElseThrow();
        assertThat(user.unit()).isEqualTo(new UnitId("handheld-1495"));
        assertThat(county.unitsAt(user.node())).hasSize(5);
        var stations =
                county.nodes().stream()
                        .filter(node -> node.id().value().startsWith("grid-station-"))
                        .toList();
        assertThat(stations).hasSize(150);
        assertThat(stations).extracting(OrgNode::parent).hasSameElementsAs(towns(county));
        assertThat(DemoCounty.accounts("costly", handhelds))
                .hasSize(county.users().size())
                .filteredOn(account -> account.passwordHash().equals("cheap"))
                .hasSize(1_495)
                .allMatch(account -> account.user().value().startsWith("handheld-"));
    }

    private static List<NodeId> towns(Organisation county) {
        return county.nodes().stream()
                .filter(node -> node.kind() == OrgNode.Kind.TOWN)
                .map(OrgNode::id)
                .toList();
    }

    private static String page() {
        var page =
                new StringBuilder(
                        """
                        # The demo county

                        What `bin/run` shows a newcomer: Wenling (温岭) with its governance centre and
                        sixteen towns. Xinhe (新河), Zeguo (泽国) and Daxi (大溪) are fully staffed, the
                        other thirteen stand there with their rooms. All accounts have one password,
                        which `bin/run` prints. People, incidents and places are made up.

                        This page is printed from the loader by a test; a difference fails the build.

                        ## Accounts

                        An account speaks and answers as its unit; the seats of a room share the
                        room's unit.

                        | account | who | role | place | unit |
                        |---|---|---|---|---|
                        """);
        COUNTY.users().forEach(user -> appendUser(page, user));
        page.append("\n## Roles\n\n| role | name | rights | talk priority |\n|---|---|---|---|\n");
        COUNTY.parts()
                .roles()
                .forEach(role -> {
                    String rights =
                            EnumSet.allOf(Permission.class).stream()
                                    .filter(role::allows)
                                    .map(right -> "`" + right.code() + "`")
                                    .collect(Collectors.joining(" "));
                    row(
                            page,
                            "`" + role.id() + "`",
                            both(role.name()),
                            rights,
                            Integer.toString(role.talkPriority()));
                });
        page.append("\n## Units\n\n| unit | name | kind | place |\n|---|---|---|---|\n");
        COUNTY.units()
                .forEach(unit ->
                        row(
                                page,
                                "`" + unit.id() + "`",
                                both(unit.name()),
                                unit.kind().name(),
                                "`" + unit.node() + "`"));
        page.append("\n## Talk groups\n\n| group | name | kind | members |\n|---|---|---|---|\n");
        COUNTY.groups().forEach(group -> appendGroup(page, group));
        page.append("\n## Places\n\n| node | name | kind | below |\n|---|---|---|---|\n");
        COUNTY.nodes()
                .forEach(node ->
                        row(
                                page,
                                "`" + node.id() + "`",
                                both(node.name()),
                                node.kind().name(),
                                node.parent() == null ? "" : "`" + node.parent() + "`"));
        page.append("\n## Pairs\n\n| town | police room | shared |\n|---|---|---|\n");
        COUNTY.parts()
                .pairings()
                .forEach(pair ->
                        row(
                                page,
                                "`" + pair.town() + "`",
                                "`" + pair.policeRoom() + "`",
                                pair.shared().stream()
                                        .map(Enum::name)
                                        .sorted()
                                        .collect(Collectors.joining(" "))));
        page.append(
                """

                ## Codes

                What is scanned to report a matter (`/report/CODE`), and groups of sensors.

                | code | title | kind | goes to | place |
                |---|---|---|---|---|
                """);
        DemoCounty.codes()
                .forEach(code ->
                        row(
                                page,
                                "`" + code.code() + "`",
                                both(code.title()),
                                "`" + code.kind() + "`",
                                "`" + code.node() + "`",
                                code.place()));
        appendMediations(page);
        return page.toString();
    }

    private static void appendMediations(StringBuilder page) {
        page.append(
                """

                ## Mediations

                At `/mediation`: sign in as `mediator`, invite the parties, open their links in other
                windows, take the seat. `zeguo-reception` opens one from an incident's page.

                A room calls the three leaders of its town together by one press: sign in as
                `xinhe-secretary`, `xinhe-chief` and `xinhe-deputy`, and so in Zeguo and Daxi.

                | id | title | about | people |
                |---|---|---|---|
                """);
        for (var mediation : DemoCounty.mediations(Instant.EPOCH)) {
            row(
                    page,
                    "`" + mediation.id() + "`",
                    mediation.title(),
                    mediation.incident() == null ? "" : "`" + mediation.incident() + "`",
                    mediation.people().stream()
                            .map(person -> person.name() + " " + person.role())
                            .collect(Collectors.joining(", ")));
        }
    }

    private static void appendUser(StringBuilder page, User user) {
        row(
                page,
                "`" + user.id() + "`",
                both(user.name()),
                "`" + user.role() + "`",
                "`" + user.node() + "`",
                user.unit() == null ? "" : "`" + user.unit() + "`");
    }

    private static void appendGroup(StringBuilder page, TalkGroup group) {
        String members =
                group.members().stream()
                        .map(unit -> "`" + unit + "`")
                        .sorted()
                        .collect(Collectors.joining(" "));
        row(
                page,
                "`" + group.id() + "`",
                both(group.name()),
                group.kind().name(),
                group.kind() == TalkGroup.Kind.COUNTY
                        ? "every unit but cameras and agencies"
                        : members);
    }

    private static void row(StringBuilder page, String... cells) {
        page.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String both(Name name) {
        return name.zh() + " " + name.en();
    }
}
