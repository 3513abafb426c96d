package org.maplebridge.load.bench;

import java.util.List;

/// The page every scenario's report stands on: one file that loads nothing.
final class ReportPage {
    private static final String STYLE =
            "body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;"
                    + "padding:0 1rem;color:#1f2328}table{border-collapse:collapse}"
                    + "td,th{padding:.2rem .6rem;text-align:right;border-bottom:1px solid #d1d9e0}"
                    + "svg{width:100%;height:auto;margin:1rem 0}text{font-size:12px}"
                    + ".title{font-size:15px;font-weight:600}.number{font-size:10px}"
                    + ".fault{color:#cf222e}";

    private final StringBuilder html = new StringBuilder();

    ReportPage(String title, String commit, List<String> faults) {
        html.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>");
        html.append("Maplebridge benchmark: ").append(BarChart.escaped(title)).append("</title>");
        html.append("<style>").append(STYLE).append("</style>");
        html.append("<h1>").append(BarChart.escaped(title)).append("</h1>");
        html.append("<p>Commit ").append(BarChart.escaped(commit)).append("; ");
        html.append(BarChart.escaped(Machine.describe().toString())).append("</p>");
        for (String fault : faults) {
            html.append("<p class=\"fault\">Not sound: ").append(BarChart.escaped(fault));
            html.append("</p>");
        }
    }

    /// @param svg as [BarChart] draws it
    void add(String svg) {
        html.append(svg);
    }

    void table(List<String> heads, List<List<String>> rows) {
        html.append("<table><tr>");
        heads.forEach(head -> html.append("<th>").append(BarChart.escaped(head)).append("</th>"));
        html.append("</tr>");
        for (List<String> row : rows) {
            html.append("<tr>");
            row.forEach(cell -> html.append("<td>").append(BarChart.escaped(cell)).append("</td>"));
            html.append("</tr>");
        }
        html.append("</table>");
    }

    String html() {
        return html + "</html>\n";
    }
}
