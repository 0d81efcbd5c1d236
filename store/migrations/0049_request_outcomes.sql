-- What a request under a key made, and a keyed hash of the bytes that it brought: a repetition is answered by the same thing.
alter table request_keys add column came_to text;
alter table request_keys add column content text;
