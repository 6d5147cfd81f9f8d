"""后台任务: work that is done behind the pages, each piece at least once, and put aside where it keeps failing."""
