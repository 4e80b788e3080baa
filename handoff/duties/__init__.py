"""What is done without anybody asking, each at its own pace. Imports `desk`, `turn_runner`, `outbox`, `erasure`."""
