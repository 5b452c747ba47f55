import HDF5
import LinearAlgebra

/// A cohort as a MuData file, for scanpy, muon and whoever reads HDF5.
///
/// What was read is written: each modality with the patients who have it, missing cells as NaN, and
/// the label and covariates as columns of the root's `obs`. Format: anndata's element encodings of
/// 0.8 and later, mudata's format version 0.1.0. `uns` holds title, source and licence, and in
/// `uns/equipoise` what our own reader needs to read the same cohort again.
package struct MuDataExport {
  private let cohort: Cohort
  private let encoder: [(String, HDF5Content)]

  /// - Parameter version: version of this program, for the attribute `encoder-version`.
  package init(_ cohort: Cohort, version: String) {
    self.cohort = cohort
    encoder = [("encoder", .text("equipoise")), ("encoder-version", .text(version))]
  }

  /// The bytes of the file; equal cohorts make equal bytes. O(cells).
  package var bytes: [UInt8] {
    let modalities = cohort.table.modalities
    let attributes: [(String, HDF5Content)] =
      [("axis", .integer(0))] + Element.kind("MuData", "0.1.0") + encoder
    let root = HDF5Item.group(
      [
        (
          "mod",
          .group(
            modalities.map { ($0.name, modality($0)) },
            attributes: [("mod-order", .texts(modalities.map(\.name)))])
        ),
        ("obs", obs), ("obsm", masks(ofSamples: true)), ("obsmap", sampleMaps),
        ("obsp", Element.dictionary([])), ("uns", uns),
        ("var", Element.frame(index: modalities.flatMap(\.featureNames), columns: [])),
        ("varm", masks(ofSamples: false)), ("varmap", featureMaps),
        ("varp", Element.dictionary([])),
      ], attributes: attributes)
    // mudata looks for its name at the beginning of the file.
    return HDF5Serializer.bytes(
      of: root, userBlock: Array("MuData (format-version=0.1.0;creator=equipoise)".utf8))
  }

  private func modality(_ table: ModalityTable) -> HDF5Item {
    let rows = table.measuredRows
    let values =
      rows.count == table.isMeasured.count ? table.values : table.values.selecting(rows: rows)
    let empty = ["layers", "obsm", "obsp", "uns", "varm", "varp"].map { name in
      (name, Element.dictionary([]))
    }
    return .group(
      [
        ("X", Element.array(.numbers(values.values, shape: [rows.count, table.featureCount]))),
        ("obs", Element.frame(index: rows.map { cohort.table.patients[$0] }, columns: [])),
        ("var", Element.frame(index: table.featureNames, columns: [])),
      ] + empty, attributes: Element.kind("anndata", "0.1.0") + encoder)
  }

  // MARK: - Columns

  /// Name of the column of groups: Equipoise keeps groups without their column's name.
  private var groupColumn: String {
    var name = "group"
    let taken = Set(cohort.table.covariates.map(\.name) + [cohort.nominalOutcome?.column ?? ""])
    while taken.contains(name) { name += "_" }
    return name
  }

  private var obs: HDF5Item {
    var columns = [(String, HDF5Item)]()
    if let outcome = cohort.nominalOutcome {
      columns.append(
        (
          outcome.column,
          Element.categorical(outcome.labels.map { $0 < 0 ? nil : outcome.classes[$0] })
        ))
    }
    if let groups = cohort.groups {
      columns.append(
        (groupColumn, Element.categorical(groups.map { $0.hasPrefix("ungrouped:") ? nil : $0 })))
    }
    for covariate in cohort.table.covariates {
      switch covariate.values {
      case .numeric(let numbers):
        columns.append(
          (covariate.name, Element.array(.numbers(numbers, shape: [numbers.count]))))
      case .categorical(let texts):
        columns.append((covariate.name, Element.categorical(texts)))
      }
    }
    return Element.frame(index: cohort.table.patients, columns: columns)
  }

  private var uns: HDF5Item {
    let details = cohort.details
    let texts = [
      ("title", details.title), ("source", details.source), ("license", details.license),
    ]
    var own = [("covariates", Element.texts(cohort.table.covariates.map(\.name)))]
    if let label = cohort.nominalOutcome?.column { own.append(("label", Element.text(label))) }
    if cohort.groups != nil { own.append(("group", Element.text(groupColumn))) }
    own.append(("label_from", Element.texts(details.labelDerivedFrom)))
    return Element.dictionary(
      [(MuDataNotes.entry, Element.dictionary(own))]
        + texts.compactMap { name, text in text.map { (name, Element.text($0)) } })
  }

  // MARK: - Maps

  private func masks(ofSamples: Bool) -> HDF5Item {
    let modalities = cohort.table.modalities
    let total = modalities.reduce(0) { $0 + $1.featureCount }
    var start = 0
    var members = [(String, HDF5Item)]()
    for table in modalities {
      let range = start..<start + table.featureCount
      start = range.upperBound
      let mask = ofSamples ? table.isMeasured : (0..<total).map { range.contains($0) }
      members.append((table.name, Element.array(.booleans(mask))))
    }
    return Element.dictionary(members)
  }

  /// For each patient the position (from 1) in the modality, 0 without it.
  private var sampleMaps: HDF5Item {
    Element.dictionary(
      cohort.table.modalities.map { table in
        var position: UInt32 = 0
        let map = table.isMeasured.map { isMeasured in
          position += isMeasured ? 1 : 0
          return isMeasured ? position : 0
        }
        return (table.name, Element.array(.positions(map)))
      })
  }

  private var featureMaps: HDF5Item {
    let counts = cohort.table.modalities.map(\.featureCount)
    return Element.dictionary(
      cohort.table.modalities.enumerated().map { index, table in
        let before = [UInt32](repeating: 0, count: counts[..<index].reduce(0, +))
        let after = [UInt32](repeating: 0, count: counts[(index + 1)...].reduce(0, +))
        return (
          table.name,
          Element.array(.positions(before + (0..<counts[index]).map { UInt32($0 + 1) } + after))
        )
      })
  }
}

