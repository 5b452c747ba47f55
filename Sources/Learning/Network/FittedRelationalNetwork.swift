import Cohort
import LinearAlgebra
import NeuralNetwork

/// A fitted relational network: one branch with its head, or branches with a fused head.
struct FittedRelationalNetwork: FittedLearner {
  let record: FitRecord?

  private let graph: GraphInputs
  private let network: JointNetwork
  /// Hidden units of the graph's patients, per branch.
  private let knownHidden: [Matrix]
  private let emphasis: NetworkEmphasis
  /// Class shares, for patients without any modality the network uses.
  private let prior: [Double]
  /// Transductive mode: probabilities of the patients to be predicted, by identifier.
  private let inGraph: [String: [Double]]

  /// - Parameters:
  ///   - graphPatients: identifiers of the graph's patients.
  ///   - predicted: positions among them of patients to be predicted (transductive mode).
  init(
    graph: GraphInputs, network: JointNetwork, emphasis: NetworkEmphasis, prior: [Double],
    graphPatients: [String], predicted: [Int], record: FitRecord
  ) {
    self.record = record
    self.graph = graph
    self.network = network
    self.emphasis = emphasis
    self.prior = prior
    let hidden = network.branches.indices.map {
      network.branches[$0].hidden(graph.branches[$0])
    }
    knownHidden = hidden
    var inGraph: [String: [Double]] = [:]
    if !predicted.isEmpty {
      let outputs = network.branches.indices.map {
        network.branches[$0].output(of: graph.branches[$0]).selecting(rows: predicted)
      }
      let probabilities = Self.probabilities(
        outputs,
        emphasis.rows(graph.branches.map { branch in predicted.map { branch.isMeasured[$0] } }),
        network.head, prior)
      for (position, row) in predicted.enumerated() {
        inGraph[graphPatients[row]] = Array(probabilities.row(position))
      }
    }
    self.inGraph = inGraph
  }

  /// Probabilities of new patients along their edges to the graph's; patients who stood in the
  /// graph to be predicted get their place there.
  func predict(_ patients: PatientTable) throws -> Predictions {
    let new = patients.patients.indices.filter { inGraph[patients.patients[$0]] == nil }
    var result = Matrix(rows: patients.patientCount, columns: prior.count)
    if !new.isEmpty {
      let extensions = graph.extended(to: patients.selecting(rows: new))
      let outputs = network.branches.indices.map {
        network.branches[$0].output(of: extensions[$0], knownHidden: knownHidden[$0])
      }
      let probabilities = Self.probabilities(
        outputs, emphasis.rows(extensions.map(\.isMeasured)), network.head, prior)
      for (position, i) in new.enumerated() { result.setRow(i, probabilities.row(position)) }
    }
    for (i, patient) in patients.patients.enumerated() {
      if let known = inGraph[patient] { result.setRow(i, known) }
    }
    return Predictions(probabilities: result)
  }

  private static func probabilities(
    _ outputs: [BranchOutput], _ shares: Matrix, _ head: AffineMap, _ prior: [Double]
  ) -> Matrix {
    var result = softmaxRows(BranchOutput.fusedLogits(outputs, shares: shares, head: head))
    for i in 0..<result.rowCount where !shares.row(i).contains(where: { $0 > 0 }) {
      result.setRow(i, prior)
    }
    return result
  }
}

/// Fusion shares α_im of patients.
package struct NetworkEmphasis: Sendable {
  /// Shares of the modalities.
  let emphasis: FusionEmphasis
  /// Whether a missing modality takes part by its neighbors' embedding.
  let imputesEmbeddings: Bool

  /// Equal shares of the measured modalities, patients × modalities.
  package static func uniform(_ isMeasured: [[Bool]]) -> Matrix {
    NetworkEmphasis(
      emphasis: FusionEmphasis(uniform: isMeasured.count), imputesEmbeddings: false
    ).rows(isMeasured)
  }

  /// Patients × modalities; zero for a patient without any modality.
  func rows(_ isMeasured: [[Bool]]) -> Matrix {
    let count = isMeasured.first?.count ?? 0
    var result = Matrix(rows: count, columns: isMeasured.count)
    for i in 0..<count {
      let flags = isMeasured.map { $0[i] }
      let imputed = imputesEmbeddings && flags.contains(true)
      result.setRow(i, imputed ? emphasis.shares : emphasis.shares(isMeasured: flags))
    }
    return result
  }
}
