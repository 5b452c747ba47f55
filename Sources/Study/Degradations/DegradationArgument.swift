import Cohort

/// What stands behind the colon of a degradation: a modality of the cohort, and perhaps a value.
package struct DegradationArgument: Sendable {
  /// The setting as written, for messages.
  package let setting: String
  /// Name of the modality.
  package let modality: String
  /// Its number of features.
  package let featureCount: Int
  /// What stands behind the equals sign; nil where there is none.
  package let value: String?
  /// Class names of the cohort.
  package let classes: [String]

  /// - Throws: ``StudyError`` where something stands behind an equals sign.
  func nothing(_ form: String) throws(StudyError) {
    guard value == nil else { throw wrong(expected: form) }
  }

  /// A number above 0, and up to a greatest one.
  func number(_ form: String, upTo greatest: Double, _ words: String) throws(StudyError) -> Double {
    guard let text = value, let number = Double(text), number.isFinite, number > 0,
      number <= greatest
    else { throw wrong(expected: "\(form), \(words)") }
    return number
  }

  /// A whole number from 1 to the number of features.
  func featureCount(_ form: String) throws(StudyError) -> Int {
    guard let text = value, let count = Int(text), (1...max(1, featureCount)).contains(count)
    else {
      throw wrong(
        expected: "\(form), a whole number from 1 to \(featureCount), the features of \(modality)")
    }
    return count
  }

  /// A class of the cohort.
  func className(_ form: String) throws(StudyError) -> String {
    guard let text = value, !text.isEmpty else { throw wrong(expected: form) }
    guard classes.contains(text) else {
      throw wrong(
        expected: "\(form), one of \(classes.joined(separator: ", "))",
        remedy: nearestName(to: text, among: classes).map { "did you mean \($0)?" } ?? "")
    }
    return text
  }

  private func wrong(expected: String, remedy: String = "") -> StudyError {
    .badSetting(setting, found: value ?? "no value", expected: expected, remedy: remedy)
  }
}

/// A number as a setting writes it: whole numbers without a point.
func settingNumber(_ value: Double) -> String {
  value == value.rounded() && value.magnitude < 1e15 ? Int(value).description : value.description
}

/// A share in percent, to a tenth.
func settingPercent(_ share: Double) -> String {
  "\(settingNumber((share * 1000).rounded() / 10)) %"
}
