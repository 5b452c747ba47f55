import LinearAlgebra

/// The loop of similarity network fusion on sparse neighborhoods: exact, O(n² × neighbors) a
/// modality and iteration, with status matrices, their sum and one half product in memory.
///
/// Modalities live on the patients that they measured. All take their step from the same old
/// state. Symmetry halves the second product. Results do not depend on `threads`.
package struct FusionEngine: Sendable {
  /// Which patients each modality measured.
  let measured: MeasuredPatients
  /// Row-normalised neighborhoods S, measured × measured.
  let neighborhoods: [SparseMatrix]
  /// Status matrices P, measured × measured, symmetric.
  var status: [PanelMatrix]
  /// Self-affinity added at each step, or nil to normalise with a diagonal of ½.
  let selfAffinity: Double?
  let threads: Int
  /// Sum of the status matrices, patients × patients.
  var total: PanelMatrix
  private var half: PanelMatrix
  /// Measured patients and their patterns, as the kernels read them.
  let indices: [KernelIndices]
  let shares: [Double]

  init(
    measured: MeasuredPatients, status: [PanelMatrix], neighborhoods: [SparseMatrix],
    variant: FusionVariant, selfAffinity: Double = 1, threads: Int
  ) {
    self.measured = measured
    self.status = status
    self.neighborhoods = neighborhoods
    self.selfAffinity = variant == .snftool22 ? selfAffinity : nil
    self.threads = threads
    total = PanelMatrix(order: measured.patientCount)
    half = PanelMatrix(order: 0)
    indices = measured.patients.map { patients in
      KernelIndices(
        patients: patients.map { Int32($0) },
        patterns: patients.map { Int32(measured.patterns[$0]) })
    }
    shares = measured.shares
    accumulate()
  }

  /// One step of all modalities; returns the mean over modalities of ‖P_new − P_old‖ ÷ ‖P_old‖.
  package mutating func iterate() -> Double {
    var change = 0.0
    for modality in status.indices {
      // Taken out so that the kernels write to storage that nobody else refers to.
      var state = PanelMatrix(order: 0)
      swap(&state, &status[modality])
      var work = PanelMatrix(order: 0)
      swap(&work, &half)
      computeHalf(modality, status: &state, work: &work)
      change += computeStatus(modality, status: &state, work: &work)
      swap(&state, &status[modality])
      swap(&work, &half)
    }
    accumulate()
    return change / Double(status.count)
  }

  /// T Sᵀ with T the mean of the other modalities' current status: what a neighborhood row is
  /// multiplied with to get its fused affinities; measured × patients, zero columns where the
  /// modality is not measured.
  func diffusion(_ modality: Int) -> Matrix {
    var work = PanelMatrix(order: 0)
    var state = status[modality]
    computeHalf(modality, status: &state, work: &work)
    var result = Matrix(rows: work.order, columns: measured.patientCount)
    for b in 0..<work.order {
      for (j, patient) in measured.patients[modality].enumerated() {
        result[b, patient] = work[j, b]
      }
    }
    return result
  }

  /// Mean of the status matrices over the modalities that measured both patients, 0 where none.
  /// Ends the fusion: the states are given back first, to keep the peak of memory low.
  mutating func takeMeanStatus() -> Matrix {
    status = []
    half = PanelMatrix(order: 0)
    let n = measured.patientCount
    var result = Matrix(rows: n, columns: n)
    for i in 0..<n {
      for j in 0..<n {
        let count = measured.jointCount(i, j)
        result[i, j] = count > 1 ? total[i, j] / Double(count) : total[i, j]
      }
    }
    return result
  }
}
