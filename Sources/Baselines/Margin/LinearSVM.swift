#if LIBLINEAR
  import CLIBLINEAR
  import LinearAlgebra

  /// A linear support vector machine with squared hinge loss, through LIBLINEAR (Fan et al. 2008,
  /// Journal of Machine Learning Research 9): min ½‖(w, b)‖² + C Σ_i ω_i max(0, 1 - y_i f(x_i))².
  ///
  /// The primal trust-region Newton solver is used: it draws no random numbers, so that a result
  /// depends neither on earlier fits nor on other threads.
  struct LinearSVM {
    /// w, one per feature.
    let weights: [Double]
    /// b, weight of a constant feature 1 (penalised like the others).
    let bias: Double

    // LIBLINEAR prints its progress unless told where to; told once, before the first fit.
    private static let isSilenced: Bool = {
      set_print_string_function { _ in }
      return true
    }()

    /// Fits on rows of two sides, each of which must occur; both sides have the same total weight,
    /// ω = n/(2 · rows of the side).
    ///
    /// - Parameters:
    ///   - features: rows × features, finite.
    ///   - isPositive: side of each row.
    ///   - cost: C.
    ///   - tolerance: LIBLINEAR's `eps`; the gradient's norm falls to this share of its start, times
    ///     the smaller side's share of rows.
    init(features: Matrix, isPositive: [Bool], cost: Double, tolerance: Double) {
      precondition(LinearSVM.isSilenced)
      let (rows, width) = (features.rowCount, features.columnCount + 1)
      let positives = isPositive.count { $0 }
      precondition(positives > 0 && positives < rows, "both sides must occur")
      var targets = isPositive.map { $0 ? 1.0 : -1.0 }
      var sides: [Int32] = [1, -1]
      var sideWeights = [
        Double(rows) / (2 * Double(positives)), Double(rows) / (2 * Double(rows - positives)),
      ]
      var nodes = LinearSVM.nodes(features)
      var solution = [Double](repeating: 0, count: width)
      nodes.withUnsafeMutableBufferPointer { nodes in
        var starts = (0..<rows).map { nodes.baseAddress?.advanced(by: $0 * (width + 1)) }
        starts.withUnsafeMutableBufferPointer { starts in
          targets.withUnsafeMutableBufferPointer { targets in
            sides.withUnsafeMutableBufferPointer { sides in
              sideWeights.withUnsafeMutableBufferPointer { sideWeights in
                var task = problem(
                  l: Int32(rows), n: Int32(width), y: targets.baseAddress, x: starts.baseAddress,
                  bias: 1)
                var settings = parameter(
                  solver_type: Int32(L2R_L2LOSS_SVC), eps: tolerance, C: cost,
                  nr_weight: 2, weight_label: sides.baseAddress, weight: sideWeights.baseAddress,
                  p: 0, init_sol: nil)
                var fitted = train(&task, &settings)
                if let fitted {
                  // The weights speak for the label that stands first.
                  let sign = fitted.pointee.label[0] == 1 ? 1.0 : -1.0
                  for j in 0..<width { solution[j] = sign * fitted.pointee.w[j] }
                }
                free_and_destroy_model(&fitted)
              }
            }
          }
        }
      }
      weights = Array(solution.dropLast())
      bias = solution[width - 1]
    }

    /// Rows as LIBLINEAR's lists: (index from 1, value) …, the constant feature, an end mark.
    private static func nodes(_ features: Matrix) -> [feature_node] {
      var result = [feature_node]()
      result.reserveCapacity(features.rowCount * (features.columnCount + 2))
      for i in 0..<features.rowCount {
        for (j, value) in features.row(i).enumerated() {
          result.append(feature_node(index: Int32(j + 1), value: value))
        }
        result.append(feature_node(index: Int32(features.columnCount + 1), value: 1))
        result.append(feature_node(index: -1, value: 0))
      }
      return result
    }
  }
#endif
