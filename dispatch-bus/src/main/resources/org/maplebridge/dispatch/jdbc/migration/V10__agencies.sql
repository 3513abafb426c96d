-- What shows that somebody was there; what is written already are words.
alter table incident_arrival add column proof_kind varchar(10) default 'WORD' not null;
alter table incident_arrival add column unit varchar(64);
alter table incident_arrival add column metres integer;
alter table incident_arrival add column seen_at timestamp(6) with time zone;

-- Three more lists of the ledger: who has to come, joint sessions, letters.
create table incident_expected (
    incident_id varchar(64) not null,
    place_no    integer not null,
    who         varchar(64) not null,
    who_name    varchar(200) not null,
    named_by    varchar(64) not null,
    named_at    timestamp(6) with time zone not null,
    excused     varchar(4000),
    primary key (incident_id, place_no),
    foreign key (incident_id) references incident (id)
);

create table incident_session (
    incident_id   varchar(64) not null,
    place_no      integer not null,
    opened_at     timestamp(6) with time zone not null,
    opened_by     varchar(64) not null,
    reason        varchar(4000) not null,
    rooms         varchar(2000) not null,
    settled_at    timestamp(6) with time zone,
    settled_by    varchar(64),
    settled_owner varchar(64),
    decision      varchar(4000),
    present       varchar(2000),
    primary key (incident_id, place_no),
    foreign key (incident_id) references incident (id)
);

create table incident_letter (
    incident_id varchar(64) not null,
    place_no    integer not null,
    template    varchar(64) not null,
    node        varchar(64) not null,
    sent        boolean not null,
    due_at      timestamp(6) with time zone,
    written_at  timestamp(6) with time zone not null,
    written_by  varchar(64) not null,
    primary key (incident_id, place_no),
    foreign key (incident_id) references incident (id)
);

-- One running picture, shown to a room that has no other right to see it.
create table showing (
    id          varchar(64) primary key,
    incident_id varchar(64) not null,
    unit        varchar(64) not null,
    stream_at   timestamp(6) with time zone not null,
    node        varchar(64) not null,
    shown_by    varchar(64) not null,
    reason      varchar(4000) not null,
    shown_at    timestamp(6) with time zone not null,
    ended_at    timestamp(6) with time zone,
    cause       varchar(20)
);
create index showing_open on showing (ended_at);
create index showing_incident on showing (incident_id, shown_at);
