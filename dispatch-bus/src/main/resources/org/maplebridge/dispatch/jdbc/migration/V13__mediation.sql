-- Mediations: who takes part, what they agreed to, what was written and signed.
create table mediation (
    id           varchar(64) primary key,
    incident_id  varchar(64),
    node         varchar(64) not null,
    title        varchar(200) not null,
    matter       varchar(4000) not null,
    made_by      varchar(64) not null,
    created_at   timestamp(6) with time zone not null,
    scheduled_at timestamp(6) with time zone,
    ended_at     timestamp(6) with time zone,
    outcome      varchar(20),
    code         varchar(64),
    version      bigint not null
);
create index mediation_newest on mediation (created_at desc, id);
create index mediation_incident on mediation (incident_id);

-- Telephone numbers and identities are kept encrypted.
create table mediation_person (
    mediation_id  varchar(64) not null,
    person        varchar(8) not null,
    place_no      integer not null,
    person_role   varchar(20) not null,
    person_name   varchar(200) not null,
    side          varchar(8),
    account       varchar(64),
    phone         varchar(400),
    identity_kept varchar(1000),
    identity_mask varchar(200),
    verdict       varchar(40),
    identified_at timestamp(6) with time zone,
    primary key (mediation_id, person),
    foreign key (mediation_id) references mediation (id)
);

create table mediation_consent (
    mediation_id varchar(64) not null,
    place_no     integer not null,
    person       varchar(8) not null,
    subject      varchar(20) not null,
    text_version varchar(20) not null,
    given        boolean not null,
    said_at      timestamp(6) with time zone not null,
    primary key (mediation_id, place_no),
    foreign key (mediation_id) references mediation (id)
);

create table mediation_writing (
    mediation_id varchar(64) not null,
    kind         varchar(20) not null,
    number_no    integer not null,
    place_no     integer not null,
    body         varchar(20000) not null,
    hash         varchar(64) not null,
    person       varchar(8) not null,
    written_at   timestamp(6) with time zone not null,
    read_back_at timestamp(6) with time zone,
    primary key (mediation_id, kind, number_no),
    foreign key (mediation_id) references mediation (id)
);

create table mediation_signature (
    mediation_id varchar(64) not null,
    place_no     integer not null,
    person       varchar(8) not null,
    kind         varchar(20) not null,
    hash         varchar(64) not null,
    drawn        varchar(16000) not null,
    signed_at    timestamp(6) with time zone not null,
    primary key (mediation_id, place_no),
    foreign key (mediation_id) references mediation (id)
);

-- A link opens once. Neither it nor what it was exchanged for is kept, only their hashes.
create table mediation_invitation (
    hash         varchar(64) primary key,
    mediation_id varchar(64) not null,
    person       varchar(8) not null,
    made_by      varchar(64) not null,
    made_at      timestamp(6) with time zone not null,
    expires_at   timestamp(6) with time zone not null,
    used_at      timestamp(6) with time zone,
    revoked_at   timestamp(6) with time zone,
    foreign key (mediation_id) references mediation (id)
);
create index mediation_invited on mediation_invitation (mediation_id, person);

create table mediation_seat (
    hash         varchar(64) primary key,
    mediation_id varchar(64) not null,
    person       varchar(8) not null,
    expires_at   timestamp(6) with time zone not null,
    foreign key (mediation_id) references mediation (id)
);
create index mediation_seated on mediation_seat (mediation_id, person);

-- What everybody takes home: the file, in base 64.
create table mediation_document (
    code         varchar(64) primary key,
    mediation_id varchar(64) not null,
    file         varchar(4000000) not null,
    hash         varchar(64) not null,
    made_at      timestamp(6) with time zone not null,
    foreign key (mediation_id) references mediation (id)
);