/// Elements in anndata's encodings.
private enum Element {
  static func kind(_ type: String, _ version: String) -> [(String, HDF5Content)] {
    [("encoding-type", .text(type)), ("encoding-version", .text(version))]
  }

  static func array(_ content: HDF5Content) -> HDF5Item {
    .dataset(content, attributes: kind("array", "0.2.0"))
  }

  static func texts(_ texts: [String]) -> HDF5Item {
    .dataset(.texts(texts), attributes: kind("string-array", "0.2.0"))
  }

  static func text(_ text: String) -> HDF5Item {
    .dataset(.text(text), attributes: kind("string", "0.2.0"))
  }

  static func dictionary(_ members: [(String, HDF5Item)]) -> HDF5Item {
    .group(members, attributes: kind("dict", "0.1.0"))
  }

  /// Categories by UTF-8 bytes and a code for each value, -1 where it is missing.
  static func categorical(_ values: [String?]) -> HDF5Item {
    let categories = Set(values.compactMap(\.self)).sorted { $0.precedes($1) }
    var codes = [String: Int32]()
    for (code, category) in categories.enumerated() { codes[category] = Int32(code) }
    return .group(
      [
        ("categories", texts(categories)),
        ("codes", array(.codes(values.map { $0.flatMap { codes[$0] } ?? -1 }))),
      ], attributes: kind("categorical", "0.2.0") + [("ordered", .boolean(false))])
  }

  static func frame(index: [String], columns: [(String, HDF5Item)]) -> HDF5Item {
    .group(
      [("_index", texts(index))] + columns,
      attributes: [("_index", .text("_index")), ("column-order", .texts(columns.map(\.0)))]
        + kind("dataframe", "0.2.0"))
  }
}
