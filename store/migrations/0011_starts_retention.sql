-- What was requested once is forgotten after its retention: its rows are found by their age.
create index starts_requests_by_age on starts (claimed_at) where kind = 'request';
