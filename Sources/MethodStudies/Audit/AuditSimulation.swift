import Cohort
import Evaluation
import LinearAlgebra

/// A cohort of three modalities drawn anew in each repetition: `strong` and `weak` are independent
/// within a class, `noise` is noise; the first column of each carries what it tells.
struct AuditSimulation: Sendable {
  /// Patients.
  let patients: Int
  /// Features of each modality.
  let features = 10
  /// Distance of neighboring classes in `strong` and in `weak`, in units of the noise.
  let shifts = (strong: 1.5, weak: 0.6)
  /// Shares of the classes.
  let shares = [0.5, 0.3, 0.2]

  /// The cohort of one repetition.
  func cohort(repetition: Int) -> Cohort {
    let streams = RandomStreams(seed: 1, prefix: "audit-simulation/\(patients)/\(repetition)")
    var labelStream = streams.stream("labels")
    var drawn = (0..<patients).map { label(at: (Double($0) + 0.5) / Double(patients)) }
    labelStream.shuffle(&drawn)
    let labels = drawn
    let modalities = [("strong", shifts.strong), ("weak", shifts.weak), ("noise", 0)].map {
      name, shift in
      var stream = streams.stream(name)
      var values = stream.normalMatrix(rows: patients, columns: features)
      for (i, label) in labels.enumerated() { values[i, 0] += shift * Double(label) }
      return ModalityTable(
        name: name, featureNames: (0..<features).map { "f\($0)" }, values: values)
    }
    return Cohort(
      name: "simulated",
      table: PatientTable(patients: (0..<patients).map { "P\($0)" }, modalities: modalities),
      outcome: .nominal(
        NominalOutcome(column: "label", classes: ["a", "b", "c"], labels: labels)))
  }

  private func label(at place: Double) -> Int {
    var sum = 0.0
    for (c, share) in shares.enumerated() {
      sum += share
      if place < sum { return c }
    }
    return shares.count - 1
  }

  /// I(strong; Y), I(weak; Y) and I(weak; Y | strong) by the mean of true log posteriors over draws.
  func truth(draws: Int = 400_000) -> (strong: Double, weak: Double, addition: Double) {
    var stream = RandomStream(seed: 1, name: "audit-simulation/truth")
    var sums = (strong: 0.0, weak: 0.0, addition: 0.0)
    for draw in 0..<draws {
      let label = label(at: (Double(draw) + 0.5) / Double(draws))
      let x = stream.normal() + shifts.strong * Double(label)
      let z = stream.normal() + shifts.weak * Double(label)
      let prior = logarithm(shares[label])
      let strong = logPosterior(label, [(x, shifts.strong)])
      sums.strong += strong - prior
      sums.weak += logPosterior(label, [(z, shifts.weak)]) - prior
      sums.addition +=
        logPosterior(label, [(x, shifts.strong), (z, shifts.weak)]) - strong
    }
    let count = Double(draws)
    return (sums.strong / count, sums.weak / count, sums.addition / count)
  }

  private func logPosterior(_ label: Int, _ observed: [(value: Double, shift: Double)]) -> Double {
    let logits = shares.indices.map { c in
      observed.reduce(logarithm(shares[c])) { sum, part in
        let distance = part.value - part.shift * Double(c)
        return sum - 0.5 * distance * distance
      }
    }
    return logSoftmaxRows(Matrix([logits]))[0, label]
  }
}
