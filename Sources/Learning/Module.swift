/// Learning (see docs/architecture.md).
enum LearningModule {}
