/// PatientGraph (see docs/architecture.md).
enum PatientGraphModule {}
