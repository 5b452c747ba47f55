import Cohort
import Evaluation

/// Settings that a robustness study takes where none are named.
struct DefaultSettings {
  let modalities: [ModalityTable]
  let outcome: NominalOutcome
  let sizes: LabelDraws.Sizes

  /// Names of the settings of a kind; the undegraded one is always there to compare with.
  func names(_ kind: RobustnessKind) -> [String] {
    switch kind {
    case .samples: labelCounts.map { "n=\($0)" } + [StudySetting.fullName]
    case .information: [StudySetting.fullName] + modalities.flatMap(information)
    case .missing: [StudySetting.fullName] + missing
    }
  }

  /// 20 labels, and twice as many again and again while there are; where 20 are not, half of those
  /// that are. From a file: all that it has.
  private var labelCounts: [Int] {
    guard case .range(let range) = sizes else {
      if case .list(let sizes) = sizes { return sizes }
      return []
    }
    let doubling = sequence(first: 20) { $0 * 2 }.prefix { $0 <= range.upperBound }
    let counts = doubling.filter(range.contains)
    if !counts.isEmpty { return counts }
    let half = (range.upperBound + 1) / 2
    return range.contains(half) ? [half] : []
  }

  private func information(_ modality: ModalityTable) -> [String] {
    let count = modality.featureCount
    // A twentieth and a quarter of the features, where that is fewer than all.
    let kept = [(count + 19) / 20, (count + 3) / 4].filter { $0 < count }
    var seen = Set<Int>()
    return [1, 2, 4].map { "noise:\(modality.name)=\($0)" } + ["replace:\(modality.name)"]
      + kept.filter { seen.insert($0).inserted }.map { "features:\(modality.name)=\($0)" }
      + ["permute:\(modality.name)=0.5"]
  }

  private var missing: [String] {
    let names = modalities.map(\.name)
    // One modality cannot be missing where it is the only one.
    let subsets = names.count > 1 ? properSubsets(of: names) : []
    let counts = outcome.classCounts
    let largest = counts.indices.max { counts[$0] < counts[$1] } ?? 0
    return subsets.map { subset in subset.map { "missing:\($0)" }.joined(separator: "+") }
      + names.map { "gaps:\($0)=0.5" }
      + names.map { "class-gaps:\($0)=\(outcome.classes[largest])" }
  }

  /// Every choice of some but not all, by size; above four names only single ones and all but one,
  /// since their number doubles with each name.
  private func properSubsets(of names: [String]) -> [[String]] {
    guard names.count <= 4 else {
      return names.map { [$0] } + names.map { name in names.filter { $0 != name } }
    }
    let subsets = (1..<(1 << names.count) - 1).map { mask in
      names.indices.filter { mask >> $0 & 1 == 1 }.map { names[$0] }
    }
    return (1..<names.count).flatMap { size in subsets.filter { $0.count == size } }
  }
}
