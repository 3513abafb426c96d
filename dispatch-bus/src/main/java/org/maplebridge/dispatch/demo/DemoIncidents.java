package org.maplebridge.dispatch.demo;

import static org.maplebridge.dispatch.incident.Incident.State.*;
import static org.maplebridge.dispatch.model.Severity.*;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.incident.Dossier;
import org.maplebridge.dispatch.incident.Incident;
import org.maplebridge.dispatch.incident.Ledger;
import org.maplebridge.dispatch.incident.Ledger.Room;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.incident.Standing;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;

/// Thirty incidents as a county has them, in every state of the closed loop.
final class DemoIncidents {
    /// @param minutesAgo when it was opened
    private record Sample(
            String node,
            Severity severity,
            Incident.State state,
            String title,
            String place,
            int minutesAgo) {}

    /// Its steps are named like the states.
    private static final String LOOP = "seven-steps";

    private static final GeoPoint COUNTY = new GeoPoint(28.37, 121.38);

    private static final List<Sample> SAMPLES =
            List.of(
                    sample(
                            "xinhe",
                            ORANGE,
                            HANDLING,
                            "挖掘机泥印弄脏农户院子,双方争吵 / Excavator soils a yard, neighbours quarrel",
                            "长屿村12号",
                            12),
                    sample(
                            "zeguo",
                            YELLOW,
                            HANDLING,
                            "皮鞋厂五名工人讨薪 / Five shoe-factory workers claim wages",
                            "泽国工业园区",
                            180),
                    sample(
                            "daxi",
                            RED,
                            HANDLING,
                            "泵业仓库烟感报警 / Smoke alarm in a pump warehouse",
                            "大溪工业区B3库",
                            6),
                    sample(
                            "xinhe",
                            YELLOW,
                            RECEIVED,
                            "夜间施工噪声扰民 / Building noise at night",
                            "塘下村口",
                            24),
                    sample(
                            "xinhe",
                            YELLOW,
                            RECEIVED,
                            "路灯连续三夜不亮 / Street lamps dark for three nights",
                            "新河镇中心大道",
                            90),
                    sample(
                            "zeguo",
                            ORANGE,
                            RECEIVED,
                            "电动车违规停放堵塞消防通道 / E-bikes block a fire lane",
                            "水仓小区2栋",
                            36),
                    sample(
                            "daxi",
                            YELLOW,
                            RECEIVED,
                            "流动摊贩占道经营 / Vendors on the carriageway",
                            "大溪农贸市场",
                            48),
                    sample(
                            "city",
                            RED,
                            RECEIVED,
                            "台风蓝色预警,低洼地带排查 / Typhoon watch, low ground to be checked",
                            "全市",
                            60),
                    sample(
                            "xinhe",
                            ORANGE,
                            TRANSFERRED,
                            "鱼塘死鱼,疑似上游排污 / Dead fish, discharge upstream suspected",
                            "塘下村鱼塘",
                            360),
                    sample(
                            "zeguo",
                            YELLOW,
                            TRANSFERRED,
                            "房屋租赁押金纠纷 / Dispute over a rental deposit",
                            "牧屿村45号",
                            540),
                    sample(
                            "daxi",
                            YELLOW,
                            TRANSFERRED,
                            "邻里宅基地边界争议 / Boundary between two homesteads",
                            "沙岸村",
                            840),
                    sample(
                            "songmen",
                            ORANGE,
                            TRANSFERRED,
                            "渔船归港拥堵 / Fishing boats jam the harbour",
                            "松门渔港",
                            300),
                    sample(
                            "shitang",
                            YELLOW,
                            HANDLING,
                            "民宿消防设施缺失 / Guest house without fire equipment",
                            "石塘里箬村",
                            1200),
                    sample(
                            "xinhe",
                            ORANGE,
                            HANDLING,
                            "校门口车辆剐蹭引发纠纷 / Scratched cars at the school gate",
                            "新河中心小学",
                            120),
                    sample(
                            "chengbei",
                            YELLOW,
                            HANDLING,
                            "鞋企噪声投诉 / Noise of a shoe factory",
                            "城北街道工业路",
                            1560),
                    sample(
                            "xinhe",
                            YELLOW,
                            FEEDBACK,
                            "河道垃圾堆积 / Rubbish in the river",
                            "新河塘河",
                            1800),
                    sample(
                            "zeguo",
                            YELLOW,
                            FEEDBACK,
                            "外来务工人员子女入学咨询 / School place for a migrant worker's child",
                            "泽国镇政府",
                            1980),
                    sample(
                            "daxi",
                            ORANGE,
                            FEEDBACK,
                            "危旧房裂缝扩大 / Cracks widen in an old house",
                            "潘郎村老街",
                            2400),
                    sample(
                            "taiping",
                            YELLOW,
                            FEEDBACK,
                            "老小区电梯困人 / People stuck in a lift",
                            "太平街道锦园小区",
                            1320),
                    sample(
                            "xinhe",
                            YELLOW,
                            REVIEW,
                            "占道堆放建材 / Building material on the road",
                            "长屿村主路",
                            3000),
                    sample(
                            "zeguo",
                            ORANGE,
                            REVIEW,
                            "劳务合同纠纷调解 / Mediation of a labour contract",
                            "泽国视频调解室",
                            3120),
                    sample("daxi", YELLOW, REVIEW, "餐饮油烟扰民 / Kitchen fumes", "大溪镇商业街", 3600),
                    sample(
                            "ruoheng",
                            YELLOW,
                            REVIEW,
                            "农机交易纠纷 / Dispute over a farm machine",
                            "箬横镇集市",
                            3960),
                    sample(
                            "xinhe",
                            RED,
                            SUPERVISED,
                            "出租房液化气违规存放 / Gas bottles stored in rented rooms",
                            "新河镇老街",
                            4200),
                    sample(
                            "zeguo",
                            ORANGE,
                            SUPERVISED,
                            "小作坊电线私拉乱接 / Unsafe wiring in a workshop",
                            "牧屿村工坊",
                            4800),
                    sample(
                            "hengfeng",
                            YELLOW,
                            SUPERVISED,
                            "欠薪举报超期未办结 / Wage complaint past its deadline",
                            "横峰街道",
                            6000),
                    sample(
                            "xinhe",
                            YELLOW,
                            CLOSED,
                            "噪声投诉已整改回访 / Noise complaint settled, called back",
                            "塘下村",
                            7200),
                    sample(
                            "zeguo",
                            ORANGE,
                            CLOSED,
                            "三地视频调解工伤赔偿 / Injury claim settled by video in three places",
                            "泽国视频调解室",
                            7800),
                    sample(
                            "daxi",
                            YELLOW,
                            CLOSED,
                            "走失老人已送回 / Lost old man brought home",
                            "大溪镇",
                            8400),
                    sample(
                            "city",
                            YELLOW,
                            CLOSED,
                            "城市桥梁巡查异常已排除 / Bridge inspection finding cleared",
                            "市区",
                            9000));

