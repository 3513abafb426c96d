-- Pictures and videos: announced, and arrived once all of it is there and proved. The same bytes of
-- the same sender about the same thing are one. As all that was done, they name people, orders and
-- reports without referring to them.

create table evidence (
    id          varchar(64) primary key,
    source      varchar(200) not null,
    incident_id varchar(64),
    order_id    varchar(64),
    report_id   varchar(64),
    sender      varchar(64),
    unit        varchar(64),
    payer       varchar(100),
    media_type  varchar(20) not null,
    bytes       bigint not null,
    sha256      varchar(64) not null,
    holder      varchar(300),
    begun_at    timestamp(6) with time zone not null,
    arrived_at  timestamp(6) with time zone,
    width       integer,
    height      integer,
    latitude    double precision,
    longitude   double precision,
    unique (source, sha256)
);
create index evidence_incident on evidence (incident_id, arrived_at);
create index evidence_order on evidence (order_id);
create index evidence_report on evidence (report_id);
create index evidence_payer on evidence (payer);
create index evidence_unfinished on evidence (arrived_at, begun_at);
