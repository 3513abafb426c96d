package org.maplebridge.dispatch.demo;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.organisation.Pairing;
import org.maplebridge.dispatch.organisation.Pairing.Aspect;
import org.maplebridge.dispatch.organisation.Unit;

/// The demo county's places, which rooms are paired, and what can be sent out.
final class DemoPlaces {
    static final NodeId CITY = new NodeId("city");

    static final NodeId TRAFFIC = new NodeId("traffic");
    static final NodeId ENFORCEMENT = new NodeId("enforcement");

    /// Departments that rooms call in.
    record Agency(NodeId id, Name name) {}

    static final List<Agency> AGENCIES =
            List.of(
                    new Agency(TRAFFIC, new Name("交通执法队", "Traffic enforcement")),
                    new Agency(ENFORCEMENT, new Name("综合行政执法队", "Administrative enforcement")));

    /// Orders stay in each room's own ledger; everything else a pair does together.
    private static final Set<Aspect> SHARED = EnumSet.complementOf(EnumSet.of(Aspect.ORDERS));

    /// A town with its room, stations, cars and people.
    record Staffed(Town town, String carPrefix, List<Village> villages) {}

    record Town(String id, Name name) {}

    record Village(String id, Name name) {}

    static final List<Staffed> STAFFED =
            List.of(
                    new Staffed(
                            town("xinhe", "新河", "Xinhe"),
                            "",
                            List.of(
                                    village("xinhe-changyu", "长屿", "Changyu"),
                                    village("xinhe-tangxia", "塘下", "Tangxia"))),
                    new Staffed(
                            town("zeguo", "泽国", "Zeguo"),
                            "zeguo-",
                            List.of(
                                    village("zeguo-muyu", "牧屿", "Muyu"),
                                    village("zeguo-shuicang", "水仓", "Shuicang"))),
                    new Staffed(
                            town("daxi", "大溪", "Daxi"),
                            "daxi-",
                            List.of(
                                    village("daxi-panlang", "潘郎", "Panlang"),
                                    village("daxi-shaan", "沙岸", "Sha'an"))));

    private static final List<Town> OTHERS =
            List.of(
                    town("taiping", "太平", "Taiping"),
                    town("chengdong", "城东", "Chengdong"),
                    town("chengxi", "城西", "Chengxi"),
                    town("chengbei", "城北", "Chengbei"),
                    town("hengfeng", "横峰", "Hengfeng"),
                    town("songmen", "松门", "Songmen"),
                    town("ruoheng", "箬横", "Ruoheng"),
                    town("shitang", "石塘", "Shitang"),
                    town("binhai", "滨海", "Binhai"),
                    town("wenqiao", "温峤", "Wenqiao"),
                    town("chengnan", "城南", "Chengnan"),
                    town("shiqiaotou", "石桥头", "Shiqiaotou"),
                    town("wugen", "坞根", "Wugen"));

    private DemoPlaces() {}

    static Stream<Town> towns() {
        return Stream.concat(STAFFED.stream().map(Staffed::town), OTHERS.stream());
    }

    static List<OrgNode> nodes() {
        var nodes = new ArrayList<OrgNode>();
        var centre = new Name("温岭市社会治理中心", "Wenling governance centre");
        nodes.add(new OrgNode(CITY, centre, OrgNode.Kind.CENTRE, null));
        towns().forEach(town -> {
            var room = named(town.name(), "综合信息指挥室", " command room");
            nodes.add(node(town.id(), room, OrgNode.Kind.TOWN, "city"));
            var police = named(town.name(), "派出所指挥室", " police room");
            nodes.add(node(town.id() + "-police", police, OrgNode.Kind.POLICE_ROOM, "city"));
        });
        for (String[] post : SECOND_POSTS) {
            var name = new Name(post[2], post[3]);
            nodes.add(node(post[0], name, OrgNode.Kind.POLICE_ROOM, "city"));
        }
        for (Agency agency : AGENCIES) {
            nodes.add(new OrgNode(agency.id(), agency.name(), OrgNode.Kind.AGENCY, CITY));
        }
        STAFFED.forEach(staffed -> addStations(nodes, staffed));
        return nodes;
    }

    /// Police posts beside the town's own: id, town, Chinese, English.
    private static final String[][] SECOND_POSTS = {
        {"muyu-police", "zeguo", "牧屿警务区指挥室", "Muyu police post"},
        {"panlang-police", "daxi", "潘郎警务区指挥室", "Panlang police post"}
    };

