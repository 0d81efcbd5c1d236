-- What a request under a key was answered with, sealed: a repetition is answered the same.
alter table request_keys add column answer bytea;
