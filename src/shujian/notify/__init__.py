"""消息: turns news of the rooms into letters for people. It listens and tells; it decides nothing."""
