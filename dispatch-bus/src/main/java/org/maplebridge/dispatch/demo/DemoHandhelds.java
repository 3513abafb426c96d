package org.maplebridge.dispatch.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.maplebridge.dispatch.demo.DemoPlaces.Town;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.OrgNode;
import org.maplebridge.dispatch.organisation.Unit;
import org.maplebridge.dispatch.organisation.User;

/// As many more handhelds as a load test wants: ten to a work station, the stations spread over all
/// towns in turn, each handheld with an account of its unit's name (`handheld-0001` …).
final class DemoHandhelds {
    /// Patrol handhelds of one station talk in one group; a county in Yunnan has 1,436 in 135
    /// villages.
    private static final int OF_A_STATION = 10;

    private final int count;
    private final List<Town> towns = DemoPlaces.towns().toList();

    DemoHandhelds(int count) {
        this.count = count;
    }

    List<OrgNode> stations() {
        var stations = new ArrayList<OrgNode>();
        for (int station = 0; station * OF_A_STATION < count; station++) {
            Town town = townOf(station);
            int number = station / towns.size() + 1;
            stations.add(
                    new OrgNode(
                            stationId(station),
                            new Name(
                                    town.name().zh() + "第" + number + "网格联勤站",
                                    town.name().en() + " grid station " + number),
                            OrgNode.Kind.STATION,
                            new NodeId(town.id())));
        }
        return stations;
    }

    List<Unit> units() {
        var units = new ArrayList<Unit>();
        for (int i = 0; i < count; i++) {
            var id = new UnitId(name(i));
            units.add(new Unit(id, shownAs(i), Unit.Kind.HANDHELD, stationId(i / OF_A_STATION)));
        }
        return units;
    }

    List<User> users() {
        var users = new ArrayList<User>();
        for (int i = 0; i < count; i++) {
            users.add(
                    new User(
                            new UserId(name(i)),
                            shownAs(i),
                            "grid-worker",
                            stationId(i / OF_A_STATION),
                            new UnitId(name(i)),
                            null,
                            "zh-CN"));
        }
        return users;
    }

    private Town townOf(int station) {
        return towns.get(station % towns.size());
    }

    private Name shownAs(int index) {
        Town town = townOf(index / OF_A_STATION);
        var number = String.format(Locale.ROOT, "%04d", index + 1);
        return new Name(
                town.name().zh() + "巡护终端" + number, town.name().en() + " handheld " + number);
    }

    private static NodeId stationId(int station) {
        return new NodeId(String.format(Locale.ROOT, "grid-station-%03d", station + 1));
    }

    private static String name(int index) {
        return String.format(Locale.ROOT, "handheld-%04d", index + 1);
    }
}
