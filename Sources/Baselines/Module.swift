/// Baselines (see docs/architecture.md).
enum BaselinesModule {}
