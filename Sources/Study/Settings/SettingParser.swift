import Cohort
import Evaluation

/// Turns names of settings into settings of a cohort.
///
/// A setting is `full`, or conditions joined by `+`: `n=COUNT` and the forms of
/// ``DegradationRegistry``. A plus sign joins only where a word with `:` or `=` follows, so that
/// names of classes and modalities may hold one.
package struct SettingParser: Sendable {
  /// Modalities of the cohort, in order.
  package let modalities: [ModalityTable]
  /// Class names.
  package let classes: [String]
  /// What is varied.
  package let kind: RobustnessKind
  /// Numbers of labels that can be had.
  package let sizes: LabelDraws.Sizes

  /// A parser for a cohort.
  package init(
    modalities: [ModalityTable], classes: [String], kind: RobustnessKind, sizes: LabelDraws.Sizes
  ) {
    self.modalities = modalities
    self.classes = classes
    self.kind = kind
    self.sizes = sizes
  }

  /// Settings of some names, each once, in the order of first mention.
  ///
  /// - Throws: ``StudyError`` `.badOption`, with the nearest word.
  package func settings(_ names: [String]) throws(StudyError) -> [StudySetting] {
    var settings = [StudySetting]()
    for name in names {
      let setting = try setting(name)
      if !settings.contains(setting) { settings.append(setting) }
    }
    return settings
  }

  /// The setting of that name.
  ///
  /// - Throws: ``StudyError`` `.badOption`, with the nearest word.
  package func setting(_ name: String) throws(StudyError) -> StudySetting {
    if name == StudySetting.fullName { return .full }
    var labelledCount: Int?
    var degradations = [any Degradation]()
    for part in SettingParser.parts(name) {
      if part == StudySetting.fullName {
        throw .badSetting(name, found: name, expected: "\(part) by itself")
      }
      if part.hasPrefix("n=") {
        guard labelledCount == nil else {
          throw .badSetting(name, found: part, expected: "n= once")
        }
        labelledCount = try size(part, in: name)
        continue
      }
      let degradation = try degradation(part, in: name)
      if let other = degradations.first(where: { clash($0, degradation) }) {
        throw .badSetting(
          name, found: "\(other.name) and \(degradation.name)",
          expected: "each condition once a modality")
      }
      degradations.append(degradation)
    }
    let setting = StudySetting(labelledCount: labelledCount, degradations: ordered(degradations))
    try check(setting, name)
    return setting
  }

  /// Conditions of a setting as written.
  static func parts(_ name: String) -> [String] {
    var parts = [String]()
    var rest = name[...]
    var start = rest.startIndex
    while let plus = rest.firstIndex(of: "+") {
      let after = name[name.index(after: plus)...]
      let word = after.prefix { $0.isLowercase || $0 == "-" }
      let next = word.endIndex < name.endIndex ? name[word.endIndex] : " "
      if !word.isEmpty, next == ":" || next == "=" {
        parts.append(String(name[start..<plus]))
        start = after.startIndex
      }
      rest = after
    }
    return parts + [String(name[start...])]
  }

  private func size(_ part: String, in name: String) throws(StudyError) -> Int {
    let text = part.dropFirst(2)
    if let count = Int(text), sizes.contains(count) { return count }
    let expected =
      switch sizes {
      case .range(let range):
        "n=COUNT, from \(range.lowerBound) (\(LabelDraws.minimumPerClass) of each class) to "
          + "\(range.upperBound) (all but one labelled training patient)"
      case .list(let sizes):
        "n=COUNT, as in the file of labelled patients: "
          + sizes.map(\.description).joined(separator: ", ")
      }
    throw .badSetting(
      name, found: String(text), expected: expected,
      remedy: "for all labels write \(StudySetting.fullName)")
  }

  private func degradation(
    _ part: String, in name: String
  ) throws(StudyError) -> any Degradation {
    let word = part.prefix { $0 != ":" && $0 != "=" }
    let types = DegradationRegistry.all
    guard let type = types.first(where: { $0.word == word }) else {
      let words = [StudySetting.fullName, "n"] + types.map { $0.word }
      let forms = [StudySetting.fullName, "n=COUNT"] + types.map { $0.form }
      throw .badSetting(
        name, found: part, expected: forms.joined(separator: ", "),
        remedy: nearestName(to: String(word), among: words).map { "did you mean \($0)?" } ?? "")
    }
    let body = part.dropFirst(word.count + 1)
    guard part.dropFirst(word.count).first == ":", let modality = modality(of: body) else {
      let names = modalities.map(\.name)
      let wanted = String(body.prefix { $0 != "=" })
      throw .badSetting(
        name, found: part,
        expected: "\(type.form), a modality out of \(names.joined(separator: ", "))",
        remedy: nearestName(to: wanted, among: names).map { "did you mean \($0)?" } ?? "")
    }
    let rest = body.dropFirst(modality.name.count)
    return try type.init(
      DegradationArgument(
        setting: name, modality: modality.name, featureCount: modality.featureCount,
        value: rest.isEmpty ? nil : String(rest.dropFirst()), classes: classes))
  }

  /// The modality that a condition names; the longest, where one name goes on as another with `=`.
  private func modality(of body: Substring) -> ModalityTable? {
    modalities.filter { body == $0.name || body.hasPrefix($0.name + "=") }
      .max { $0.name.count < $1.name.count }
  }

  private func clash(_ a: any Degradation, _ b: any Degradation) -> Bool {
    type(of: a) == type(of: b) && a.modality == b.modality
      && !(a is ClassGaps && a.value != b.value)
  }

  /// Conditions in the order in which they are applied, then that of the cohort's modalities.
  private func ordered(_ degradations: [any Degradation]) -> [any Degradation] {
    DegradationRegistry.all.flatMap { type in
      modalities.flatMap { modality in
        degradations.filter { $0.modality == modality.name && Swift.type(of: $0) == type }
          .sorted { ($0.value ?? "").utf8.lexicographicallyPrecedes(($1.value ?? "").utf8) }
      }
    }
  }

  private func check(_ setting: StudySetting, _ name: String) throws(StudyError) {
    let missing = setting.degradations.count { $0 is MissingAtPrediction }
    if missing == modalities.count {
      throw .badSetting(
        name, found: "every modality missing", expected: "a modality left to predict from")
    }
    let kinds = setting.degradations.map { type(of: $0).kind }
    let isClean = kinds.isEmpty
    guard !isClean, !kinds.contains(kind), !(kind == .samples && setting.labelledCount != nil)
    else { return }
    let forms =
      kind == .samples
      ? ["n=COUNT"] : DegradationRegistry.all.filter { $0.kind == kind }.map { $0.form }
    throw .badSetting(
      name, found: "no condition of kind \(kind.rawValue)",
      expected: forms.joined(separator: ", ") + " among its conditions",
      remedy: kinds.first.map { "use --kind \($0.rawValue)" } ?? "")
  }
}
