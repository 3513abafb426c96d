-- Talk groups that people made, and groups that they joined for a while. Rows stay when a group is
-- closed or a patch parted: a repeated message must not open again what is over.

create table made_group (
    id          varchar(64) primary key,
    name        varchar(40) not null,
    node        varchar(64) not null,
    made_by     varchar(64) not null,
    made_at     timestamp(6) with time zone not null,
    area        varchar(4000),
    incident_id varchar(64),
    closed_at   timestamp(6) with time zone
);
create index made_group_closed on made_group (closed_at);

-- named: asked for by name; the others were in the area.
create table made_group_unit (
    group_id varchar(64) not null,
    unit_id  varchar(64) not null,
    named    boolean not null,
    primary key (group_id, unit_id),
    foreign key (group_id) references made_group (id)
);

create table group_patch (
    id        varchar(64) primary key,
    joined    varchar(600) not null,
    made_by   varchar(64) not null,
    made_at   timestamp(6) with time zone not null,
    parted_at timestamp(6) with time zone
);
create index group_patch_parted on group_patch (parted_at);
