-- What the last writer of each journal rested on: a decision that Temporal never recorded is told from the one it did.

alter table process_instances
  add column basis_after bigint not null default 0,
  add column basis_fence bigint not null default 0;
