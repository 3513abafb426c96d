package org.maplebridge.dispatch.demo;

import static org.maplebridge.dispatch.organisation.Permission.*;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.maplebridge.dispatch.demo.DemoPlaces.Agency;
import org.maplebridge.dispatch.demo.DemoPlaces.Staffed;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.SeatId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;
import org.maplebridge.dispatch.organisation.Permission;
import org.maplebridge.dispatch.organisation.Role;
import org.maplebridge.dispatch.organisation.Seat;
import org.maplebridge.dispatch.organisation.Seat.Duty;
import org.maplebridge.dispatch.organisation.User;

/// The demo county's roles, seats and people. Whoever stands for a room or a car has the account
/// name of its unit.
final class DemoPeople {
    private static final String LOCALE = "zh-CN";

    /// A desk beside the room's own: suffix of seat and account, duty, name.
    private record Desk(String suffix, Duty duty, Name name, String role) {}

    private static final List<Desk> DESKS =
            List.of(
                    desk("analysis", Duty.ANALYSIS, "信息研判岗", "analysis", "town-supervisor"),
                    desk(
                            "transfer",
                            Duty.TRANSFER_SUPERVISION,
                            "流转督办岗",
                            "transfer and supervision",
                            "town-supervisor"),
                    desk("appraisal", Duty.APPRAISAL, "督查考评岗", "appraisal", "town-supervisor"),
                    desk("emergency", Duty.EMERGENCY, "应急机动岗", "emergency", "town-dispatcher"),
                    desk("reception", Duty.CUSTOM, "接待调解岗", "reception", "reception-desk"));

    private DemoPeople() {}

    static List<Role> roles() {
        Set<Permission> room =
                EnumSet.of(TALK, FLOOR_OVERRIDE, BROADCAST, WATCH, LIVE_SEND, LIVE_PULL);
        room.addAll(EnumSet.of(DISPATCH, ORDER_REPORT, COMMAND, SUPERVISE));
        room.addAll(EnumSet.of(REGROUP, ALERT_CLEAR, CALL_FORCE));
        Set<Permission> city = EnumSet.copyOf(room);
        city.addAll(EnumSet.of(APPRAISE, AUDIT_READ, AMBIENT));
        Set<Permission> police = EnumSet.copyOf(room);
        police.removeAll(EnumSet.of(BROADCAST, SUPERVISE, CALL_FORCE));
        Set<Permission> field = EnumSet.of(TALK, LIVE_SEND, ORDER_REPORT);
        return List.of(
                role("duty-commander", "值班指挥长", "Duty commander", city, 10),
                role("city-dispatcher", "市指挥中心座席", "City dispatcher", city, 8),
                role("town-dispatcher", "镇指挥室座席", "Town dispatcher", room, 6),
                role(
                        "town-supervisor",
                        "镇督办考评座席",
                        "Town supervisor",
                        EnumSet.of(TALK, WATCH, SUPERVISE, APPRAISE),
                        5),
                role(
                        "reception-desk",
                        "接待调解座席",
                        "Reception desk",
                        EnumSet.of(TALK, WATCH, COMMAND, MEDIATE),
                        4),
                role("police-dispatcher", "派出所指挥室座席", "Police dispatcher", police, 6),
                role(
                        "station-officer",
                        "联勤站值班员",
                        "Station officer",
                        EnumSet.of(TALK, WATCH, LIVE_SEND, ORDER_REPORT),
                        4),
                role(
                        "agency-dispatcher",
                        "部门值班座席",
                        "Agency dispatcher",
                        EnumSet.of(TALK, WATCH, COMMAND, ORDER_REPORT),
                        4),
                role("town-leader", "镇领导", "Town leader", EnumSet.of(WATCH, SUPERVISE), 0),
                role("patrol", "巡逻车组", "Patrol crew", field, 3),
                role(
                        "mediator",
                        "调解员",
                        "Mediator",
                        EnumSet.of(TALK, WATCH, LIVE_SEND, ORDER_REPORT, MEDIATE),
                        2),
                role("grid-worker", "网格员", "Grid worker", field, 1),
                role("admin", "系统管理员", "Administrator", EnumSet.of(ADMIN, AUDIT_READ), 0));
    }

    static List<Seat> seats() {
        var seats = new ArrayList<Seat>();
        seats.add(seat("city-seat", "综合协调岗", "Coordination", Duty.COORDINATION, "city"));
        seats.add(seat("city-commander", "值班指挥长席", "Command", Duty.DUTY_COMMANDER, "city"));
        for (Staffed staffed : DemoPlaces.STAFFED) {
            String town = staffed.town().id();
            seats.add(seat(town + "-seat", "综合协调岗", "Coordination", Duty.COORDINATION, town));
            for (Desk desk : DESKS) {
                var id = new SeatId(town + "-" + desk.suffix());
                seats.add(new Seat(id, desk.name(), desk.duty(), new NodeId(town)));
            }
            String police = town + "-police";
            seats.add(seat(police + "-seat", "转办员席", "Transfer clerk", Duty.CUSTOM, police));
        }
        for (Agency agency : DemoPlaces.AGENCIES) {
            String id = agency.id().value();
            seats.add(seat(id + "-seat", "部门值班席", "Agency desk", Duty.CUSTOM, id));
        }
        return seats;
    }

