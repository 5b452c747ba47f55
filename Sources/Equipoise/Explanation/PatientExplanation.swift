import Evaluation
import Learning
import LinearAlgebra

/// What moved the model’s answer for one patient.
struct PatientExplanation: Sendable {
  let row: Int
  let said: ModelPredictions
  let subsets: SubsetValues
  let companions: [Companion]
  let attributions: FeatureAttributions?

  /// The class explained.
  var target: Int { said.predicted[row] }

  /// As `explanations.json` tells it.
  func summary(
    modalities: [String], _ names: TrainingNames, top: Int
  ) -> ExplanationSummary.Patient {
    ExplanationSummary.Patient(
      patient: said.patients[row], predicted: said.classes[target],
      probability: said.probabilities[row, target],
      set: said.sets[row].map { said.classes[$0] }, status: said.statuses[row].rawValue,
      modalities: said.usedModalities[row], base: subsets.values[0],
      contributions: zip(modalities, subsets.shapley).map {
        ExplanationSummary.Contribution(modality: $0, value: $1)
      },
      companions: companions.prefix(top).map {
        names.companion($0.row, weight: $0.weight, similarities: $0.similarities)
      },
      features: Array(features.prefix(top)), featureBase: attributions?.baseline,
      featureGap: attributions?.gap)
  }

  /// All features, largest first, ties in the model’s order.
  var features: [ExplanationSummary.Feature] {
    let all = (attributions?.modalities ?? []).flatMap { modality in
      modality.features.indices.map { j in
        ExplanationSummary.Feature(
          modality: modality.name, feature: modality.features[j],
          standardized: modality.standardized[j], value: modality.values[j])
      }
    }
    return all.enumerated().sorted {
      (abs($1.element.value), $0.offset) < (abs($0.element.value), $1.offset)
    }.map(\.element)
  }
}

/// Means over patients.
enum CohortExplanation {
  /// Mean absolute Shapley value by modality, over patients who have it.
  static func modalities(
    _ rows: [PatientExplanation], _ names: [String]
  ) -> [ExplanationSummary.Contribution] {
    let values = rows.map(\.subsets.shapley)
    return names.indices.map { m in
      let have = rows.indices.filter {
        rows[$0].said.usedModalities[rows[$0].row].contains(names[m])
      }
      return ExplanationSummary.Contribution(
        modality: names[m], value: orderedMean(have.map { abs(values[$0][m]) }, orZero: ()))
    }
  }

  /// All pairs, over patients who have both.
  static func interactions(
    _ rows: [PatientExplanation], _ names: [String]
  ) -> [ExplanationSummary.Interaction] {
    names.indices.flatMap { a in
      names.indices.dropFirst(a + 1).map { b in
        let values = rows.filter { row in
          let used = row.said.usedModalities[row.row]
          return used.contains(names[a]) && used.contains(names[b])
        }.map { $0.subsets.interaction(a, b) }
        return ExplanationSummary.Interaction(
          first: names[a], second: names[b], mean: orderedMean(values, orZero: ()),
          meanAbsolute: orderedMean(values.map { abs($0) }, orZero: ()))
      }
    }
  }

  /// Features by mean absolute attribution, over patients who have the modality.
  static func features(
    _ rows: [PatientExplanation], classes: [String], top: Int
  ) -> [ExplanationSummary.MeanFeature] {
    var order = [String]()
    var sums = [String: (modality: String, feature: String, sum: Double, count: Int)]()
    // What a feature does for a class: how attribution and value go together in its patients.
    let shares = classes.indices.map { c in 1 / Double(max(rows.count { $0.target == c }, 1)) }
    var slopes = [String: [Double]]()
    for row in rows {
      for modality in row.attributions?.modalities ?? [] {
        for j in modality.features.indices {
          let key = modality.name + "\n" + modality.features[j]
          if sums[key] == nil {
            order.append(key)
            sums[key] = (modality.name, modality.features[j], 0, 0)
            slopes[key] = [Double](repeating: 0, count: classes.count)
          }
          sums[key]?.sum += abs(modality.values[j])
          sums[key]?.count += 1
          slopes[key]?[row.target] +=
            shares[row.target] * modality.values[j] * modality.standardized[j]
        }
      }
    }
    let means = order.compactMap { key -> ExplanationSummary.MeanFeature? in
      guard let known = sums[key], let slope = slopes[key] else { return nil }
      let best = slope.indices.max { (slope[$0], $1) < (slope[$1], $0) }
      return ExplanationSummary.MeanFeature(
        modality: known.modality, feature: known.feature,
        meanAbsolute: known.sum / Double(known.count),
        raises: best.flatMap { slope[$0] > 0 ? classes[$0] : nil })
    }
    let sorted = means.enumerated().sorted {
      ($1.element.meanAbsolute, $0.offset) < ($0.element.meanAbsolute, $1.offset)
    }
    return sorted.prefix(top).map(\.element)
  }

  /// Whom patients predicted as a class hear most.
  static func prototypes(
    _ rows: [PatientExplanation], classes: [String], _ names: TrainingNames, top: Int
  ) -> [ExplanationSummary.Prototype] {
    classes.indices.compactMap { c in
      let members = rows.filter { $0.target == c && !$0.companions.isEmpty }
      guard !members.isEmpty else { return nil }
      var sums = [Int: Double]()
      for member in members {
        for companion in member.companions { sums[companion.row, default: 0] += companion.weight }
      }
      let sorted = sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      return ExplanationSummary.Prototype(
        predicted: classes[c],
        companions: sorted.prefix(top).map {
          names.companion($0.key, weight: $0.value / Double(members.count), similarities: [])
        })
    }
  }
}

/// Mean, or 0 of nothing.
private func orderedMean(_ values: [Double], orZero: Void) -> Double {
  values.isEmpty ? 0 : orderedMean(values)
}
