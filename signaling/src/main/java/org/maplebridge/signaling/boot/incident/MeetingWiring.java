package org.maplebridge.signaling.boot.incident;

import java.time.InstantSource;
import org.maplebridge.dispatch.bus.DispatchBus;
import org.maplebridge.dispatch.incident.LoopWorkflow;
import org.maplebridge.dispatch.store.RecordStores;
import org.maplebridge.dispatch.store.RecordUnavailable;
import org.maplebridge.dispatch.telemetry.Positions;
import org.maplebridge.dispatch.telemetry.Tracks;
import org.maplebridge.signaling.burst.Hearing;
import org.maplebridge.signaling.codec.LetterFiles;
import org.maplebridge.signaling.command.incident.Agencies;
import org.maplebridge.signaling.command.incident.IncidentDesk;
import org.maplebridge.signaling.command.incident.IncidentNewsDesk;
import org.maplebridge.signaling.command.incident.IncidentSight;
import org.maplebridge.signaling.command.incident.MeetingRooms;
import org.maplebridge.signaling.command.incident.Preparation;
import org.maplebridge.signaling.command.incident.Recordings;
import org.maplebridge.signaling.command.incident.ShowingDesk;
import org.maplebridge.signaling.http.meeting.AgencyController;
import org.maplebridge.signaling.http.meeting.AlarmBudgetController;
import org.maplebridge.signaling.http.meeting.LetterController;
import org.maplebridge.signaling.intake.Ownership;
import org.maplebridge.signaling.scene.Chronicle;
import org.maplebridge.signaling.scene.LiveBoard;
import org.maplebridge.signaling.scene.Peers;
import org.maplebridge.signaling.scene.showing.LiveSight;
import org.maplebridge.signaling.security.Audit;
import org.maplebridge.signaling.security.Roster;
import org.maplebridge.signaling.whip.Streams;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/// Others in an incident: agencies, who has to come, and what is shown to whom.
@Configuration(proxyBeanMethods = false)
@Import(AgencyController.class)
public class MeetingWiring {
    @Bean
    MeetingSettings meetingSettings(Environment environment) {
        return Binder.get(environment).bindOrCreate(MeetingSettings.PREFIX, MeetingSettings.class);
    }

    @Bean
    Agencies agencies(Ownership ownership, Roster roster) {
        return new Agencies(ownership::current, roster);
    }

    @Bean
    MeetingRooms meetingRooms(
            RecordStores record, IncidentSight sight, Chronicle chronicle, InstantSource clock) {
        return new MeetingRooms(record.incidents(), sight, chronicle, clock);
    }

    @Bean
    Preparation preparation(
            RecordStores record,
            IncidentSight sight,
            Agencies agencies,
            LiveBoard lives,
            Positions positions,
            Tracks tracks,
            MeetingSettings settings,
            Hearing hearing,
            Roster roster) {
        return new Preparation(
                record.incidents(),
                sight,
                agencies,
                lives,
                positions,
                tracks,
                settings.arrival(),
                new Recordings(record.bursts(), hearing),
                roster);
    }

    @Bean
    LetterController letterController(
            LoopWorkflow workflow,
            IncidentDesk desk,
            Ownership ownership,
            Roster roster,
            InstantSource clock) {
        return new LetterController(LetterFiles.read(), workflow, desk, ownership, roster, clock);
    }

    @Bean
    AlarmBudgetController alarmBudgetController(MeetingSettings settings) {
        return new AlarmBudgetController(
                new AlarmBudgetController.Budget(settings.alarmsShown(), settings.alarmMinutes()));
    }

    /// Before anybody can connect, what is shown to whom is known again.
    @Bean(destroyMethod = "close")
    ShowingDesk showingDesk(
            RecordStores record,
            IncidentNewsDesk news,
            LiveBoard lives,
            LiveSight sight,
            Streams streams,
            Peers peers,
            Roster roster,
            Audit audit,
            DispatchBus bus,
            InstantSource clock)
            throws RecordUnavailable {
        var desk =
                new ShowingDesk(
                        record.showings(),
                        record.incidents(),
                        news,
                        lives,
                        sight,
                        streams::endShown,
                        peers,
                        roster,
                        audit,
                        bus,
                        clock);
        desk.restore();
        return desk;
    }
}
