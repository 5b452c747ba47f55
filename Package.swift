// swift-tools-version: 6.2
import PackageDescription

// Only the builder knows the commit: SwiftPM caches manifests, so asking git here would go stale.
let commit = Context.environment["EQUIPOISE_COMMIT"] ?? "unknown"

// Dependencies point downwards only; docs/architecture.md draws the same picture in words.
let package = Package(
  name: "Equipoise",
  platforms: [.macOS(.v14)],
  products: [
    .library(name: "Equipoise", targets: ["Equipoise"]),
    .executable(name: "equipoise", targets: ["EquipoiseCLI"]),
  ],
  traits: [
    .default(enabledTraits: ["LIBLINEAR"]),
    .trait(name: "LIBLINEAR", description: "Linear support vector machines through LIBLINEAR."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // System libraries and C shims.
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(
      name: "CDeflate", pkgConfig: "libdeflate", providers: [.apt(["libdeflate-dev"])]),
    .systemLibrary(name: "CLIBLINEAR", providers: [.apt(["liblinear-dev"])]),
    .target(name: "CKernels"),
    .target(name: "CCohorts", exclude: ["Data"]),
    .target(name: "CBuild", cSettings: [.define("EQUIPOISE_COMMIT", to: "\"\(commit)\"")]),

    // Layers, lowest first.
    .target(name: "Boundary"),
    .target(
      name: "LinearAlgebra",
      dependencies: [
        .target(name: "COpenBLAS", condition: .when(platforms: [.linux])), "CKernels",
      ]),
    .target(name: "HDF5", dependencies: ["LinearAlgebra", "CDeflate"]),
    .target(
      name: "Cohort",
      dependencies: [
        "Boundary", "HDF5", "LinearAlgebra", "CDeflate", "CCohorts",
        .product(name: "Yams", package: "Yams"),
      ]),
    .target(name: "NeuralNetwork", dependencies: ["LinearAlgebra", "CKernels"]),
    .target(name: "PatientGraph", dependencies: ["LinearAlgebra", "CKernels"]),
    .target(
      name: "MutualInformation", dependencies: ["NeuralNetwork", "LinearAlgebra", "CKernels"]),
    .target(name: "Evaluation", dependencies: ["Cohort", "LinearAlgebra"]),
    .target(
      name: "Baselines",
      dependencies: [
        "PatientGraph", "NeuralNetwork", "Evaluation", "Cohort", "LinearAlgebra",
        .target(name: "CLIBLINEAR", condition: .when(traits: ["LIBLINEAR"])),
      ]),
    .target(
      name: "Learning",
      dependencies: [
        "Boundary",
        "NeuralNetwork", "PatientGraph", "MutualInformation", "Evaluation", "Cohort",
        "LinearAlgebra",
      ]),
    .target(
      name: "Study",
      dependencies: [
        "Boundary", "Learning", "Baselines", "Evaluation", "Cohort", "LinearAlgebra", "CBuild",
      ]),
    .target(name: "Report", dependencies: ["Boundary", "Evaluation", "Cohort"]),
    .target(
      name: "Equipoise",
      dependencies: [
        "Boundary", "Study", "Report", "Learning", "Baselines", "PatientGraph", "MutualInformation",
        "Evaluation", "Cohort", "LinearAlgebra",
      ]),
    .executableTarget(
      name: "EquipoiseCLI",
      dependencies: [
        "Boundary", "Equipoise", "Study", "Report", "PatientGraph", "MutualInformation",
        "Evaluation",
        "Cohort", "LinearAlgebra",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Yams", package: "Yams"),
      ]),
    // Studies of the method itself, behind figures in docs/results; no product.
    .executableTarget(
      name: "MethodStudies",
      dependencies: [
        "Equipoise", "Study", "Learning", "Baselines", "PatientGraph", "MutualInformation",
        "NeuralNetwork", "Evaluation", "Cohort", "LinearAlgebra",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // Damaged files for every reader, for scripts/fuzz; no product.
    .executableTarget(
      name: "FuzzReaders",
      dependencies: [
        "Equipoise", "Cohort", "LinearAlgebra", "_TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // The library from outside; built and run by the tests.
    .executableTarget(
      name: "NewPatients", dependencies: ["Equipoise"], path: "Examples/NewPatients"),

    // Tests mirror Sources.
    .target(name: "_TestSupport", dependencies: ["LinearAlgebra", "Cohort"]),
    .testTarget(name: "BoundaryTests", dependencies: ["Boundary"]),
    .testTarget(name: "LinearAlgebraTests", dependencies: ["LinearAlgebra", "_TestSupport"]),
    .testTarget(name: "HDF5Tests", dependencies: ["HDF5", "LinearAlgebra", "_TestSupport"]),
    .testTarget(
      name: "CohortTests", dependencies: ["Cohort", "HDF5", "LinearAlgebra", "_TestSupport"]),
    .testTarget(
      name: "NeuralNetworkTests", dependencies: ["NeuralNetwork", "LinearAlgebra", "_TestSupport"]),
    .testTarget(
      name: "PatientGraphTests", dependencies: ["PatientGraph", "LinearAlgebra", "_TestSupport"]),
    .testTarget(
      name: "MutualInformationTests",
      dependencies: ["MutualInformation", "NeuralNetwork", "LinearAlgebra", "_TestSupport"]),
    .testTarget(
      name: "EvaluationTests",
      dependencies: ["Evaluation", "Cohort", "LinearAlgebra", "_TestSupport"]),
    .testTarget(
      name: "BaselinesTests",
      dependencies: ["Baselines", "Evaluation", "Cohort", "LinearAlgebra", "_TestSupport"]),
    .testTarget(
      name: "LearningTests",
      dependencies: [
        "Learning", "NeuralNetwork", "PatientGraph", "MutualInformation", "Evaluation", "Cohort",
        "LinearAlgebra", "_TestSupport",
      ]),
    .testTarget(
      name: "StudyTests",
      dependencies: [
        "Boundary", "Study", "Learning", "Baselines", "Evaluation", "Cohort", "LinearAlgebra",
        "_TestSupport",
      ]),
    .testTarget(
      name: "ReportTests", dependencies: ["Report", "Evaluation", "Cohort", "_TestSupport"]),
    .testTarget(
      name: "EquipoiseTests",
      dependencies: [
        "Equipoise", "Study", "Report", "Evaluation", "MutualInformation", "Cohort",
        "LinearAlgebra", "_TestSupport",
      ]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["EquipoiseCLI", "NewPatients", "Cohort", "_TestSupport"],
      exclude: ["Snapshots"]),
  ]
)
