package org.maplebridge.signaling.boot.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.maplebridge.signaling.boot.TestNode;
import org.maplebridge.signaling.sheet.Packed;

/// The ownership list and the codes, which an administrator brings in.
class OwnershipRestTest {
    private static final String PATH = "/api/ownership";
    private static final String XLSX =
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    @TempDir static Path data;
    private static TestNode node;

    @BeforeAll
    static void start() {
        node = TestNode.on(data);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void theListSaysWhoseMatterItIsAndANewOneCountsAtOnce() {
        assertThat(suggested("挖掘机的泥印弄脏了院子")).containsExactly("2-1 交通执法队");
        assertThat(suggested("什么都不像的一句话")).isEmpty();
        long before = TestNode.json(node.get("city", PATH)).get("version").asLong();

        var csv = "编号,事项,责任单位,处置节点\n9-1,挖掘机泥印污染院子,新单位,xinhe\n";
        var answer = send("admin", "text/csv", csv.getBytes(UTF_8));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(TestNode.json(answer).get("version").asLong()).isGreaterThan(before);
        assertThat(suggested("挖掘机的泥印弄脏了院子")).containsExactly("9-1 新单位");

        var workbook =
                Packed.workbook(
                        Packed.row(1, "item", "text", "owner") + Packed.row(2, "1", "路灯不亮", "市政"));
        assertThat(send("admin", XLSX, workbook).statusCode()).isEqualTo(201);
        assertThat(suggested("中心大道路灯不亮")).containsExactly("1 市政");
        assertThat(node.journal("city")).contains("OWNERSHIP_IMPORTED");

        var versions = TestNode.json(node.get("admin", PATH + "/versions"));
        assertThat(versions.get(0).get("items").asInt()).isEqualTo(1);
        assertThat(versions.get(0).get("by").asString()).isNotEmpty();
        assertThat(versions.size()).isGreaterThan(1);
        assertThat(node.get("city", PATH + "/versions").statusCode()).isEqualTo(403);
    }

    @Test
    void whatAFileWouldChangeIsShownBeforeItIsImported() {
        var before = TestNode.json(node.get("city", PATH));
        var kept = before.get("items").get(0);
        var file =
                "编号,事项,责任单位\n%s,%s,别的单位\nnew-1,新的事项,新单位\n"
                        .formatted(kept.get("item").asString(), kept.get("text").asString());
        var answer = preview("admin", file);
        assertThat(answer.statusCode()).isEqualTo(200);
        var preview = TestNode.json(answer);
        assertThat(preview.get("items").asInt()).isEqualTo(2);
        assertThat(preview.get("added").get(0).get("item").asString()).isEqualTo("new-1");
        assertThat(preview.get("changed").get(0).get("owner").asString()).isEqualTo("别的单位");
        assertThat(preview.get("removed").size()).isEqualTo(before.get("items").size() - 1);
        assertThat(TestNode.json(node.get("city", PATH))).isEqualTo(before);
        assertThat(preview("city", file).statusCode()).isEqualTo(403);
        assertThat(preview("admin", "a,b\n").body()).contains("sheet-no-lines");
    }

    private static HttpResponse<String> preview(String account, String file) {
        return node.send(
                node.as(account, PATH + "/preview")
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofString(file)));
    }

