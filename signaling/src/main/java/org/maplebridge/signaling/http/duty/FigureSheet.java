package org.maplebridge.signaling.http.duty;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.maplebridge.dispatch.figures.Figures;
import org.maplebridge.dispatch.figures.Measure;
import org.maplebridge.dispatch.figures.Tally;
import org.maplebridge.dispatch.incident.Origin;
import org.maplebridge.dispatch.model.Name;
import org.maplebridge.dispatch.model.NodeId;
import org.maplebridge.dispatch.model.Severity;
import org.maplebridge.dispatch.organisation.Organisation;
import org.maplebridge.dispatch.organisation.Seat;
import org.maplebridge.signaling.sheet.SheetWriter.Cell;

/// Figures as one table for a spreadsheet: the whole, then its parts one below the other, in the
/// reader's language.
///
/// Pure.
record FigureSheet(Organisation organisation, String locale) {
    /// A column of everything but seats.
    private record Column(String zh, String en, Function<Tally, Cell> cell) {}

    private static final List<Column> COLUMNS =
            List.of(
                    count("受理", "Received", Measure.RECEIVED),
                    count("其中已办结", "Of these closed", Measure.RECEIVED_CLOSED),
                    share("办结率", "Closure rate", Tally::closure),
                    count("期内办结", "Closed within", Measure.CLOSED),
                    number("平均处置时间（分）", "Mean handling (min)", Tally::meanMinutes),
                    number("处置时间中位数（分）", "Median handling (min)", Tally::medianMinutes),
                    count("评价", "Ratings", Measure.RATED),
                    share("满意率", "Satisfaction", Tally::satisfaction),
                    number("平均星级", "Mean stars", Tally::stars),
                    share("响应及时率", "Taken on in time", Tally::firstInTime),
                    count("到期环节", "Time limits", Measure.LIMITS),
                    new Column("超时环节", "Late", tally -> new Cell.Count(tally.late())),
                    share("按时率", "In time", Tally::inTime),
                    count("未办结", "Open now", Measure.OPEN),
                    count("现已超时", "Overdue now", Measure.OVERDUE),
                    count("并入他件", "Merged incidents", Measure.PARTS),
                    count("收到报告", "Reports", Measure.REPORTS),
                    count("其中合并", "Of these added", Measure.REPORTS_ADDED),
                    count("设备告警", "Alarms", Measure.ALARMS),
                    count("其中合并", "Of these added", Measure.ALARMS_ADDED),
                    new Column("指令", "Order shares", tally -> new Cell.Count(tally.shares())),
                    new Column("已执行", "Done", tally -> new Cell.Count(tally.done())),
                    share("指令执行率", "Execution rate", Tally::execution));

    private static final List<Name> OF_SEATS =
            List.of(
                    new Name("操作", "Acts"),
                    new Name("办结操作", "Closed by it"),
                    new Name("回访", "Call-backs"),
                    new Name("延期", "Extensions"));

    List<List<Cell>> lines(Figures figures) {
        var lines = new ArrayList<List<Cell>>();
        lines.add(head());
        add(lines, new Name("合计", "Total"), "", figures.total());
        figures.byNode()
                .forEach((node, tally) -> add(lines, new Name("镇街", "Room"), node(node), tally));
        figures.byKind().forEach((kind, tally) -> add(lines, new Name("类型", "Kind"), kind, tally));
        figures.bySource()
                .forEach((source, tally) ->
                        add(lines, new Name("来源", "Source"), said(source(source)), tally));
        figures.bySeverity()
                .forEach((severity, tally) ->
                        add(lines, new Name("等级", "Severity"), said(severity(severity)), tally));
        figures.bySeat().entrySet().stream()
                .sorted(Comparator.comparing(one -> one.getKey().value()))
                .forEach(one -> lines.add(seat(one.getKey().value(), one.getValue())));
        return lines;
    }

    private List<Cell> head() {
        var head = new ArrayList<Cell>();
        head.add(text(said(new Name("分组", "Group"))));
        head.add(text(said(new Name("名称", "Name"))));
        COLUMNS.forEach(column -> head.add(text(said(new Name(column.zh(), column.en())))));
        OF_SEATS.forEach(name -> head.add(text(said(name))));
        return head;
    }

    private void add(List<List<Cell>> lines, Name group, String name, Tally tally) {
        var line = new ArrayList<Cell>();
        line.add(text(said(group)));
        line.add(text(name));
        COLUMNS.forEach(column -> line.add(column.cell().apply(tally)));
        OF_SEATS.forEach(_ -> line.add(new Cell.Nothing()));
        lines.add(line);
    }

    /// Under the columns of orders, and then what only seats have.
    private List<Cell> seat(String id, Figures.Post post) {
        var line = new ArrayList<Cell>();
        line.add(text(said(new Name("岗位", "Seat"))));
        line.add(text(seatName(id)));
        COLUMNS.stream().skip(3).forEach(_ -> line.add(new Cell.Nothing()));
        line.add(new Cell.Count(post.shares()));
        line.add(new Cell.Count(post.done()));
        line.add(
                new Cell.Share(
                        post.shares() == 0
                                ? OptionalDouble.empty()
                                : OptionalDouble.of((double) post.done() / post.shares())));
        line.add(new Cell.Count(post.acts()));
        line.add(new Cell.Count(post.closed()));
        line.add(new Cell.Count(post.callbacks()));
        line.add(new Cell.Count(post.extended()));
        return line;
    }

    private String seatName(String id) {
        return organisation.parts().seats().stream()
                .filter(seat -> seat.id().value().equals(id))
                .findFirst()
                .map(this::named)
                .orElse(id);
    }

    private String named(Seat seat) {
        return node(seat.node()) + " · " + said(seat.name());
    }

    private String node(NodeId id) {
        return organisation.node(id).map(node -> said(node.name())).orElse(id.value());
    }

    private String said(Name name) {
        return name.in(locale);
    }

    private static Cell text(String text) {
        return new Cell.Text(text);
    }

    private static Name source(Origin.Source source) {
        return switch (source) {
            case OPERATOR -> new Name("坐席录入", "Operator");
            case CITIZEN -> new Name("群众扫码", "Citizen");
            case GRID -> new Name("网格员", "Grid worker");
            case HOTLINE_12345 -> new Name("12345热线", "12345 hot line");
            case POLICE_110 -> new Name("110警情", "110 police");
            case PETITION -> new Name("信访", "Petition");
            case DEVICE -> new Name("设备告警", "Device");
            case OTHER -> new Name("其他系统", "Other system");
        };
    }

    private static Name severity(Severity severity) {
        return switch (severity) {
            case RED -> new Name("红色", "Red");
            case ORANGE -> new Name("橙色", "Orange");
            case YELLOW -> new Name("黄色", "Yellow");
        };
    }

    private static Column count(String zh, String en, Measure measure) {
        return new Column(zh, en, tally -> new Cell.Count(tally.of(measure)));
    }

    private static Column share(String zh, String en, Function<Tally, OptionalDouble> of) {
        return new Column(zh, en, tally -> new Cell.Share(of.apply(tally)));
    }

    private static Column number(String zh, String en, Function<Tally, OptionalDouble> of) {
        return new Column(zh, en, tally -> new Cell.Number(of.apply(tally)));
    }
}
