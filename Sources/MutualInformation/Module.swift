/// MutualInformation (see docs/architecture.md).
enum MutualInformationModule {}
