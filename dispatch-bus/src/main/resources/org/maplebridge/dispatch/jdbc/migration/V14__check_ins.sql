-- Who says from the field that they are at a place. The id is the sender's: what was kept while
-- there was no network is there once, however often it is sent. Where somebody was and when is the
-- word of their device; when it came here is ours.
create table duty_check_in (
    id          varchar(64) primary key,
    person      varchar(64) not null,
    unit        varchar(64) not null,
    node        varchar(64) not null,
    place       varchar(200) not null,
    latitude    double precision,
    longitude   double precision,
    accuracy    integer,
    note        varchar(500) not null,
    checked_at  timestamp(6) with time zone not null,
    received_at timestamp(6) with time zone not null
);
create index duty_check_in_node on duty_check_in (node, checked_at);
