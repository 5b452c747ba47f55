/// Emphasis g_m of the default network: squared normalised information with a floor,
/// q_m = (MI_m / mean MI)², g_m = max(.02, q_m / mean q); 1 throughout where all MI are 0.
///
/// Source: ours, chosen by measurement: squaring beats the plain ratio where a modality is noise
/// and costs nothing where none is.
///
/// - Parameters:
///   - informativeness: out-of-fold information with the label over the label's entropy, ≥ 0
///     (negative counts as 0).
///   - floor: smallest gate, so that no modality is switched off for good.
/// - Returns: one gate per modality, mean about 1.
package func squaredInformationGates(
  _ informativeness: [Double], floor: Double = 0.02
) -> [Double] {
  let values = informativeness.map { max($0, 0) }
  let count = Double(values.count)
  let mean = values.reduce(0, +) / count
  guard mean > 0 else { return values.map { _ in 1 } }
  let squares = values.map { ($0 / mean) * ($0 / mean) }
  let meanSquare = squares.reduce(0, +) / count
  return squares.map { max(floor, $0 / meanSquare) }
}
