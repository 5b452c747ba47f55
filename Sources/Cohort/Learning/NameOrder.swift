import LinearAlgebra

/// Positions of names in the order of their UTF-8 bytes.
///
/// Whatever is drawn, dealt or summed by position follows this order, so that the order in which a
/// file lists patients, modalities or columns changes no number.
package func nameOrder(_ names: [String]) -> [Int] {
  func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
  let isOrdered = zip(names, names.dropFirst()).allSatisfy { !precedes($1, $0) }
  guard !isOrdered else { return Array(names.indices) }
  return names.indices.sorted { a, b in
    precedes(names[a], names[b]) || (names[a] == names[b] && a < b)
  }
}

extension PatientTable {
  /// The same patients with modalities and, within them, columns in order of their names.
  ///
  /// - Complexity: O(columns) where everything is in order, else a copy of what is not.
  package func orderingColumns() -> PatientTable {
    let order = nameOrder(modalities.map(\.name))
    return PatientTable(
      patients: patients, modalities: order.map { modalities[$0].orderingColumns() },
      covariates: nameOrder(covariates.map(\.name)).map { covariates[$0] })
  }
}

extension ModalityTable {
  fileprivate func orderingColumns() -> ModalityTable {
    let order = nameOrder(featureNames)
    if order == Array(featureNames.indices) { return self }
    return ModalityTable(
      name: name, featureNames: order.map { featureNames[$0] },
      values: values.selecting(columns: order))
  }
}

extension FitRecord {
  /// The same record with modalities, and pairs of them, in a cohort's order; names that it lacks
  /// come last.
  package func ordered(by names: [String]) -> FitRecord {
    func place(_ name: String) -> Int { names.firstIndex(of: name) ?? names.count }
    var result = self
    result.modalities = modalities.enumerated().sorted {
      (place($0.element.name), $0.offset) < (place($1.element.name), $1.offset)
    }.map(\.element)
    result.distillation = distillation.enumerated().sorted {
      (place($0.element.student), place($0.element.teacher), $0.offset)
        < (place($1.element.student), place($1.element.teacher), $1.offset)
    }.map(\.element)
    return result
  }
}
