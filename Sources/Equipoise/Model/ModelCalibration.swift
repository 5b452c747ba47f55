import Cohort
import Evaluation
import LinearAlgebra

/// Out-of-fold readings of labelled training patients turned into calibration: a temperature and
/// conformal scores, over all patients and for each pattern of missing modalities with enough of them.
///
/// Temperatures keep within ¼…4: out of a few patients, all told right, a smaller one would follow for
/// no other reason than that they are few.
struct ModelCalibration: Sendable {
  /// Patients that a pattern needs for a calibration of its own.
  static let minimumCount = 20
  private static let bounds = 0.25...4

  /// Calibration of one pattern.
  struct Part: Sendable {
    let pattern: MissingPattern
    let temperature: Temperature
    /// Scores 1 - p(true class) after the temperature, ascending.
    let scores: SplitConformal
  }

  /// Over all labelled patients as they are; serves patterns without their own.
  let pooled: Part
  /// Of patterns with enough patients.
  let parts: [Part]

  init(pooled: Part, parts: [Part]) {
    self.pooled = pooled
    self.parts = parts
  }

  /// From out-of-fold readings: all patients as they are, and by pattern.
  init(pooled: PatternReadings, patterns: [PatternReadings]) {
    self.pooled = Self.part(pooled)
    parts = patterns.filter { $0.labels.count >= Self.minimumCount }.map(Self.part)
  }

  private static func part(_ readings: PatternReadings) -> Part {
    let logits = logProbabilities(readings.probabilities)
    let fitted = Temperature(fitting: logits, labels: readings.labels).value
    let temperature = Temperature(
      value: min(max(fitted, bounds.lowerBound), bounds.upperBound))
    return Part(
      pattern: readings.pattern, temperature: temperature,
      scores: SplitConformal(
        probabilities: temperature.probabilities(logits), labels: readings.labels))
  }

  /// The calibration that serves a pattern.
  func part(for pattern: MissingPattern) -> Part {
    parts.first { $0.pattern == pattern } ?? pooled
  }

  /// Logarithms that a probability of 0 does not make infinite.
  static func logProbabilities(_ probabilities: Matrix) -> Matrix {
    probabilities.mapValues { logarithm(max($0, Double.leastNormalMagnitude)) }
  }
}

extension ModelCalibration {
  /// Writes temperatures and scores.
  func archive(to writer: inout ArchiveWriter) {
    for (k, part) in ([pooled] + parts).enumerated() {
      writer.scoped("\(k)") { place in
        place.write("missing", texts: part.pattern.missing)
        place.write("temperature", part.temperature.value)
        place.write("scores", part.scores.scores)
      }
    }
    writer.write("count", integers: [parts.count])
  }

  /// Reads what ``archive(to:)`` wrote.
  init(from reader: ArchiveReader) throws(ArchiveError) {
    let count = try reader.integer("count", in: 0..<100_000)
    var parts = [Part]()
    for k in 0...count {
      let place = reader.scoped("\(k)")
      let temperature = try place.number("temperature")
      let scores = try place.vector("scores")
      guard Self.bounds.contains(temperature), scores.allSatisfy({ (0...1).contains($0) }) else {
        throw place.error(.badValue, "temperature", expected: "a temperature and scores within 0…1")
      }
      parts.append(
        Part(
          pattern: MissingPattern(missing: try place.texts("missing")),
          temperature: Temperature(value: temperature), scores: SplitConformal(scores: scores)))
    }
    self.init(pooled: parts[0], parts: Array(parts.dropFirst()))
  }
}

extension PatternReadings {
  /// Metrics after the calibration that serves the pattern, by name; undefined ones are left out.
  func metrics(_ calibration: ModelCalibration) -> [String: Double] {
    let rows = ScoredRows(
      truth: labels,
      probabilities: calibration.part(for: pattern).temperature.probabilities(
        ModelCalibration.logProbabilities(probabilities)))
    var result = [String: Double]()
    for metric in MetricRegistry.all where !labels.isEmpty {
      result[metric.name] = metric.value(of: rows)
    }
    return result
  }
}
