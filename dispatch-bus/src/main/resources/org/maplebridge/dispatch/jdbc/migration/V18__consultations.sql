-- A consultation is a table without parties: called together by a preset, of which this is the id.
alter table mediation add column preset varchar(64);
create index mediation_preset on mediation (preset, node, created_at);

-- On which days members were told that it is time for a meeting that comes again.
create table consultation_notice (
    preset  varchar(64) not null,
    town    varchar(64) not null,
    held_on date not null,
    told_at timestamp(6) with time zone not null,
    primary key (preset, town, held_on)
);
