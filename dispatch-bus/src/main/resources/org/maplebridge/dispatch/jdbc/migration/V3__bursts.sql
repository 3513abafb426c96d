-- What was said. Sound lies in files; audio names one, relative to the folder of all sound. Sets of
-- units are one text, each between spaces, since a burst may have a whole county of listeners.

create table burst (
    id              varchar(64) primary key,
    call_id         varchar(64) not null,
    sides           varchar(2000) not null,
    talker_session  varchar(64) not null,
    talker_user     varchar(64) not null,
    talker_unit     varchar(64),
    tier            varchar(10) not null,
    priority        integer not null,
    floor_result    varchar(20) not null,
    requested_at    timestamp(6) with time zone not null,
    started_at      timestamp(6) with time zone not null,
    ended_at        timestamp(6) with time zone not null,
    ended_by        varchar(20) not null,
    duration_millis bigint not null,
    audio           varchar(200),
    audio_complete  boolean not null,
    listeners       varchar(1000000) not null,
    incident_id     varchar(64),
    order_id        varchar(64)
);
create index burst_time on burst (started_at);
create index burst_talker on burst (talker_unit, started_at);
create index burst_incident on burst (incident_id, started_at);

-- The calls under which it was heard: more than one while groups were joined.
create table burst_call (
    burst_id   varchar(64) not null,
    call_id    varchar(64) not null,
    started_at timestamp(6) with time zone not null,
    primary key (burst_id, call_id),
    foreign key (burst_id) references burst (id)
);
create index burst_call_time on burst_call (call_id, started_at);

-- Who was meant, could not hear it, and has not marked it since. Asked by every terminal that comes
-- back, perhaps by all at once, so it holds just the answer; rows go after a day.
create table burst_missed (
    unit_id    varchar(64) not null,
    burst_id   varchar(64) not null,
    started_at timestamp(6) with time zone not null,
    primary key (unit_id, burst_id),
    foreign key (burst_id) references burst (id)
);
create index burst_missed_unit on burst_missed (unit_id, started_at);
create index burst_missed_burst on burst_missed (burst_id);
create index burst_missed_time on burst_missed (started_at);

-- Who has listened since, or has no interest.
create table burst_heard (
    unit_id   varchar(64) not null,
    burst_id  varchar(64) not null,
    marked_at timestamp(6) with time zone not null,
    primary key (unit_id, burst_id),
    foreign key (burst_id) references burst (id)
);
create index burst_heard_burst on burst_heard (burst_id);

alter table dispatch_order add column burst_id varchar(64);
