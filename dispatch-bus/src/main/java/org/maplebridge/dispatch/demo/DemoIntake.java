package org.maplebridge.dispatch.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.intake.OwnershipItem;
import org.maplebridge.dispatch.intake.ReportCode;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;

/// The codes that hang in the demo county, its groups of sensors, and who owns what.
final class DemoIntake {
    private DemoIntake() {}

    static List<ReportCode> codes() {
        return List.of(
                code("xinhe", "新河镇群众报事", "Xinhe: report a matter", "general", "新河镇", null),
                code(
                        "xinhe-changyu",
                        "长屿村群众报事",
                        "Changyu: report a matter",
                        "general",
                        "长屿村",
                        new GeoPoint(28.4562, 121.4417)),
                code(
                        "xinhe-noise",
                        "噪声扰民",
                        "Noise",
                        "noise",
                        "新河镇塘下村口",
                        new GeoPoint(28.4480, 121.4302)),
                code(
                        "zeguo-manhole",
                        "道路与窨井盖",
                        "Roads and manholes",
                        "manhole",
                        "泽国镇中心大道",
                        new GeoPoint(28.4790, 121.3480)),
                code("zeguo-wages", "欠薪维权码", "Unpaid wages", "wages", "泽国工业园区", null),
                code("zeguo-campus", "校园码", "Around the school", "campus", "泽国小学", null),
                new ReportCode(
                        "daxi-smoke",
                        new Name("烟感报警", "Smoke alarm"),
                        "smoke",
                        "大溪工业区",
                        new GeoPoint(28.4440, 121.2580),
                        new NodeId("daxi"),
                        Severity.RED));
    }

    private static ReportCode code(
            String code,
            String zh,
            String en,
            String kind,
            String place,
            @Nullable GeoPoint point) {
        var node = new NodeId(code.substring(0, 5));
        return new ReportCode(code, new Name(zh, en), kind, place, point, node, Severity.YELLOW);
    }

    static List<OwnershipItem> ownership() {
        return List.of(
                item("1-1", "劳资纠纷、拖欠工资", "欠薪 讨薪 工资 工人", "wages", "人力社保局", null),
                item("1-2", "邻里纠纷、宅基地边界争议", "争吵 口角 宅基地", "quarrel", "司法所", null),
                item(
                        "2-1",
                        "工程车、渣土车抛洒滴漏污染路面",
                        "挖掘机 泥印 渣土 泥浆",
                        "traffic",
                        "交通执法队",
                        DemoPlaces.TRAFFIC),
                item(
                        "2-2",
                        "车辆违规停放、堵塞消防通道",
                        "违停 停车 电动车 消防通道",
                        "parking",
                        "综合行政执法队",
                        DemoPlaces.ENFORCEMENT),
                item("3-1", "建筑施工噪声扰民", "夜间施工 噪音 太吵", "noise", "综合行政执法队", DemoPlaces.ENFORCEMENT),
                item("3-2", "企业噪声、废气、废水污染", "排污 臭味 死鱼 污水", "pollution", "生态环境分局", null),
                item("4-1", "窨井盖缺失、破损、移位", "井盖 下水道 窨井", "manhole", "住房和城乡建设局", null),
                item("4-2", "路灯不亮、路面破损", "路灯 坑洼 路面", "road", "市政公用服务中心", null),
                item("5-1", "流动摊贩占道经营", "摊贩 占道 摆摊", "vendor", "综合行政执法队", DemoPlaces.ENFORCEMENT),
                item("6-1", "火灾隐患、烟感报警", "烟感 火警 冒烟 起火", "smoke", "消防救援大队", null),
                item("7-1", "校园周边秩序", "学校 校门口 学生", "campus", "教育局", null),
                item("8-1", "河道垃圾堆积、漂浮物", "河道 垃圾 保洁", "river", "农业农村和水利局", null));
    }

    private static OwnershipItem item(
            String item,
            String text,
            String keywords,
            String kind,
            String owner,
            @Nullable NodeId node) {
        return new OwnershipItem(item, text, keywords, kind, owner, node);
    }
}
