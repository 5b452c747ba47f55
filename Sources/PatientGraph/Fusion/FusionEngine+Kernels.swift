import CKernels
import LinearAlgebra

/// Cohort index and pattern of each measured patient of a modality.
struct KernelIndices: Sendable {
  let patients: [Int32]
  let patterns: [Int32]
}

// The borrowed buffers of the kernels are handled in this file alone.
extension FusionEngine {
  /// S T of one modality; `work` takes its shape.
  func computeHalf(_ modality: Int, status: inout PanelMatrix, work: inout PanelMatrix) {
    let side = PanelMatrix.side
    if work.order != status.order { work = PanelMatrix(order: status.order) }
    let panels = status.panelCount
    withKernel(modality, &status) { kernel in
      work.values.withUnsafeMutableBufferPointer { work in
        total.values.withUnsafeBufferPointer { total in
          guard let work = work.baseAddress, let total = total.baseAddress else { return }
          concurrentPanels(count: panels, threads: threads, scratch: panels * side * side) {
            eq_fusion_forward(kernel, $0 * side, total, $1, work)
          }
        }
      }
    }
  }

  /// The new status S T Sᵀ, normalised or with its self-affinity, from the half product; returns
  /// ‖P_new − P_old‖ ÷ ‖P_old‖.
  func computeStatus(
    _ modality: Int, status: inout PanelMatrix, work: inout PanelMatrix
  ) -> Double {
    let side = PanelMatrix.side
    let panels = status.panelCount
    let order = status.order
    var moments = [Double](repeating: 0, count: 2 * panels)
    withKernel(modality, &status) { kernel in
      work.values.withUnsafeMutableBufferPointer { work in
        moments.withUnsafeMutableBufferPointer { moments in
          guard let work = work.baseAddress, let moments = moments.baseAddress else { return }
          concurrentPanels(count: panels, threads: threads, scratch: panels * side * side) {
            eq_fusion_backward(kernel, $0 * side, $1, work)
          }
          let scales = selfAffinity == nil ? rowScales(order, work) : []
          scales.withUnsafeBufferPointer { scales in
            let scales = scales.isEmpty ? nil : scales.baseAddress
            concurrentPanels(count: panels, threads: threads, scratch: 0) { panel, _ in
              eq_fusion_update(
                kernel, panel * side, work, scales, selfAffinity ?? 0, moments + 2 * panel)
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
    let threads = threads
    var sum = PanelMatrix(order: 0)
    swap(&sum, &total)
    sum.values.withUnsafeMutableBufferPointer { sum in
      guard let target = sum.baseAddress else { return }
      target.update(repeating: 0, count: sum.count)
      for modality in status.indices {
        let panels = status[modality].panelCount
        var state = PanelMatrix(order: 0)
        swap(&state, &status[modality])
        withKernel(modality, &state) { kernel in
          concurrentPanels(count: panels, threads: threads, scratch: 0) { panel, _ in
            eq_fusion_accumulate(kernel, panel * PanelMatrix.side, target)
          }
        }
        swap(&state, &status[modality])
      }
    }
    swap(&sum, &total)
  }

  /// 1 ÷ (4 × off-diagonal row sum), a sum of 0 counting as 1, padded: two of them added make half
  /// the mean of both normalisations.
  private func rowScales(_ order: Int, _ work: UnsafeMutablePointer<Double>) -> [Double] {
    let padded = PanelMatrix.padded(order)
    var sums = [Double](repeating: 0, count: padded)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      concurrentPanels(count: padded / PanelMatrix.side, threads: threads, scratch: 0) {
        panel, _ in eq_fusion_row_sums(order, panel * PanelMatrix.side, work, sums)
      }
    }
    return sums.map { 1 / (4 * ($0 == 0 ? 1 : $0)) }
  }

  private func withKernel(
    _ modality: Int, _ status: inout PanelMatrix, _ body: (eq_fusion_modality) -> Void
  ) {
    let neighborhood = neighborhoods[modality]
    let order = status.order
    let isComplete = measured.isComplete
    let (patternCount, patientCount) = (measured.patternCount, measured.patientCount)
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
                      pattern_count: patternCount, patient_count: patientCount))
                }
              }
            }
          }
        }
      }
    }
  }
}
