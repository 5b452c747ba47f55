/// Report (see docs/architecture.md).
enum ReportModule {}
