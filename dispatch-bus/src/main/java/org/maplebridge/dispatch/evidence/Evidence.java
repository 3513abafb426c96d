package org.maplebridge.dispatch.evidence;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.maplebridge.dispatch.model.EvidenceId;
import org.maplebridge.dispatch.model.GeoPoint;
import org.maplebridge.dispatch.model.IncidentId;
import org.maplebridge.dispatch.model.MediationId;
import org.maplebridge.dispatch.model.OrderId;
import org.maplebridge.dispatch.model.ReportId;
import org.maplebridge.dispatch.model.UnitId;
import org.maplebridge.dispatch.model.UserId;

/// A picture or a video: announced, and arrived once all of it is there and proved.
///
/// @param holder address of the node that keeps the file; absent where all nodes share them
/// @param begunAt when it was announced
/// @param arrival absent as long as it is on its way
public record Evidence(
        EvidenceId id,
        About about,
        Sender sender,
        Claim claim,
        @Nullable String holder,
        Instant begunAt,
        @Nullable Arrival arrival) {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// What it shows something of; at least one is there.
    ///
    /// @param table what was uploaded at a mediation's table is about that alone
    public record About(
            @Nullable IncidentId incident,
            @Nullable OrderId order,
            @Nullable ReportId report,
            @Nullable Table table) {
        public About {
            boolean nothing = incident == null && order == null && table == null;
            boolean both = table != null && (incident != null || order != null || report != null);
            if (nothing || both) {
                throw new IllegalArgumentException("evidence of nothing, or of two things");
            }
        }

        public About(
                @Nullable IncidentId incident, @Nullable OrderId order, @Nullable ReportId report) {
            this(incident, order, report, null);
        }

        public static About table(MediationId mediation, String person, String title) {
            return new About(null, null, null, new Table(mediation, person, title));
        }
    }

    /// @param person id of the uploader's place there
    /// @param title as the uploader's device called it; shown, and trusted for nothing
    public record Table(MediationId mediation, String person, String title) {
        public static final int TITLE_CHARS = 100;
    }

    /// @param user absent for a citizen, who is known by the report alone
    /// @param payer whose share of what is unfinished it counts to: a user or an address
    public record Sender(@Nullable UserId user, @Nullable UnitId unit, String payer) {}

    /// What was found when all of it was there.
    ///
    /// @param said where the picture itself says it was taken: by whoever made it, proved by nobody
    public record Arrival(Instant at, @Nullable PictureSize size, @Nullable GeoPoint said) {}

    /// In pixels.
    public record PictureSize(int width, int height) {}

    public boolean hasArrived() {
        return arrival != null;
    }

    /// One sender sends the same bytes about the same thing once.
    public String source() {
        @Nullable UserId user = sender.user();
        @Nullable Table table = about.table();
        if (table != null) {
            return "mediation/" + table.mediation() + "/" + table.person();
        }
        String about =
                this.about.report() != null
                        ? "report/" + this.about.report()
                        : this.about.order() != null
                                ? "order/" + this.about.order()
                                : "incident/" + this.about.incident();
        return user == null ? about : about + "/" + user;
    }

    /// Where the file lies once it has arrived, as the record and all nodes call it. No word of it
    /// was chosen by who sent it.
    public String file() {
        return DAY.format(begunAt) + "/" + id + "." + claim.type().suffix();
    }

    public Evidence heldBy(@Nullable String node) {
        return new Evidence(id, about, sender, claim, node, begunAt, arrival);
    }

    public Evidence arrived(Arrival how) {
        return new Evidence(id, about, sender, claim, holder, begunAt, how);
    }
}
