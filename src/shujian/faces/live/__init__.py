"""实时消息: one stream of server-sent events for each open page, resumed by the number of the last line."""