    @Test
    void badFilesAreRefusedByNameAndLineAndTheListStays() {
        var before = node.get("city", PATH).body();
        var head = "编号,事项,责任单位\n";
        assertRefused(csv("a,b\n1,2\n"), "sheet-column-missing", 1);
        assertRefused(csv(head + "1,t,o\n2,=cmd|'/c calc'!A1,o\n"), "sheet-formula-cell", 3);
        assertRefused(csv(head + "1,t\n"), "sheet-cell-missing", 2);
        assertRefused(csv(head + "1,t,o\n".repeat(2)), "sheet-item-twice", 3);
        assertRefused(csv(head), "sheet-no-lines", 1);
        var jpeg = new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0, 0};
        assertThat(send("admin", "text/csv", jpeg).body()).contains("sheet-unreadable");
        assertThat(send("admin", "application/json", new byte[2]).statusCode()).isEqualTo(415);
        assertThat(send("city", "text/csv", head.getBytes(UTF_8)).statusCode()).isEqualTo(403);
        assertThat(node.send(node.request(PATH).GET()).statusCode()).isEqualTo(401);
        assertThat(node.get("city", PATH + "/suggest").statusCode()).isEqualTo(400);
        assertThat(node.get("city", PATH).body()).isEqualTo(before);
    }

    @Test
    void aCodeIsAddedOnceAndCanBeScanned() {
        assertThat(node.post("admin", "/api/codes", code("shitang-pier")).statusCode())
                .isEqualTo(201);
        assertThat(node.post("admin", "/api/codes", code("shitang-pier")).statusCode())
                .isEqualTo(409);
        assertThat(node.send(node.request("/api/public/codes/shitang-pier").GET()).body())
                .contains("渔港码头", "shitang");
        assertThat(node.get("admin", "/api/codes").body()).contains("xinhe-noise", "shitang-pier");

        assertThat(node.post("city", "/api/codes", code("x")).statusCode()).isEqualTo(403);
        for (var bad :
                Map.<String, Object>of(
                                "code", "a/b",
                                "node", "atlantis",
                                "kind", "two words",
                                "place", "",
                                "severity", "purple",
                                "point", Map.of("latitude", 91, "longitude", 0),
                                "title", Map.of("zh", "", "en", ""))
                        .entrySet()) {
            var wanted = code("bad");
            wanted.put(bad.getKey(), bad.getValue());
            assertThat(node.post("admin", "/api/codes", wanted).statusCode())
                    .as(bad.getKey())
                    .isEqualTo(400);
        }
    }

    @Test
    void aCodeThatIsWithdrawnTakesNoReports() {
        node.post("admin", "/api/codes", code("old-pier"));
        assertThat(withdrawn("city", "old-pier")).isEqualTo(403);
        assertThat(withdrawn("admin", "old-pier")).isEqualTo(204);
        assertThat(withdrawn("admin", "old-pier")).isEqualTo(204);
        assertThat(withdrawn("admin", "no-such-code")).isEqualTo(404);
        assertThat(node.send(node.request("/api/public/codes/old-pier").GET()).body())
                .contains("unknown-code");
        assertThat(node.get("admin", "/api/codes").body()).contains("withdrawnAt");
        assertThat(node.post("admin", "/api/codes", code("old-pier")).statusCode()).isEqualTo(409);
        assertThat(node.journal("city")).contains("REPORT_CODE_WITHDRAWN");
    }

    private static int withdrawn(String account, String code) {
        return node.send(node.as(account, "/api/codes/" + code).DELETE()).statusCode();
    }

    private static Map<String, Object> code(String code) {
        var wanted = new HashMap<String, Object>();
        wanted.put("code", code);
        wanted.put("title", Map.of("zh", "渔港码头", "en", "Fishing pier"));
        wanted.put("kind", "harbour");
        wanted.put("place", "石塘渔港");
        wanted.put("node", "shitang");
        return wanted;
    }

    private static List<String> suggested(String text) {
        var path = PATH + "/suggest?text=" + URLEncoder.encode(text, UTF_8);
        return TestNode.json(node.get("xinhe", path))
                .valueStream()
                .map(one -> one.get("item").asString() + " " + one.get("owner").asString())
                .toList();
    }

    private static HttpResponse<String> csv(String text) {
        return send("admin", "text/csv", text.getBytes(UTF_8));
    }

    private static HttpResponse<String> send(String account, String type, byte[] file) {
        return node.send(
                node.as(account, PATH)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(file)));
    }

    private static void assertRefused(HttpResponse<String> answer, String code, int line) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"", "Line " + line + " ");
    }
}