    static List<User> users() {
        var users = new ArrayList<User>();
        users.add(seated("city", "市指挥中心座席", "City dispatcher", "city-dispatcher", "city", "seat"));
        users.add(
                seated(
                        "commander",
                        "值班指挥长",
                        "Duty commander",
                        "duty-commander",
                        "city",
                        "commander"));
        var admin = new Name("系统管理员", "Administrator");
        users.add(
                new User(new UserId("admin"), admin, "admin", DemoPlaces.CITY, null, null, LOCALE));
        DemoPlaces.STAFFED.forEach(staffed -> addTown(users, staffed));
        for (Agency agency : DemoPlaces.AGENCIES) {
            String id = agency.id().value();
            var name = agency.name();
            users.add(
                    seated(
                            id,
                            name.zh() + "值班员",
                            name.en() + " officer",
                            "agency-dispatcher",
                            id,
                            "seat"));
        }
        return users;
    }

    private static void addTown(List<User> users, Staffed staffed) {
        String town = staffed.town().id();
        String zh = staffed.town().name().zh();
        String en = staffed.town().name().en();
        users.add(seated(town, zh + "指挥室座席", en + " dispatcher", "town-dispatcher", town, "seat"));
        for (Desk desk : DESKS) {
            users.add(
                    seated(
                            town + "-" + desk.suffix(),
                            zh + desk.name().zh(),
                            en + " " + desk.name().en() + " seat",
                            desk.role(),
                            town,
                            desk.suffix()));
        }
        String police = town + "-police";
        users.add(
                seated(police, zh + "派出所转办员", en + " police", "police-dispatcher", police, "seat"));
        String station = town + "-station1";
        users.add(
                crew(station, zh + "联勤站值班员", en + " station officer", "station-officer", station));
        for (int n = 1; n <= 2; n++) {
            String car = staffed.carPrefix() + "car" + n;
            users.add(
                    crew(car, zh + "巡逻车" + n + "号车组", en + " patrol crew " + n, "patrol", station));
        }
        for (int n = 1; n <= 2; n++) {
            var village = staffed.villages().get(n - 1);
            users.add(
                    crew(
                            town + "-grid" + n,
                            village.name().zh() + "网格员",
                            village.name().en() + " grid worker",
                            "grid-worker",
                            village.id()));
        }
        String mediator = DemoPlaces.mediatorOf(town);
        users.add(crew(mediator, zh + "调解员", en + " mediator", "mediator", town));
        users.add(leader(town, "secretary", zh + "镇党委副书记", en + " deputy party secretary", town));
        users.add(leader(town, "chief", zh + "派出所所长", en + " police chief", police));
        users.add(leader(town, "deputy", zh + "镇分管副镇长", en + " deputy mayor in charge", town));
    }

    /// One of the three whom a town calls together by one press (铁三角): no desk and no unit, they
    /// speak for themselves.
    private static User leader(String town, String office, String zh, String en, String node) {
        return new User(
                new UserId(town + "-" + office),
                new Name(zh, en),
                "town-leader",
                new NodeId(node),
                null,
                null,
                LOCALE);
    }

    /// Somebody at a desk of a room; all desks speak as the room.
    private static User seated(
            String id, String zh, String en, String role, String room, String seatSuffix) {
        return new User(
                new UserId(id),
                new Name(zh, en),
                role,
                new NodeId(room),
                new UnitId(room),
                new SeatId(room + "-" + seatSuffix),
                LOCALE);
    }

    /// Somebody who is a unit of their own.
    private static User crew(String id, String zh, String en, String role, String node) {
        return new User(
                new UserId(id),
                new Name(zh, en),
                role,
                new NodeId(node),
                new UnitId(id),
                null,
                LOCALE);
    }

    private static Role role(
            String id, String zh, String en, Set<Permission> rights, int talkPriority) {
        return new Role(id, new Name(zh, en), rights, talkPriority);
    }

    private static Seat seat(String id, String zh, String en, Duty duty, String node) {
        return new Seat(new SeatId(id), new Name(zh, en), duty, new NodeId(node));
    }

    private static Desk desk(String suffix, Duty duty, String zh, String en, String role) {
        return new Desk(suffix, duty, new Name(zh, en), role);
    }
}
