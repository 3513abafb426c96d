-- What an incident is gone through again with. The ways of units that had to do with one, in pieces
-- of some minutes: telemetry forgets after a day.
create table track_piece (
    unit     varchar(64) not null,
    from_at  timestamp(6) with time zone not null,
    until_at timestamp(6) with time zone not null,
    points   varchar(100000) not null,
    primary key (unit, from_at)
);
create index track_piece_age on track_piece (until_at);

-- What people noticed on the way, for the review meeting.
create table incident_mark (
    id          varchar(64) primary key,
    incident_id varchar(64) not null,
    marked_at   timestamp(6) with time zone not null,
    kind        varchar(10) not null,
    body        varchar(2000) not null,
    written_by  varchar(64) not null,
    written_at  timestamp(6) with time zone not null,
    removed_by  varchar(64),
    foreign key (incident_id) references incident (id)
);
create index incident_mark_incident on incident_mark (incident_id, marked_at);

-- Calls for help are looked for by unit and time.
create index alert_unit on alert (unit, raised_at);

-- What cameras and microphones sent, a file each, and the incidents that it is of.
create table recording (
    id         varchar(64) primary key,
    unit       varchar(64) not null,
    medium     varchar(10) not null,
    file       varchar(200) not null,
    holder     varchar(300),
    started_at timestamp(6) with time zone not null,
    began_at   timestamp(6) with time zone,
    ended_at   timestamp(6) with time zone,
    bytes      bigint,
    chain      varchar(64),
    missed     bigint,
    complete   boolean
);
create index recording_end on recording (ended_at, started_at);
create index recording_age on recording (started_at);

create table recording_incident (
    recording_id varchar(64) not null,
    incident_id  varchar(64) not null,
    primary key (recording_id, incident_id),
    foreign key (recording_id) references recording (id),
    foreign key (incident_id) references incident (id)
);
create index recording_incident_of on recording_incident (incident_id);

-- Nothing that was recorded of these is forgotten.
create table incident_hold (
    incident_id varchar(64) primary key,
    reason      varchar(2000) not null,
    held_by     varchar(64) not null,
    held_at     timestamp(6) with time zone not null,
    foreign key (incident_id) references incident (id)
);
