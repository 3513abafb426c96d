package org.maplebridge.signaling.boot.mediation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.maplebridge.dispatch.journal.JournalKind;
import org.maplebridge.dispatch.journal.Subject;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.signaling.boot.Eventually;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.boot.TestSocket;
import org.maplebridge.signaling.boot.evidence.Sums;
import org.maplebridge.signaling.protocol.ExhibitMessage.ExhibitClear;
import org.maplebridge.signaling.protocol.ExhibitMessage.ExhibitMark;
import org.maplebridge.signaling.protocol.ExhibitMessage.ExhibitRemove;
import org.maplebridge.signaling.protocol.ExhibitMessage.ExhibitShow;
import org.maplebridge.signaling.protocol.ExhibitMessage.MarkShape;
import org.maplebridge.signaling.protocol.ExhibitNews.ExhibitsShown;
import org.maplebridge.signaling.protocol.ExhibitNews.TableExhibit;
import org.maplebridge.signaling.protocol.MediationMessage.MediationMove;

/// Documents and pictures at a table on a whole node: who is shown what, by socket and by address.
class ExhibitSceneTest {
    /// The smallest PNG there is: one pixel.
    private static final byte[] PIXEL =
            HexFormat.of()
                    .parseHex(
                            "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
                                    + "0000000b4944415478da6364f80f00010501012718e3660000000049454e44"
                                    + "ae426082");

    private final TestNode node = TestNode.shared();
    private final Guests guests = new Guests(node, Map.of());

    @Test
    void whatIsShownInAPrivateRoomNeverComesToTheOtherParty() throws RecordUnavailable {
        var lead = seat();
        try (var mediator = TestSocket.open(node, lead, false);
                var ann = guests.bound("p2");
                var bo = guests.bound("p3")) {
            mediator.ask(new MediationMove(List.of("p2", "p3"), "joint"));
            mediator.ask(new MediationMove(List.of("p1", "p2"), "p2"));
            var id = sent(lead, PIXEL, "image/png", "秘密照片.png");
            assertThat(folder(lead)).contains(id, "秘密照片.png");
            assertThat(mediator.verdict(new ExhibitShow(id, "p2"))).isEqualTo("ok");
            var shown = before(ann, list -> list.size() == 1).getFirst();
            assertThat(shown.title()).isEqualTo("秘密照片.png");
            assertThat(shown.mine()).isFalse();
            assertThat(status(shown.href())).isEqualTo(200);
            assertThat(ann.verdict(mark(id, "0,0 1000,1000"))).isEqualTo("ok");
            before(mediator, list -> list.getFirst().marks().size() == 1);

            assertThat(bo.verdict(mark(id, "0,0 1,1"))).isEqualTo("no-such-exhibit");
            assertThat(bo.frames().toString()).doesNotContain("秘密照片", "/table/evidence/");
            assertThat(status("/table/evidence/" + id)).isEqualTo(404);
            assertThat(status(shown.href().replace(":p2.", ":p3."))).isEqualTo(404);
            assertThat(status(shown.href().replace("/table", ""))).isEqualTo(404);

            mediator.ask(new MediationMove(List.of("p1", "p2"), "joint"));
            before(ann, List::isEmpty);
            assertThat(status(shown.href())).as("she has left the room").isEqualTo(404);
            assertThat(bo.frames().toString()).doesNotContain("秘密照片");

            assertThat(mediator.verdict(new ExhibitShow(id, "all"))).isEqualTo("ok");
            var after = before(bo, list -> list.size() == 1).getFirst();
            assertThat(after.marks()).as("drawn in private").isEmpty();
            assertThat(status(after.href())).isEqualTo(200);
            assertThat(bo.verdict(new ExhibitRemove(id))).isEqualTo("not-yours");
            assertThat(bo.verdict(new ExhibitClear(id))).isEqualTo("not-yours");
            assertThat(mediator.verdict(new ExhibitRemove(id))).isEqualTo("ok");
            before(bo, List::isEmpty);
            assertThat(status(after.href())).as("taken off").isEqualTo(404);
        }
        assertThat(journal()).containsExactly("shown p2", "marked", "shown all", "removed");
    }

    @Test
    void aPartyBringsSomethingAndShowsItWhereItIs() {
        var place = guests.place("p2");
        try (var mediator = guests.mediator();
                var ann = Guests.agreed(TestSocket.open(node, place, false));
                var bo = guests.bound("p3")) {
            var id = sent(place, PIXEL, "image/png", "门口.png");
            assertThat(ann.verdict(new ExhibitShow(id, "joint"))).isEqualTo("not-in-that-room");
            mediator.ask(new MediationMove(List.of("p2", "p3"), "joint"));
            assertThat(ann.verdict(new ExhibitShow(id, "p3"))).isEqualTo("not-in-that-room");
            assertThat(ann.verdict(new ExhibitShow(id, "all"))).isEqualTo("not-in-that-room");
            assertThat(ann.verdict(new ExhibitShow(id, "waiting"))).isEqualTo("no-such-room");
            assertThat(ann.verdict(new ExhibitShow(id, "p1"))).isEqualTo("no-such-room");
            assertThat(ann.verdict(new ExhibitShow(id, "nowhere"))).isEqualTo("no-such-room");
            assertThat(bo.verdict(new ExhibitShow(id, "joint")))
                    .as("of another one's folder")
                    .isEqualTo("no-such-exhibit");
            assertThat(mediator.verdict(new ExhibitShow(id, "all"))).isEqualTo("no-such-exhibit");
            assertThat(ann.verdict(new ExhibitShow("../x", "joint"))).isEqualTo("no-such-exhibit");
            assertThat(ann.verdict(new ExhibitShow(id, "joint"))).isEqualTo("ok");
            assertThat(before(bo, list -> list.size() == 1).getFirst().by()).isEqualTo("p2");
            assertThat(bo.verdict(mark(id, "0,0 1001,1"))).isEqualTo("bad-mark");
            assertThat(bo.verdict(mark(id, "x"))).isEqualTo("bad-mark");
            assertThat(bo.verdict(mark("e-9", "0,0 1,1"))).isEqualTo("no-such-exhibit");
            assertThat(ann.verdict(new ExhibitRemove(id))).isEqualTo("ok");
            before(bo, List::isEmpty);
        }
    }