    private static void addStations(List<OrgNode> nodes, Staffed staffed) {
        String town = staffed.town().id();
        Name name = staffed.town().name();
        nodes.add(
                node(
                        town + "-station1",
                        named(name, "街道社区联勤工作站", " community work station"),
                        OrgNode.Kind.STATION,
                        town));
        nodes.add(
                node(
                        town + "-station2",
                        named(name, "城乡片区联勤工作站", " rural work station"),
                        OrgNode.Kind.STATION,
                        town));
        for (Village village : staffed.villages()) {
            var villageName = named(village.name(), "村", " village");
            nodes.add(node(village.id(), villageName, OrgNode.Kind.VILLAGE, town + "-station2"));
        }
    }

    static List<Pairing> pairings() {
        var pairings = new ArrayList<Pairing>();
        towns().forEach(town -> pairings.add(pair(town.id(), town.id() + "-police")));
        for (String[] post : SECOND_POSTS) {
            pairings.add(pair(post[1], post[0]));
        }
        return pairings;
    }

    static List<Unit> units() {
        var units = new ArrayList<Unit>();
        units.add(unit("city", "市指挥中心", "City centre", Unit.Kind.CENTRE, "city"));
        towns().forEach(town -> {
            units.add(
                    new Unit(
                            new UnitId(town.id()),
                            named(town.name(), "指挥室", " room"),
                            Unit.Kind.ROOM,
                            new NodeId(town.id())));
            String police = town.id() + "-police";
            units.add(
                    new Unit(
                            new UnitId(police),
                            named(town.name(), "派出所", " police"),
                            Unit.Kind.POLICE_ROOM,
                            new NodeId(police)));
        });
        for (String[] post : SECOND_POSTS) {
            units.add(unit(post[0], post[2], post[3], Unit.Kind.POLICE_ROOM, post[0]));
        }
        for (Agency agency : AGENCIES) {
            var room = new UnitId(agency.id().value());
            units.add(new Unit(room, agency.name(), Unit.Kind.AGENCY, agency.id()));
        }
        STAFFED.forEach(staffed -> addUnits(units, staffed));
        return units;
    }

    private static void addUnits(List<Unit> units, Staffed staffed) {
        String town = staffed.town().id();
        String zh = staffed.town().name().zh();
        String en = staffed.town().name().en();
        String station = town + "-station1";
        units.add(unit(station, zh + "联勤站", en + " station", Unit.Kind.STATION, station));
        for (int n = 1; n <= 2; n++) {
            String car = staffed.carPrefix() + "car" + n;
            units.add(
                    unit(
                            car,
                            zh + "巡逻车" + n + "号",
                            en + " patrol car " + n,
                            Unit.Kind.CAR,
                            station));
        }
        for (int n = 1; n <= 2; n++) {
            Village village = staffed.villages().get(n - 1);
            units.add(
                    unit(
                            town + "-grid" + n,
                            village.name().zh() + "网格员",
                            village.name().en() + " grid worker",
                            Unit.Kind.HANDHELD,
                            village.id()));
        }
        units.add(
                unit(
                        mediatorOf(town),
                        zh + "调解室",
                        en + " mediation room",
                        Unit.Kind.MEDIATOR,
                        town));
        units.add(
                unit(
                        town + "-camera1",
                        zh + "镇口高点监控",
                        en + " gate camera",
                        Unit.Kind.CAMERA,
                        town));
    }

    /// The gold-medal mediator sits in Zeguo and needs no town in the account name.
    static String mediatorOf(String town) {
        return town.equals("zeguo") ? "mediator" : town + "-mediator";
    }

    private static Pairing pair(String town, String police) {
        return new Pairing(new NodeId(town), new NodeId(police), SHARED);
    }

    private static OrgNode node(String id, Name name, OrgNode.Kind kind, String parent) {
        return new OrgNode(new NodeId(id), name, kind, new NodeId(parent));
    }

    private static Unit unit(String id, String zh, String en, Unit.Kind kind, String node) {
        return new Unit(new UnitId(id), new Name(zh, en), kind, new NodeId(node));
    }

    private static Town town(String id, String zh, String en) {
        return new Town(id, new Name(zh, en));
    }

    private static Village village(String id, String zh, String en) {
        return new Village(id, new Name(zh, en));
    }

    private static Name named(Name place, String zh, String en) {
        return new Name(place.zh() + zh, place.en() + en);
    }
}
