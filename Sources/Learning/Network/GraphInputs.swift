import Cohort
import LinearAlgebra
import NeuralNetwork

/// What one branch gets of known patients; nothing of it changes in training.
package struct BranchInput: Sendable {
  /// [Â_1 X, …, Â_R X, X], patients × (R + 1) d.
  package let gathered: Matrix
  /// Â_r, for the second layer.
  package let relations: [PropagationMatrix]
  /// Whether each patient has anything of the branch.
  package let isMeasured: [Bool]

  /// Inputs of patients from their features and graphs.
  package init(
    features: Matrix, isMeasured: [Bool], adjacencies: [SparseMatrix],
    normalization: PropagationMatrix.Normalization
  ) {
    relations = adjacencies.map {
      PropagationMatrix(adjacency: $0, normalization: normalization, isMeasured: isMeasured)
    }
    gathered = RelationalLayer.gather(features, along: relations)
    self.isMeasured = isMeasured
  }
}

/// What one branch gets of new patients.
package struct BranchExtension: Sendable {
  /// [Â_1 X, …, Â_R X, X] of the new patients.
  package let gathered: Matrix
  /// Messages from known patients.
  package let relations: [PropagationMatrix.Inductive]
  /// Whether each new patient has anything of the branch.
  package let isMeasured: [Bool]
}

/// Inputs of all branches for the patients of one graph.
package struct GraphInputs: Sendable {
  /// Branch names: modalities, or one for all together.
  package let names: [String]
  /// One per branch.
  package let branches: [BranchInput]

  /// What inputs depend on within a fold.
  struct Key: SharedKey {
    typealias Value = GraphInputs
    let names: [String]
    let isConcatenated: Bool
    let constants: RelationalNetworkConfiguration.InputConstants
    let preprocessing: PreprocessingOptions
  }

  private let prepared: PreparedModalities
  private let relations: PatientRelations
  private let kinds: [NetworkRelation]
  private let isConcatenated: Bool
  /// X of each branch.
  private let known: PatientFeatures

  /// Builds graphs and inputs of all patients of `table`.
  ///
  /// - Parameter prepared: fitted on training patients among them.
  init(
    _ prepared: PreparedModalities, _ table: PatientTable,
    _ configuration: RelationalNetworkConfiguration
  ) throws {
    let features = prepared.features(of: table)
    self.prepared = prepared
    kinds = configuration.relations
    isConcatenated = configuration.architecture == .concatenated
    names = isConcatenated ? ["concat"] : prepared.modalities
    relations = try PatientRelations(
      features, relations: kinds, neighbors: configuration.neighbors)
    let known = Self.branchFeatures(features, isConcatenated)
    let (relations, kinds) = (relations, kinds)
    branches = known.features.indices.map { m in
      BranchInput(
        features: known.features[m], isMeasured: known.isMeasured[m],
        adjacencies: kinds.compactMap { $0 == .own ? relations.own[m] : relations.fused },
        normalization: configuration.normalization)
    }
    self.known = known
  }

  /// Inputs of new patients, who send nothing to known ones or to each other; a row depends on that
  /// patient alone, to the bit.
  func extended(to patients: PatientTable) -> [BranchExtension] {
    let features = prepared.features(of: patients)
    let new = Self.branchFeatures(features, isConcatenated)
    let fused = kinds.contains(.fused) ? relations.fusedEdges(of: features) : []
    return branches.indices.map { m in
      let messages = zip(kinds, branches[m].relations).map { kind, propagation in
        propagation.inductive(
          neighbors: kind == .own ? relations.ownEdges(of: features, modality: m) : fused,
          isMeasured: known.isMeasured[m], newIsMeasured: new.isMeasured[m])
      }
      return BranchExtension(
        gathered: RelationalLayer.gather(
          known: known.features[m], own: new.features[m], along: messages),
        relations: messages, isMeasured: new.isMeasured[m])
    }
  }

  /// Modalities as they are, or side by side as one.
  private static func branchFeatures(
    _ features: PatientFeatures, _ isConcatenated: Bool
  ) -> PatientFeatures {
    guard isConcatenated else { return features }
    return PatientFeatures(
      features: [.horizontal(features.features)], isMeasured: [features.hasAnyModality])
  }
}
