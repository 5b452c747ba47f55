extension CohortInspection {
  /// The findings as text, one line each, ready for a terminal.
  public func lines() -> [String] {
    var lines = ["Cohort \(name): \(counted(patients, "patient"))"]
    if let labelColumn {
      lines.append("Label \(labelColumn): \(labelled) labelled, \(unlabelled) unlabelled")
      lines += classes.map { "  \($0.name): \(counted($0.patients, "patient"))" }
    } else {
      lines.append("No labels")
    }
    for modality in modalities { lines += modality.lines(of: patients) }
    lines += covariates.map {
      "Covariate \($0.name): \($0.kind), \($0.observed) of \(patients) observed, "
        + counted($0.distinct, "distinct value")
    }
    if !associations.isEmpty {
      lines.append("Association with the label (not cause):")
      lines += associations.map(\.line)
    }
    lines += notices.map { "\($0.severity): \($0.message)" }
    return lines
  }
}

extension ModalityInspection {
  fileprivate func lines(of patients: Int) -> [String] {
    let cells = measuredPatients * features
    var lines = [
      "Modality \(name): \(counted(features, "feature")), "
        + "\(measuredPatients) of \(patients) patients measured, "
        + "\(missingCells) of \(cells) cells missing"
    ]
    if constantFeatures > 0 { lines.append("  \(counted(constantFeatures, "constant feature"))") }
    lines += duplicatedPatients.map { "  identical patients: \(listed($0))" }
    lines += duplicatedFeatures.prefix(Suspicion.namedFeatures).map {
      "  identical features: \(listed($0))"
    }
    if duplicatedFeatures.count > Suspicion.namedFeatures {
      let more = duplicatedFeatures.count - Suspicion.namedFeatures
      lines.append("  and \(counted(more, "more group")) of identical features")
    }
    lines += suspicions.map(\.line)
    if let labelledDifference { lines += labelledDifference.lines }
    return lines
  }
}

extension Suspicion {
  fileprivate var line: String {
    let meaning =
      switch kind {
      case .label: "determining the label exactly"
      case .identifier: "like an identifier"
      case .rawCounts: "like raw counts (take logarithms first)"
      }
    let rest = count > features.count ? " and \(count - features.count) more" : ""
    return "  \(counted(count, "feature")) \(meaning): \(features.joined(separator: ", "))\(rest)"
  }
}

extension LabelledDifference {
  fileprivate var lines: [String] {
    var lines = [
      "  measured: \(percent(labelledMeasuredShare)) of labelled, "
        + "\(percent(unlabelledMeasuredShare)) of unlabelled patients"
    ]
    if let feature, let standardisedDifference {
      lines.append(
        "  largest labelled - unlabelled difference: \(feature), "
          + "\(twoDecimals(standardisedDifference)) standard deviations "
          + "(n = \(labelledPatients) and \(unlabelledPatients))")
    }
    return lines
  }
}

extension LabelAssociation {
  fileprivate var line: String {
    let symbol = measure == "cramers_v" ? "Cramér's V" : "eta squared"
    return "  \(name): \(symbol) \(twoDecimals(value)) "
      + "(n = \(patients), \(counted(levels, "distinct value")))"
  }
}

private func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// The first names of a group, and how many more.
private func listed(_ names: [String]) -> String {
  let shown = names.prefix(Suspicion.namedFeatures).joined(separator: ", ")
  let more = names.count - Suspicion.namedFeatures
  return more > 0 ? "\(shown) and \(more) more" : shown
}

private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

private func twoDecimals(_ value: Double) -> String {
  guard abs(value) < 1e12 else { return "\(value)" }
  let hundredths = Int((abs(value) * 100).rounded())
  let fraction = hundredths % 100
  let sign = value < 0 && hundredths > 0 ? "-" : ""
  return "\(sign)\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
}