    @Test
    void whatDoesSomethingWhenOpenedIsRefusedByName() {
        var place = guests.place("p2");
        var svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>";
        assertThat(refused(place, bytes(svg), "image/svg+xml")).isEqualTo("unsupported-type");
        assertThat(refused(place, bytes("<html>"), "text/html")).isEqualTo("unsupported-type");
        assertThat(refused(place, bytes(svg + " ".repeat(64)), "image/png"))
                .isEqualTo("wrong-type");
        assertThat(refused(place, bytes(pdf("/S /JavaScript /JS (x)")), "application/pdf"))
                .isEqualTo("active-content");
        assertThat(refused(place, bytes(pdf("/Encrypt 9 0 R")), "application/pdf"))
                .isEqualTo("locked-document");
        assertThat(code(begin(place, (15L << 20) + 1, "0".repeat(64), "image/png", "x.png")))
                .isEqualTo("too-large");
        assertThat(code(begin(place, 5, "0".repeat(64), "image/png", "../x.png")))
                .isEqualTo("bad-name");
        var paper = sent(place, bytes(pdf("/Title (x)")), "application/pdf", "借条.pdf");
        assertThat(folder(place)).contains(paper, "\"document\"");
        var own = TestNode.json(get(place, "/api/table/folder")).get(0).get("href").asString();
        var opened = node.send(node.request(own).GET());
        assertThat(opened.headers().firstValue("Content-Disposition").orElseThrow())
                .startsWith("attachment");
        assertThat(opened.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("sandbox");
        assertThat(node.get("xinhe", "/api/evidence/" + paper).statusCode()).isEqualTo(404);
        assertThat(node.get("mediator", "/api/table/folder").statusCode()).isEqualTo(403);
    }

    private static String pdf(String more) {
        return "%PDF-1.4\n1 0 obj << /Type /Catalog "
                + more
                + " >> endobj\n%%EOF\n"
                + "%".repeat(80);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ExhibitMark mark(String id, String points) {
        return new ExhibitMark(id, MarkShape.BOX, points);
    }

    private String seat() {
        var answer = node.post("mediator", "/api/mediations/" + guests.id + "/seat", Map.of());
        return TestNode.json(answer).get("token").asString();
    }

    /// What lies before somebody, once it is as wanted.
    private static List<TableExhibit> before(TestSocket who, Predicate<List<TableExhibit>> wanted) {
        Eventually.holds(() -> wanted.test(last(who)));
        return last(who);
    }

    private static List<TableExhibit> last(TestSocket who) {
        return who.frames().reversed().stream()
                .filter(frame -> frame.message() instanceof ExhibitsShown)
                .map(frame -> ((ExhibitsShown) frame.message()).exhibits())
                .findFirst()
                .orElse(List.of());
    }

    private List<String> journal() throws RecordUnavailable {
        return node
                .bean("recordStores", RecordStores.class)
                .journal()
                .latest(Subject.of(new NodeId("zeguo")), 500)
                .stream()
                .map(entry -> entry.happening())
                .filter(one -> one.kind() == JournalKind.MEDIATION_EXHIBIT)
                .filter(one -> guests.id.equals(one.detail().get("mediation")))
                .map(one -> one.detail().get("exhibit") + to(one.detail().get("to")))
                .toList();
    }

    private static String to(@Nullable String room) {
        return room == null ? "" : " " + room;
    }

    private String folder(String token) {
        return get(token, "/api/table/folder").body();
    }

    private HttpResponse<String> get(String token, String path) {
        return node.send(node.bearer(token, path).GET());
    }

    private int status(String href) {
        return node.send(node.request(href).GET()).statusCode();
    }

    private String sent(String token, byte[] file, String type, String name) {
        var begun = begin(token, file.length, Sums.sha256(file), type, name);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(201);
        var location = begun.headers().firstValue("Location").orElseThrow();
        var taken = append(token, location, file);
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(204);
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private String refused(String token, byte[] file, String type) {
        var begun = begin(token, file.length, Sums.sha256(file), type, "x");
        return begun.statusCode() == 201
                ? code(append(token, begun.headers().firstValue("Location").orElseThrow(), file))
                : code(begun);
    }

    private HttpResponse<String> begin(
            String token, long length, String sum, String type, String name) {
        var said =
                Map.of("filetype", type, "sha256", sum, "filename", name).entrySet().stream()
                        .map(pair -> pair.getKey() + " " + base64(pair.getValue()))
                        .collect(Collectors.joining(","));
        return node.send(
                node.bearer(token, "/api/table/uploads")
                        .header("Tus-Resumable", "1.0.0")
                        .header("Upload-Length", Long.toString(length))
                        .header("Upload-Metadata", said)
                        .POST(BodyPublishers.noBody()));
    }

    private HttpResponse<String> append(String token, String location, byte[] file) {
        return node.send(
                node.bearer(token, location)
                        .header("Tus-Resumable", "1.0.0")
                        .header("Content-Type", "application/offset+octet-stream")
                        .header("Upload-Offset", "0")
                        .method("PATCH", BodyPublishers.ofByteArray(file)));
    }

    private static String code(HttpResponse<String> answer) {
        return TestNode.json(answer).get("code").asString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(bytes(text));
    }
}
