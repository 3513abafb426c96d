-- Calls for help, and wishes to be called back. As all that was done, they name people, units and
-- groups without referring to them.

create table alert (
    id        varchar(64) primary key,
    unit      varchar(64) not null,
    raised_by varchar(64) not null,
    tier      varchar(10) not null,
    group_id  varchar(64),
    phase     varchar(20) not null,
    raised_at timestamp(6) with time zone not null,
    active_at timestamp(6) with time zone not null,
    latitude  double precision,
    longitude double precision,
    ended_by  varchar(64),
    ended_at  timestamp(6) with time zone,
    reason    varchar(500),
    version   bigint not null
);
create index alert_phase on alert (phase, raised_at);

create table callback (
    id        varchar(64) primary key,
    asked     varchar(64) not null,
    from_unit varchar(64) not null,
    asked_by  varchar(64) not null,
    note      varchar(500),
    asked_at  timestamp(6) with time zone not null,
    done_by   varchar(64),
    done_at   timestamp(6) with time zone
);
create index callback_asked on callback (asked, done_at);
create index callback_from on callback (from_unit, done_at);
