-- The key of a message that starts a process is held by one instance among all its message starts.
alter table starts drop constraint starts_kind_check;
alter table starts add constraint starts_kind_check check (kind in ('request', 'businessKey', 'messageKey'));
