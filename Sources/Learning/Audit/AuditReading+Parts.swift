import Cohort
import Evaluation
import LinearAlgebra
import MutualInformation

extension AuditReading {
  /// Whether a modality has too few labelled patients to be judged.
  private func isInsufficient(_ m: Int) -> Bool {
    labelledRows(m).count < EvidenceHead.smallestFit(classCount: setting.classes.count)
  }

  /// Each modality alone and given the others.
  func modalities(
    tests: [AuditQuestion: Double?], checks: [AuditSummary.NeighborCheck?]
  ) -> [AuditSummary.Modality] {
    let tables = setting.cohort.table.modalities
    let judged = tables.indices.filter { !isInsufficient($0) }
    let alone = judged.map { tests[.alone($0)] ?? nil }
    let aloneHolm = holm(alone)
    // A modality adds something to others, so there must be others.
    let additions = judged.count > 1 ? judged.map { difference(.together, .without($0)) } : []
    let flips = zip(judged, additions).map { signFlipP($1, .without($0)) as Double? }
    let flipsHolm = holm(flips)
    return tables.indices.map { m in
      let rows = labelledRows(m)
      var modality = AuditSummary.Modality(
        name: tables[m].name, featureCount: tables[m].featureCount,
        measuredCount: tables[m].measuredRows.count, measuredLabelled: rows.count,
        insufficient: isInsufficient(m), information: .unknown(n: rows.count),
        neighbors: checks[m])
      guard let place = judged.firstIndex(of: m) else { return modality }
      modality.information = information(.alone(m), p: alone[place], pHolm: aloneHolm[place])
      let entropy = plugInEntropy(counts: setting.classCounts(of: rows))
      modality.share = modality.information.estimate.map {
        entropy > 0 ? min(1, max(0, $0 / entropy)) : 0
      }
      if !additions.isEmpty {
        modality.adds = estimate(
          additions[place], stream: stream("interval", .without(m)), p: flips[place],
          pHolm: flipsHolm[place])
        modality.detectable = detectable(additions[place], tests: judged.count)
      }
      return modality
    }
  }

  /// The clinical columns alone, and what all modalities add to them.
  func clinical(p: Double?) -> AuditSummary.Clinical {
    let beyond = difference(.clinicalAndTogether, .clinicalBeside)
    return AuditSummary.Clinical(
      columns: setting.cohort.table.covariates.map(\.name),
      information: information(.clinical, p: p),
      modalitiesAdd: estimate(
        beyond, stream: stream("interval", .clinicalAndTogether),
        p: beyond.terms.isEmpty ? nil : signFlipP(beyond, .clinicalAndTogether)),
      detectable: detectable(beyond, tests: 1))
  }

  /// Every pair of modalities that enough labelled patients have both of.
  func pairs() -> [AuditSummary.Pair] {
    let names = setting.modalities
    let fewest = EvidenceHead.smallestFit(classCount: setting.classes.count)
    return names.indices.flatMap { a in
      names.indices.filter { $0 > a }.compactMap { b in
        let first = information(.beside(a, other: b))
        guard first.n >= fewest, !isInsufficient(a), !isInsufficient(b) else { return nil }
        return AuditSummary.Pair(
          a: names[a], b: names[b], informationA: first,
          informationB: information(.beside(b, other: a)),
          informationBoth: information(.both(a, b)),
          coInformation: estimate(
            coInformation(a, b), stream: stream("interval", .both(a, b), "co-information")))
      }
    }
  }

  /// t_a + t_b - t_ab of every patient who has both.
  private func coInformation(_ a: Int, _ b: Int) -> RowTerms {
    let alone = difference(.beside(a, other: b), .both(a, b))
    let other = difference(.beside(b, other: a), .both(a, b))
    let both = terms(of: .both(a, b))
    return RowTerms(
      alone.terms.indices.map { alone.terms[$0] + other.terms[$0] + both[$0] },
      units: alone.units, widening: alone.widening)
  }

  /// Remarks on modalities without a usable feature.
  func notes() -> [String] {
    let everyone = setting.everyone
    return everyone.table.modalities.compactMap { table in
      let fitting = Preprocessor(options: setting.preprocessing)
        .fitting(table: table, labels: everyone.labels)
      guard case .failure(let dropped) = fitting else { return nil }
      return "\(dropped)"
    }
  }

  /// Holm's correction over the tests that could be made.
  private func holm(_ values: [Double?]) -> [Double?] {
    var corrected = MultipleTesting.holm(values.compactMap { $0 })[...]
    return values.map { $0 == nil ? nil : corrected.popFirst() }
  }
}
