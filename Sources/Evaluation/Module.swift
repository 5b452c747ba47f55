/// Evaluation (see docs/architecture.md).
enum EvaluationModule {}
