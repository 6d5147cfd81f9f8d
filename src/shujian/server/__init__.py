"""Where the rooms are wired into one process: settings, addresses, middleware, start-up, subscriptions."""
