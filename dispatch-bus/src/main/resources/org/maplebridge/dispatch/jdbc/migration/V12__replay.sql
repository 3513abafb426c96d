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
