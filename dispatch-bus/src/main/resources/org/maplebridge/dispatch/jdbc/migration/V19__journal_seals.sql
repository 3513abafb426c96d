-- The journal sealed: a head for each block, which carries the hash of the one before.
create table journal_seal (
    block_number   bigint primary key,
    first_sequence bigint not null,
    last_sequence  bigint not null,
    through        bigint not null,
    entry_count    integer not null,
    total          bigint not null,
    root           varchar(64) not null,
    hash_before    varchar(64) not null,
    sealed_at      timestamp(6) with time zone not null,
    seal_key       varchar(200) not null,
    signature      varchar(200) not null
);
create index journal_seal_through on journal_seal (through, block_number);

-- Which entry is where. It refers to no entry: were one ever deleted, its leaf would have to stay,
-- since the proofs of its neighbours need it.
create table journal_leaf (
    sequence     bigint primary key,
    block_number bigint not null,
    place        integer not null,
    hash         varchar(64) not null,
    unique (block_number, place),
    foreign key (block_number) references journal_seal (block_number)
);
