/// Study (see docs/architecture.md).
enum StudyModule {}
