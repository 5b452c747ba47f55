import CKernels
import LinearAlgebra

/// Cohort index and pattern of each measured patient of a modality.
struct KernelIndices: Sendable {
  let patients: [Int32]
  let patterns: [Int32]
}

// The borrowed buffers of the kernels are handled in this file alone.
extension FusionEngine {
  static let side = Int(eq_fusion_side)

  static func padded(_ order: Int) -> Int { (order + side - 1) / side * side }

  /// S T of one modality, as panels of 16 columns; `work` grows as needed.
  func computeHalf(_ modality: Int, status: inout Matrix, work: inout [Double]) {
    let padded = Self.padded(status.rowCount)
    if work.count < padded * padded { work = [Double](repeating: 0, count: padded * padded) }
    let (patientCount, threads) = (measured.patientCount, threads)
    withKernel(modality, &status) { kernel in
      work.withUnsafeMutableBufferPointer { work in
        total.values.withUnsafeBufferPointer { total in
          guard let work = work.baseAddress, let total = total.baseAddress else { return }
          concurrentPanels(
            count: padded / Self.side, threads: threads, scratch: padded * Self.side
          ) { panel, scratch in
            eq_fusion_forward(kernel, panel * Self.side, total, patientCount, scratch, work)
          }
        }
      }
    }
  }

  /// The new status S T Sᵀ, normalised or with its self-affinity, from the half product; returns
  /// ‖P_new − P_old‖ ÷ ‖P_old‖.
  func computeStatus(_ modality: Int, status: inout Matrix, work: inout [Double]) -> Double {
    let n = status.rowCount
    let padded = Self.padded(n)
    let panels = padded / Self.side
    var moments = [Double](repeating: 0, count: 2 * panels)
    let threads = threads
    withKernel(modality, &status) { kernel in
      work.withUnsafeMutableBufferPointer { work in
        moments.withUnsafeMutableBufferPointer { moments in
          guard let work = work.baseAddress, let moments = moments.baseAddress else { return }
          concurrentPanels(count: panels, threads: threads, scratch: 2 * padded * Self.side) {
            eq_fusion_backward(kernel, $0 * Self.side, $1, work)
          }
          let scales = selfAffinity == nil ? rowScales(n, work) : []
          scales.withUnsafeBufferPointer { scales in
            let scales = scales.isEmpty ? nil : scales.baseAddress
            concurrentPanels(count: panels, threads: threads, scratch: 0) { panel, _ in
              eq_fusion_update(
                kernel, panel * Self.side, work, scales, selfAffinity ?? 0, moments + 2 * panel)
            }
          }
        }
      }
    }
    let change = orderedSum((0..<panels).map { moments[2 * $0] })
    let size = orderedSum((0..<panels).map { moments[2 * $0 + 1] })
    guard size > 0 else { return 0 }
    return (change / size).squareRoot()
  }

  /// Sums the status matrices of all modalities into ``total``.
  mutating func accumulate() {
    let n = measured.patientCount
    var sum = Matrix(rows: 0, columns: 0)
    swap(&sum, &total)
    let threads = threads
    sum.values.withUnsafeMutableBufferPointer { sum in
      guard let sum = sum.baseAddress else { return }
      sum.update(repeating: 0, count: n * n)
      for modality in status.indices {
        let count = status[modality].rowCount
        withKernel(modality, &status[modality]) { kernel in
          concurrentPanels(
            count: Self.padded(count) / Self.side, threads: threads, scratch: 0
          ) { panel, _ in
            let begin = panel * Self.side
            eq_fusion_accumulate(kernel, begin, min(begin + Self.side, count), n, sum)
          }
        }
      }
    }
    swap(&sum, &total)
  }

  /// 1 ÷ (4 × off-diagonal row sum), a sum of 0 counting as 1: two of them added make half the
  /// mean of both normalisations.
  private func rowScales(_ n: Int, _ work: UnsafeMutablePointer<Double>) -> [Double] {
    var sums = [Double](repeating: 0, count: n)
    let threads = threads
    sums.withUnsafeMutableBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      concurrentPanels(count: Self.padded(n) / Self.side, threads: threads, scratch: 0) {
        panel, _ in eq_fusion_row_sums(n, panel * Self.side, work, sums)
      }
    }
    return sums.map { 1 / (4 * ($0 == 0 ? 1 : $0)) }
  }

  private func withKernel(
    _ modality: Int, _ status: inout Matrix, _ body: (eq_fusion_modality) -> Void
  ) {
    let neighborhood = neighborhoods[modality]
    let order = status.rowCount
    let isComplete = measured.isComplete
    let patternCount = measured.patternCount
    status.values.withUnsafeMutableBufferPointer { status in
      neighborhood.rowOffsets.withUnsafeBufferPointer { offsets in
        neighborhood.columns.withUnsafeBufferPointer { columns in
          neighborhood.weights.withUnsafeBufferPointer { weights in
            indices[modality].patients.withUnsafeBufferPointer { patients in
              indices[modality].patterns.withUnsafeBufferPointer { patterns in
                shares.withUnsafeBufferPointer { shares in
                  body(
                    eq_fusion_modality(
                      order: order, row_offsets: offsets.baseAddress,
                      columns: columns.baseAddress, weights: weights.baseAddress,
                      status: status.baseAddress,
                      patients: isComplete ? nil : patients.baseAddress,
                      patterns: patterns.baseAddress, shares: shares.baseAddress,
                      pattern_count: patternCount))
                }
              }
            }
          }
        }
      }
    }
  }
}