    private DemoIncidents() {}

    static List<Dossier> before(Instant now) {
        var dossiers = new ArrayList<Dossier>();
        for (Sample sample : SAMPLES) {
            dossiers.add(dossier(incident(sample, dossiers.size() + 1, now)));
        }
        return dossiers;
    }

    /// What is graver than usual and in hand, the police room of the town handles too.
    private static Dossier dossier(Incident incident) {
        var begun = Dossier.begun(incident);
        boolean shared =
                incident.state() == HANDLING
                        && incident.severity() != YELLOW
                        && !incident.node().equals(DemoPlaces.CITY);
        if (!shared) {
            return begun;
        }
        var ledger = begun.ledger();
        var joint =
                new Room(
                        new NodeId(incident.node() + "-police"),
                        Room.Role.JOINT,
                        Room.State.ACCEPTED,
                        incident.openedAt(),
                        incident.openedAt().plusSeconds(40),
                        null);
        var rooms = List.of(ledger.rooms().getFirst(), joint);
        return new Dossier(
                incident,
                new Ledger(
                        rooms,
                        ledger.visits(),
                        ledger.contacts(),
                        ledger.arrivals(),
                        ledger.exhibits(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    /// Most are in time; one is known for not being so.
    private static @Nullable Instant due(Sample sample, int count, Instant now) {
        if (sample.state() == CLOSED) {
            return null;
        }
        boolean late = sample.node().equals("hengfeng");
        return late ? now.minus(Duration.ofHours(20)) : now.plus(Duration.ofMinutes(25L * count));
    }

    private static Incident incident(Sample sample, int count, Instant now) {
        Instant openedAt = now.minus(Duration.ofMinutes(sample.minutesAgo()));
        @Nullable Instant closedAt =
                sample.state() == CLOSED
                        ? openedAt.plus(Duration.ofMinutes(sample.minutesAgo() / 2))
                        : null;
        return new Incident(
                new IncidentId(String.format(Locale.ROOT, "demo-%02d", count)),
                "",
                sample.title(),
                sample.severity(),
                sample.state(),
                new NodeId(sample.node()),
                sample.place(),
                scattered(count),
                openedAt,
                closedAt,
                new Origin(Origin.Source.OTHER, null, "", null, null),
                new Standing(
                        LOOP,
                        sample.state().name().toLowerCase(Locale.ROOT),
                        due(sample, count, now),
                        null,
                        null,
                        closedAt == null ? null : "已办结 / Settled"),
                0);
    }

    /// Somewhere in the county, always at the same spot.
    private static GeoPoint scattered(int count) {
        double angle = count * 2.399963; // the golden angle spreads points evenly
        double reach = 0.02 * Math.sqrt(count);
        return new GeoPoint(
                COUNTY.latitude() + reach * Math.sin(angle),
                COUNTY.longitude() + reach * Math.cos(angle));
    }

    private static Sample sample(
            String node,
            Severity severity,
            Incident.State state,
            String title,
            String place,
            int minutesAgo) {
        return new Sample(node, severity, state, title, place, minutesAgo);
    }
}
