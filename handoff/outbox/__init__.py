"""What leaves for the outside world: webhooks, mail, orders to the engine. Imports `engine`, `store` and below."""
