-- Tasks that a substitute has, or did, by whom they were taken for: these see them as their own. They are few.
create index user_tasks_stands_for on user_tasks (stands_for) where stands_for is not null;
